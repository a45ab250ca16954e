"""Records of persons: made, corrected, and two of the same person made one."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit, clock
from core.errors import ServiceError
from core.registry import Registry
from core.text import clean_line, search_key
from units.models import Household, Person, Subject, Unit
from units.permissions import At, require
from units.services.identity import set_identity
from units.services.rows import lock, touch

MANAGE = "units.manage_person"
OLDEST_BIRTH_YEAR = 1880  # resistance fighters are still commended after their death

SUBJECT_MERGERS: Registry[Callable[[Subject, Subject], None]] = Registry("merger of subjects")
"""What higher floors do when two subjects turn out to be one: ``(kept, double)``."""


class SameName(ServiceError):
    """Somebody of this name and year is on record already; the caller may say it is another person."""


@transaction.atomic
def create_person(
    *,
    organiser: Unit,
    name: str,
    actor: User | None,
    honorific: str = "",
    birth_year: int | None = None,
    birth_date: date | None = None,
    residence: str = "",
    user: User | None = None,
    identity: str = "",
    another: bool = False,
) -> Person:
    """Enter a person into the records of `organiser`.

    Raises SameName where `actor` can see somebody of the same name and year of birth, unless `another`
    says that this is a different person.
    """
    require(actor, MANAGE, At(organiser.pk))
    values = personal(name, honorific, birth_year, birth_date, residence)
    if not another:
        refuse_same_name(actor, organiser, values["name"], values["birth_year"])
    person = Person.objects.create(organiser=organiser, user=user, **values)
    audit.record("person.created", actor=actor, subject=person, organiser_id=organiser.pk)
    if identity:
        set_identity(person_id=person.pk, number=identity, actor=actor)
        person.refresh_from_db()
    return person


@transaction.atomic
def edit_person(
    *,
    person_id: int,
    name: str,
    honorific: str,
    birth_year: int | None,
    birth_date: date | None,
    residence: str,
    actor: User | None,
    version: int | None = None,
) -> Person:
    """Correct a person's data. Awards already given keep the name they were printed with."""
    person = lock(Person, person_id, actor=actor, version=version)
    require(actor, MANAGE, person)
    changes = touch(person, **personal(name, honorific, birth_year, birth_date, residence))
    if changes:
        audit.record("person.edited", actor=actor, subject=person, changes=changes)
    return person


@transaction.atomic
def merge_persons(*, kept_id: int, double_id: int, reason: str, actor: User | None) -> Person:
    """Make two records of one person into one: posts, households, account, number and awards go to `kept`.

    The double stays, empty and pointing to the kept one, so that old links still lead somewhere.
    """
    if kept_id == double_id:
        raise ServiceError(_("Choose another record of the same person."), field="double")
    kept, double = (lock(Person, pk, actor=actor) for pk in (kept_id, double_id))
    for person in (kept, double):
        require(actor, MANAGE, person)
        if person.merged_into_id is not None:
            raise ServiceError(_("%(name)s was merged into another record already.") % {"name": person}, field="double")
    if kept.id_hmac and double.id_hmac and kept.id_hmac != double.id_hmac:
        raise ServiceError(_("The two records have different identity numbers."), field="double")
    double.appointments.update(person=kept)
    Household.objects.filter(head=double).update(head=kept)
    give_account_and_number(kept, double)
    merge_subjects(kept, double)
    touch(double, merged_into=kept)
    audit.record("person.merged", actor=actor, subject=kept, changes={"double": [str(double), None]}, reason=reason)
    audit.record(
        "person.merged_away", actor=actor, subject=double, changes={"merged_into": [None, kept]}, reason=reason
    )
    return kept


def personal(
    name: str, honorific: str, birth_year: int | None, birth_date: date | None, residence: str
) -> dict[str, Any]:
    """The values of a record, cleaned. Raises ServiceError for a missing name or an impossible birth."""
    cleaned = clean_line(name)
    if not cleaned:
        raise ServiceError(_("Enter the full name."), field="name")
    year = birth_date.year if birth_date else birth_year
    if birth_date and birth_year and birth_date.year != birth_year:
        raise ServiceError(_("The year of birth differs from the date of birth."), field="birth_year")
    if year is not None and not OLDEST_BIRTH_YEAR <= year <= clock.today().year:
        raise ServiceError(_("This year of birth is not possible."), field="birth_year")
    return {
        "name": cleaned,
        "honorific": clean_line(honorific),
        "birth_year": year,
        "birth_date": birth_date,
        "residence": clean_line(residence),
    }


def same_named(actor: User | None, organiser: Unit, name: str, birth_year: int | None) -> list[Person]:
    """Live records of this name, whatever its accents' spelling, and year, among those `actor` can see."""
    rows = Person.objects.live() if actor is None else Person.objects.visible_to(actor).live()
    if actor is None:
        rows = rows.filter(organiser=organiser)
    return list(rows.filter(search=search_key(name), birth_year=birth_year)[:5])


def refuse_same_name(actor: User | None, organiser: Unit, name: str, birth_year: int | None) -> None:
    found = same_named(actor, organiser, name, birth_year)
    if found:
        raise SameName(
            _("%(name)s is on record already with the same year of birth. If this is another person, say so below.")
            % {"name": found[0].full_name},
            field="another",
        )


def give_account_and_number(kept: Person, double: Person) -> None:
    """What the kept record lacks it takes from the double; unique columns are emptied there first."""
    user, cipher, code = double.user, double.id_cipher, double.id_hmac
    double.user, double.id_cipher, double.id_hmac = None, "", None
    double.save(update_fields=["user", "id_cipher", "id_hmac"])
    kept.user = kept.user or user
    if not kept.has_identity:
        kept.id_cipher, kept.id_hmac = cipher, code
    kept.save(update_fields=["user", "id_cipher", "id_hmac"])


def merge_subjects(kept: Person, double: Person) -> None:
    """Awards point to subjects: the double's becomes the kept one's, or higher floors move their rows."""
    theirs = Subject.objects.filter(person=double).first()
    if theirs is None:
        return
    mine = Subject.objects.filter(person=kept).first()
    if mine is None:
        Subject.objects.filter(pk=theirs.pk).update(person=kept)
        return
    for move in SUBJECT_MERGERS.values():
        move(mine, theirs)
