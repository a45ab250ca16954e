"""Title registrations of a year: by name and title, with the initiative meant.

Registering is asked for by habit and by the committees' rules; that one is missing is a warning for the
appraisal later and never a wall.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from awards.enums import RegistrationState
from awards.models import RegistrationAttachment, TitleRegistration
from awards.workflows import REGISTRATION
from campaigns.services.papers import Paper, check_paper, named_on
from catalogue.enums import Nature
from catalogue.models import AwardType, AwardVersion
from catalogue.queries import award_versions_on
from core import audit, clock, files
from core.errors import ServiceError
from units.enums import Role, SubjectKind
from units.models import Membership, Person, Subject, Unit
from units.permissions import require
from units.reach import above, line_of
from units.seats import seat_of

EDIT = "campaigns.edit_title_registration"
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_LINES = 200
TWIN = gettext_lazy("This title is already registered for the recipient in that year.")


@dataclass(frozen=True)
class Line:
    """Who is to reach what, perhaps with which initiative."""

    subject: Subject
    award_type: AwardType
    initiative: str = ""


@dataclass(frozen=True)
class Place:
    """Where a registration is to stand, for the question of right before there is one."""

    unit_id: int
    organiser_id: int


@dataclass
class Header:
    """What the lines of one list have in common."""

    unit: Unit
    organiser: Unit
    year: int
    school_year: bool
    registered_on: date
    values: dict[str, Any] = field(default_factory=dict)


class LineRefused(ServiceError):
    """One line of a list cannot be registered; `number` counts from 1, `part` is the field at fault."""

    def __init__(self, message: Any, *, number: int, part: str) -> None:
        super().__init__(message, field=f"{part}_{number}")
        self.number = number


def committee_of(unit: Unit) -> Unit | None:
    """The nearest committee above `unit` today that has a standing body, else the unit's own."""
    day = clock.today()
    line = set(above([unit.pk], on=day).values_list("ancestor", flat=True)) | {unit.pk}
    with_body = Membership.objects.on(day).filter(unit__in=line, role=Role.STANDING_OFFICER).values("unit")
    found = {row.pk: row for row in Unit.objects.filter(pk__in=with_body)}
    step = unit.parent_on(day)
    while step is not None:
        if step.pk in found:
            return found[step.pk]
        step = step.parent_on(day)
    return found.get(unit.pk)


@transaction.atomic
def register_titles(
    *, unit: Unit, year: int, lines: Sequence[Line], actor: User, organiser: Unit | None = None,
    school_year: bool = False, registered_on: date | None = None, paper: Paper | None = None,
) -> list[TitleRegistration]:  # fmt: skip
    """Register several titles at once, all of them or none.

    By the unit itself, or by the committee's standing body from the unit's `paper`, whose scan then
    stands at every line. Raises LineRefused naming the line: not of the unit, not a title for that kind
    of recipient on that day, registered already.
    """
    organiser = organiser or committee_of(unit)
    if organiser is None:
        raise ServiceError(gettext_lazy("No committee with a standing body stands above this unit."), field="unit")
    require(actor, EDIT, Place(unit.pk, organiser.pk))
    day = registered_on or clock.today()
    _check_header(year, day, lines)
    header = Header(unit, organiser, year, school_year, day)
    if unit.pk not in seat_of(actor).subtree_ids:
        paper = paper or Paper("", None)
        check_paper(paper)
        header.values = named_on(TitleRegistration(), paper)
    made = [_register(header, line, number, actor) for number, line in enumerate(lines, 1)]
    if header.values and paper is not None:
        _attach(made, paper, actor)
    return made


def register_title(
    *, unit: Unit, year: int, subject: Subject, award_type: AwardType, actor: User, initiative: str = "", **more: Any
) -> TitleRegistration:
    """Register one title; the same as a list of one line."""
    line = Line(subject, award_type, initiative)
    return register_titles(unit=unit, year=year, lines=[line], actor=actor, **more)[0]


@transaction.atomic
def change_registration(
    *, registration_id: int, version: int, award_type: AwardType, initiative: str, reason: str, actor: User
) -> TitleRegistration:
    """Aim at another title or with another initiative, with the reason."""
    row = REGISTRATION.lock(registration_id, actor=actor, version=version)
    refuse_without(reason)
    award = _award_on(award_type, row.subject, clock.today())
    _refuse_twin(row.subject, award_type, row.year, row.school_year, but=row.pk)
    old = {"award": row.award_version.name, "initiative": row.initiative}
    values = {"award_type": award_type, "award_version": award, "initiative": initiative.strip()}
    try:
        with transaction.atomic():
            before = REGISTRATION.advance(
                row, to=RegistrationState.CHANGED, actor=actor, state_reason=reason.strip(), **values
            )
    except IntegrityError as error:
        raise ServiceError(TWIN, field="award") from error
    new = {"award": award.name, "initiative": row.initiative}
    changes = {name: [old[name], new[name]] for name in new if old[name] != new[name]}
    audit.record("title_registration.changed", actor=actor, subject=row, reason=reason.strip(),
                 changes={"state": [before, row.state], **changes})  # fmt: skip
    return row


