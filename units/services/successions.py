"""Mergers, divisions and reorganisations: who comes after whom, and who takes over what."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import ServiceError
from units.enums import SuccessionKind
from units.models import Appointment, Household, Person, Subject, Succession, Unit, UnitParent
from units.permissions import require
from units.services.rows import lock
from units.services.units import MANAGE, end_unit, mark, put_under, refuse_not_open, settle


@transaction.atomic
def record_succession(
    *,
    kind: str,
    predecessors: Sequence[Unit],
    successors: Sequence[Unit],
    on: date,
    actor: User | None,
    document: str = "",
    heir: Unit | None = None,
    carry_people: bool = False,
    roles_end_on: date | None = None,
) -> list[Succession]:
    """Let `successors` come after `predecessors` on the day `on`, which the predecessors do not outlive.

    (Unless a part is separated: then the predecessor lives on and keeps what it has.)

    The `heir` - the only successor, or the one named - receives the units below, the households and the
    records kept by the predecessors, and with `carry_people` their people in the same posts. Raises
    ServiceError at the field at fault.
    """
    require(actor, MANAGE)
    if {unit.pk for unit in predecessors} & {unit.pk for unit in successors}:
        raise ServiceError(_("A unit cannot succeed itself."), field="successors")
    old = [lock(Unit, unit.pk, actor=actor) for unit in predecessors]
    new = [lock(Unit, unit.pk, actor=actor) for unit in successors]
    for unit in new:
        refuse_not_open(unit, on, field="successors")
    touched = [unit.pk for unit in (*old, *new)]
    rows = [link(before, after, on=on, kind=kind, actor=actor, document=document) for before in old for after in new]
    if kind != SuccessionKind.SPLIT_OFF:
        heir = named_heir(new, heir)
        for unit in old:
            touched += hand_over(unit, heir, on=on, document=document, actor=actor)
            people = serving(unit, on) if carry_people else []
            end_unit(unit, on=on, actor=actor, document=document, roles_end_on=roles_end_on)
            carry(people, heir, on=on)
    settle(
        [unit.pk for unit in (*old, *new)]
        + list(Unit.objects.filter(parents__valid_from=on).values_list("pk", flat=True))
    )
    return rows


def link(before: Unit, after: Unit, *, on: date, kind: str, actor: User | None, document: str) -> Succession:
    row, made = Succession.objects.get_or_create(
        predecessor=before, successor=after, on=on, defaults={"kind": kind, "document": document}
    )
    if not made:
        raise ServiceError(
            _("%(after)s is already recorded after %(before)s.") % {"after": after, "before": before},
            field="successors",
        )
    for unit in (before, after):
        audit.record(
            "unit.succeeded", actor=actor, subject=unit,
            changes={"predecessor": [None, before], "successor": [None, after], "on": [None, on]}, reason=document,
        )  # fmt: skip
    return row


def named_heir(successors: Sequence[Unit], heir: Unit | None) -> Unit:
    """The successor that receives what remains. Raises ServiceError if it is not clear which."""
    if heir is None and len(successors) == 1:
        return successors[0]
    found = next((unit for unit in successors if heir is not None and unit.pk == heir.pk), None)
    if found is None:
        raise ServiceError(_("Name the successor that receives the records and the units below."), field="heir")
    return found


def hand_over(unit: Unit, heir: Unit, *, on: date, document: str, actor: User | None) -> list[int]:
    """Units below, households and kept records go to the heir; what is past stays. Returns the units moved."""
    below = Unit.objects.open_on(on).filter(parents__in=UnitParent.objects.on(on).filter(parent=unit))
    moved = list(below.exclude(pk=heir.pk))
    for child in moved:
        put_under(child, heir, on=on, document=document)
        mark(child)
        audit.record(
            "unit.moved", actor=actor, subject=child,
            changes={"parent": [unit, heir], "valid_from": [None, on]}, reason=document,
        )  # fmt: skip
    given = {
        "persons": Person.objects.filter(organiser=unit).update(organiser=heir),
        "households": Household.objects.filter(unit=unit).update(unit=heir),
        "groups": Subject.objects.filter(organiser=unit).update(organiser=heir),
    }
    audit.record(
        "unit.handed_over", actor=actor, subject=unit, reason=document,
        changes={"heir": [None, heir], **{name: [None, count] for name, count in given.items() if count}},
    )  # fmt: skip
    return [child.pk for child in moved]


def serving(unit: Unit, day: date) -> list[Appointment]:
    """The posts in the unit that hold on the eve of `day` and have no end before it."""
    return list(unit.appointments.on(day).filter(valid_from__lt=day).select_related("person"))


def carry(posts: list[Appointment], heir: Unit, *, on: date) -> None:
    """The same people in the same posts at the heir; their ends, where known, are kept."""
    Appointment.objects.bulk_create(
        Appointment(
            person=row.person, unit=heir, post=row.post, is_leader=row.is_leader, subject_class=row.subject_class,
            valid_from=on, valid_to=row.valid_to,
        )
        for row in posts
    )  # fmt: skip
