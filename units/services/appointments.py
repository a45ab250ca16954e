"""Posts of persons in units, from a day to a day."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from core import audit
from core.text import clean_line
from units.models import Appointment, Person, Unit
from units.permissions import At, require
from units.services.periods import end_row, refuse_backwards, refuse_overlap
from units.services.persons import MANAGE, create_person
from units.services.rows import lock
from units.services.units import refuse_not_open


@transaction.atomic
def appoint(
    *,
    person_id: int,
    unit: Unit,
    post: str,
    valid_from: date,
    subject_class: str,
    actor: User | None,
    valid_to: date | None = None,
    is_leader: bool = False,
) -> Appointment:
    """Record that a person holds a post. Two posts at once are fine, the same one twice is refused."""
    person = lock(Person, person_id, actor=actor)
    require(actor, MANAGE, At(unit.pk))
    refuse_backwards(valid_from, valid_to)
    refuse_not_open(unit, valid_from, field="valid_from")
    post = clean_line(post)
    refuse_overlap(person.appointments.filter(unit=unit, post=post), start=valid_from, end=valid_to)
    row = Appointment.objects.create(
        person=person, unit=unit, post=post, is_leader=is_leader, subject_class=subject_class,
        valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    audit.record(
        "person.appointed", actor=actor, subject=person,
        changes={"unit": [None, unit], "post": [None, post], "valid_from": [None, valid_from]},
    )  # fmt: skip
    return row


@transaction.atomic
def create_serving_person(
    *,
    organiser: Unit,
    post: str,
    is_leader: bool,
    subject_class: str,
    valid_from: date | None,
    actor: User | None,
    **person: Any,
) -> Person:
    """Enter a person and, where a post is given, that it is held in the unit keeping the record.

    `person` is what `create_person` takes besides.
    """
    made = create_person(organiser=organiser, actor=actor, **person)
    if post and valid_from is not None:
        appoint(
            person_id=made.pk, unit=organiser, post=post, is_leader=is_leader, subject_class=subject_class,
            valid_from=valid_from, actor=actor,
        )  # fmt: skip
    return made


@transaction.atomic
def end_appointment(*, appointment_id: int, on: date, actor: User | None, reason: str = "") -> Appointment:
    """Let a post end: `on` is the first day on which it is no longer held."""
    row = Appointment.objects.select_related("unit").get(pk=appointment_id)
    person = lock(Person, row.person_id, actor=actor)
    require(actor, MANAGE, At(row.unit_id))
    changes = end_row(row, on=on)
    audit.record(
        "person.post_ended", actor=actor, subject=person, reason=reason,
        changes={"unit": [row.unit, row.unit], "post": [row.post, row.post], **changes},
    )  # fmt: skip
    return row