@transaction.atomic
def withdraw_registration(*, registration_id: int, version: int, reason: str, actor: User) -> TitleRegistration:
    """Take a registration back, with the reason; the row stays."""
    row = REGISTRATION.lock(registration_id, actor=actor, version=version)
    refuse_without(reason)
    before = REGISTRATION.advance(row, to=RegistrationState.WITHDRAWN, actor=actor, state_reason=reason.strip())
    audit.record("title_registration.withdrawn", actor=actor, subject=row, reason=reason.strip(),
                 changes={"state": [before, row.state]})  # fmt: skip
    return row


def refuse_without(reason: str) -> None:
    if not reason.strip():
        raise ServiceError(gettext_lazy("Give the reason."), field="reason")


def _check_header(year: int, day: date, lines: Sequence[Line]) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ServiceError(
            _("The year lies between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}, field="year"
        )
    if day > clock.today():
        raise ServiceError(gettext_lazy("Nothing is registered on a day to come."), field="registered_on")
    if not lines:
        raise ServiceError(gettext_lazy("Enter at least one recipient with a title."), field="subject_1")
    if len(lines) > MOST_LINES:
        raise ServiceError(_("At most %(most)s lines at a time.") % {"most": MOST_LINES})


def _register(header: Header, line: Line, number: int, actor: User) -> TitleRegistration:
    subject = Subject.objects.visible_to(actor).with_targets().get(pk=line.subject.pk)
    below = set(line_of([header.unit.pk], on=clock.today()).values_list("unit", flat=True)) | {header.unit.pk}
    if subject.unit_ids.isdisjoint(below):
        raise LineRefused(gettext_lazy("This recipient does not belong to the unit."), number=number, part="subject")
    try:
        award = _award_on(line.award_type, subject, header.registered_on)
        _refuse_twin(subject, line.award_type, header.year, header.school_year)
    except ServiceError as error:
        raise LineRefused(error.message, number=number, part="award") from error
    try:
        with transaction.atomic():  # somebody else may register the same at this moment
            row = _created(header, line, subject, award, actor)
    except IntegrityError as error:
        raise LineRefused(TWIN, number=number, part="award") from error
    audit.record("title_registration.registered", actor=actor, subject=row,
                 changes={"award": [None, award.name], "initiative": ["", row.initiative]})  # fmt: skip
    return row


def _created(header: Header, line: Line, subject: Subject, award: AwardVersion, actor: User) -> TitleRegistration:
    return TitleRegistration.objects.create(
        organiser=header.organiser, unit=header.unit, year=header.year, school_year=header.school_year,
        registered_on=header.registered_on, subject=subject, award_type=line.award_type, award_version=award,
        printed_name=_name_on(subject, header.registered_on), post_then=_post_on(subject, header.registered_on),
        initiative=line.initiative.strip(), created_by=actor, **header.values,
    )  # fmt: skip


def _award_on(award_type: AwardType, subject: Subject, day: date) -> AwardVersion:
    """The wording of the title in force on `day` for that kind of recipient."""
    version: AwardVersion | None = (
        award_versions_on(day, subject_kind=subject.kind, nature=Nature.TITLE).filter(type=award_type).first()
    )
    if version is None:
        raise ServiceError(_("On that day this is no title for this kind of recipient."), field="award")
    return version


def _refuse_twin(subject: Subject, award_type: AwardType, year: int, school_year: bool, *, but: int = 0) -> None:
    twins = TitleRegistration.objects.live().filter(
        subject=subject, award_type=award_type, year=year, school_year=school_year
    )
    if twins.exclude(pk=but).exists():
        raise ServiceError(TWIN, field="award")


def _name_on(subject: Subject, day: date) -> str:
    return subject.unit.name_on(day) if subject.unit is not None else subject.printed_name


def _post_on(subject: Subject, day: date) -> str:
    """The person's post on the day; empty for other recipients."""
    if subject.kind != SubjectKind.PERSON:
        return ""
    row: Any = Person.objects.filter(pk=subject.person_id or 0).placed_on(day).first()
    return str(getattr(row, "post_then", "") or "")


def _attach(rows: Sequence[TitleRegistration], paper: Paper, actor: User) -> None:
    """One scan, kept once, at every line of the list."""
    stored = files.store(paper.scan, owner=actor)
    RegistrationAttachment.objects.bulk_create(
        RegistrationAttachment(registration=row, file=stored, label=paper.symbol.strip(), added_by=actor, position=1)
        for row in rows
    )
