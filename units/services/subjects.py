"""What awards point to: made when first needed, one for each unit, person, household and named group."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import ServiceError
from core.text import clean_line, fold, sort_key
from units.enums import SubjectKind
from units.models import Household, Person, Subject, Unit
from units.permissions import At, require

MANAGE = "units.manage_person"


def subject_for(
    *, unit: Unit | None = None, person: Person | None = None, household: Household | None = None
) -> Subject:
    """The subject of the one record given. A merged double answers with the record it was merged into.

    It is a pointer and nothing more, so that making it leaves no entry in the trail.
    """
    if person is not None and person.merged_into is not None:
        person = person.merged_into
    given = {"unit": unit, "person": person, "household": household}
    named = {kind: record for kind, record in given.items() if record is not None}
    if len(named) != 1:
        raise ValueError("subject_for takes exactly one of unit, person, household.")
    kind, record = next(iter(named.items()))
    subject, _made = Subject.objects.get_or_create(**{kind: record}, defaults={"kind": SubjectKind(kind)})
    return subject


@transaction.atomic
def create_group(*, organiser: Unit, name: str, group_kind: str, actor: User | None) -> Subject:
    """Enter a group that no register holds: a couple, "the people and officials of …", an enterprise.

    Raises ServiceError if the unit already keeps a group of this name.
    """
    require(actor, MANAGE, At(organiser.pk))
    cleaned = clean_line(name)
    if not cleaned:
        raise ServiceError(_("Enter the name of the group."), field="name")
    refuse_double(cleaned, organiser)
    subject = Subject.objects.create(
        kind=SubjectKind.GROUP, group_name=cleaned, group_kind=group_kind, organiser=organiser
    )
    audit.record("group.created", actor=actor, subject=subject)
    return subject


@transaction.atomic
def rename_group(*, subject_id: int, name: str, group_kind: str, actor: User | None) -> Subject:
    """Correct a group's name. Awards already given keep the name they were printed with."""
    visible = Subject.objects.all() if actor is None else Subject.objects.visible_to(actor)
    subject = visible.get(pk=subject_id, kind=SubjectKind.GROUP)
    require(actor, MANAGE, subject)
    cleaned = clean_line(name)
    if not cleaned:
        raise ServiceError(_("Enter the name of the group."), field="name")
    refuse_double(cleaned, subject.organiser, but=subject)
    before = subject.group_name
    subject.group_name, subject.group_kind = cleaned, group_kind
    subject.save(update_fields=["group_name", "group_kind"])
    audit.record("group.edited", actor=actor, subject=subject, changes={"group_name": [before, cleaned]})
    return subject


def refuse_double(name: str, organiser: Unit | None, *, but: Subject | None = None) -> None:
    """Raises ServiceError if the unit keeps a group of this name, whatever its capitals and place of the tone mark."""
    alike = Subject.objects.filter(organiser=organiser, search=fold(name))
    if but is not None:
        alike = alike.exclude(pk=but.pk)
    if any(sort_key(other) == sort_key(name) for other in alike.values_list("group_name", flat=True)):
        raise ServiceError(_("A group of this name is on record already."), field="name")


def subject_by_ref(ref: str, *, actor: User) -> Subject:
    """The subject that a choice of `queries.find_subjects` stands for, made if it is not there yet.

    Raises ServiceError if the choice is none, or outside what `actor` may see.
    """
    kind, _colon, number = ref.partition(":")
    models: dict[str, type[Unit] | type[Person] | type[Household] | type[Subject]] = {
        SubjectKind.UNIT: Unit,
        SubjectKind.PERSON: Person,
        SubjectKind.HOUSEHOLD: Household,
        SubjectKind.GROUP: Subject,
    }
    found = (
        models[kind].objects.visible_to(actor).filter(pk=number).first()
        if kind in models and number.isdecimal()
        else None
    )
    if found is None:
        raise ServiceError(_("Choose one of those found."), field="subject")
    if isinstance(found, Subject):
        return found
    return subject_for(
        unit=found if isinstance(found, Unit) else None,
        person=found if isinstance(found, Person) else None,
        household=found if isinstance(found, Household) else None,
    )
