"""The lines of a submission: who is proposed for what, as it is to be printed.

Only a named double is refused: the same recipient, the same award, in the same round. Whether the level
may decide the award is a warning here; the signature judges it.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import FileKind, NominationState
from awards.models import Nomination, NominationAttachment, Submission, TitleRegistration
from awards.models.nomination import stands_in
from awards.queries.merits import NOTHING, Draft
from awards.services.submissions import lock_draft, refuse_strangers
from awards.workflows import NOMINATION
from catalogue.enums import Vocabulary
from catalogue.models import AwardVersion, Term
from catalogue.queries import authority_level_of, award_versions_on, terms_on
from catalogue.services import check_authority
from core import audit, clock, files
from core.errors import ServiceError, WrongState
from core.text import clean_line, nfc
from core.workflow import write_versioned
from units.enums import PERSON_CLASSES, SubjectClass, SubjectKind
from units.models import Person, Subject
from units.reach import line_of

MOST_LINES = 2000
TWIN = _("This recipient is already proposed for this award in the round.")


@dataclass(frozen=True)
class LineValues:
    """What is written on a line. Names, post and unit are printed as they stand here."""

    award_version: AwardVersion
    printed_name: str
    honorific: str = ""
    post_then: str = ""
    unit_then: str = ""
    merit: str = ""
    initiative: str = ""
    ground: str = ""
    subject_class: str = ""
    field: Term | None = None
    achievement_year: int | None = None
    position: int | None = None

    def cleaned(self) -> dict[str, Any]:
        """The texts composed and trimmed; year and place in the list only where they were given."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        for name in ("printed_name", "honorific", "post_then", "unit_then", "initiative"):
            values[name] = clean_line(values[name])
        values["merit"] = nfc(self.merit).strip()
        return {name: value for name, value in values.items() if not (name in GIVEN_ONLY and value is None)}


GIVEN_ONLY = ("achievement_year", "position")


@transaction.atomic
def add_line(
    *, submission_id: int, subject: Subject, values: LineValues, actor: User,
    registration: TitleRegistration | None = None, draft: Draft = NOTHING,
) -> Nomination:  # fmt: skip
    """Propose `subject` for an award. Raises ServiceError at the field that cannot stand.

    `draft` is what was offered as achievements; as far as it was kept the line is marked as made from it.
    """
    letter = lock_draft(submission_id, actor)
    known = Subject.objects.visible_to(actor).with_targets().get(pk=subject.pk)
    _refuse_foreign(known, letter)
    given = {"achievement_year": letter.round.year, "position": _next_place(letter), **values.cleaned()}
    given |= mark_of(draft, given["merit"])
    given |= check_line(letter, known, values)
    refuse_twin(letter, known, values.award_version)
    try:
        with transaction.atomic():  # somebody else may propose the same at this moment
            line = Nomination.objects.create(
                submission=letter, round=letter.round, nominating_unit=letter.unit, subject=known,
                kind=letter.round.kind, route=letter.round.route, simplified_case=letter.round.simplified_case,
                registration=registration, created_by=actor, state_at=clock.now(), **given,
            )  # fmt: skip
    except IntegrityError as error:
        raise ServiceError(TWIN, field="award_version") from error
    names = {"printed_name": [None, line.printed_name], "award_version": [None, values.award_version.name]}
    audit.record("nomination.added", actor=actor, subject=line, changes=names)
    return line


@transaction.atomic
def edit_line(*, nomination_id: int, version: int, values: LineValues, actor: User) -> Nomination:
    """Change a line while its submission is a draft."""
    line = lock_line(nomination_id, version, actor)
    given = {**values.cleaned(), **check_line(line.submission, line.subject, values)}
    refuse_twin(line.submission, line.subject, values.award_version, but=line.pk)
    changes = differences(line, given)
    if changes:
        write_line(line, given)
        audit.record("nomination.edited", actor=actor, subject=line, changes=changes)
    return line


@transaction.atomic
def remove_line(*, nomination_id: int, version: int, actor: User) -> Submission:
    """Take a line off a draft. What was sent is withdrawn instead and stays on record."""
    line = lock_line(nomination_id, version, actor)
    letter = line.submission
    audit.record("nomination.removed", actor=actor, subject=letter, changes={"removed_line": [line.printed_name, None]})
    NominationAttachment.objects.filter(nomination=line).delete()
    line.delete()
    return letter


@transaction.atomic
def add_line_file(*, nomination_id: int, upload: Any, label: str, kind: str, actor: User) -> NominationAttachment:
    """Attach a paper of the dossier while the list is a draft. Raises BadFile for one that may not come in."""
    line = lock_line(nomination_id, None, actor)
    return keep_file(line, upload, label, kind, actor)


def keep_file(line: Nomination, upload: Any, label: str, kind: str, actor: User) -> NominationAttachment:
    """Keep a paper at a line that the caller holds locked."""
    stored = files.store(upload, owner=actor)
    made = NominationAttachment.objects.create(
        nomination=line, file=stored, label=clean_line(label) or stored.name, kind=kind or FileKind.ACHIEVEMENTS,
        added_by=actor, position=line.attachments.count() + 1,
    )  # fmt: skip
    audit.record("nomination.file_added", actor=actor, subject=line, changes={"file": [None, made.label]})
    return made


def mark_of(draft: Draft, merit: str) -> dict[str, Any]:
    """What a line keeps of the draft its achievements were made from; nothing where none of it was kept."""
    text = nfc(draft.text).strip()
    if not stands_in(text, merit):
        return {"merit_drafted": "", "merit_drafted_at": None, "merit_source": None}
    return {"merit_drafted": text, "merit_drafted_at": clock.now(), "merit_source": draft.report}


def lock_line(nomination_id: int, version: int | None, actor: User) -> Nomination:
    """A draft line and its draft letter, locked. Raises WrongState, NotAllowed, MovedOn."""
    line = NOMINATION.lock(nomination_id, actor=actor, version=version)
    line.submission = lock_draft(line.submission_id, actor)
    if line.state != NominationState.DRAFT:
        raise WrongState(_("This line was already sent."))
    refuse_strangers(line.submission, actor)
    return line


def write_line(line: Nomination, given: dict[str, Any]) -> None:
    """Write the line's values, keys and copies along. Raises ServiceError for a double made at this moment."""
    try:
        with transaction.atomic():
            write_versioned(line, **given)
    except IntegrityError as error:
        raise ServiceError(TWIN, field="award_version") from error


def differences(line: Nomination, given: dict[str, Any]) -> dict[str, list[str]]:
    """What would change, as words for the trail."""
    pairs = {name: (getattr(line, name), value) for name, value in given.items()}
    return {name: [str(old or ""), str(new or "")] for name, (old, new) in pairs.items() if old != new}


def check_line(letter: Submission, subject: Subject, values: LineValues) -> dict[str, Any]:
    """What follows from the award chosen. Raises ServiceError for what the day or the recipient forbids."""
    day = day_of(letter)
    if not clean_line(values.printed_name):
        raise ServiceError(_("Enter the name as it is to be printed."), field="printed_name")
    if not awards_for(subject, day).filter(pk=values.award_version.pk).exists():
        raise ServiceError(_("On that day this award is not for this kind of recipient."), field="award_version")
    if values.subject_class and values.subject_class not in classes_for(subject.kind):
        raise ServiceError(_("This class is not one of this kind of recipient."), field="subject_class")
    if values.field is not None and not terms_on(Vocabulary.FIELD, day).filter(pk=values.field.pk).exists():
        raise ServiceError(_("This field of activity is not in force on that day."), field="field")
    return {"award_type": values.award_version.type}


def refuse_twin(letter: Submission, subject: Subject, award: AwardVersion, *, but: int = 0) -> None:
    """Raises ServiceError if the recipient is proposed for the award in the round already."""
    twins = Nomination.objects.live().filter(round=letter.round_id, subject=subject, award_type=award.type_id)
    if twins.exclude(pk=but).exists():
        raise ServiceError(TWIN, field="award_version")


def day_of(letter: Submission) -> date:
    """The day by which a line is judged: that of the letter, while it has none the business day."""
    return letter.signed_on or clock.today()


def awards_for(subject: Subject, day: date) -> Any:
    """Wordings in force on `day` for that kind of recipient."""
    return award_versions_on(day, subject_kind=subject.kind)


def classes_for(kind: str) -> list[SubjectClass]:
    """The classes a kind of recipient can be of."""
    if kind == SubjectKind.PERSON:
        return list(PERSON_CLASSES)
    if kind == SubjectKind.HOUSEHOLD:
        return [SubjectClass.HOUSEHOLD]
    return [c for c in SubjectClass if c not in set(PERSON_CLASSES) - {SubjectClass.OTHER} | {SubjectClass.HOUSEHOLD}]


def only_class(subject: Subject) -> str:
    """The class where the kind of recipient leaves no choice; else empty."""
    classes = classes_for(subject.kind)
    return classes[0].value if len(classes) == 1 else ""


def starting_words(subject: Subject, day: date) -> dict[str, Any]:
    """Name, form of address, post and unit of a recipient as they stood on `day`."""
    if subject.unit is not None:
        return {"printed_name": subject.unit.name_on(day)}
    if subject.person is not None:
        row: Any = Person.objects.filter(pk=subject.person_id or 0).placed_on(day).get()
        words: dict[str, Any] = {"printed_name": row.name, "honorific": row.honorific, "post_then": row.post_then or ""}
        return {**words, "unit_then": row.unit_name_then or row.residence}
    if subject.household is not None:
        return {"printed_name": subject.printed_name, "unit_then": subject.household.unit.name_on(day)}
    return {"printed_name": subject.printed_name}


def authority_warning(line: Nomination) -> str:
    """Why the committee may not decide the award itself, as far as the catalogue tells; empty if it may."""
    level = authority_level_of(line.round.organiser)
    try:
        check_authority(level, line.award_version, day_of(line.submission))
    except ServiceError as error:
        return str(error)
    return ""


def _refuse_foreign(subject: Subject, letter: Submission) -> None:
    below = set(line_of([letter.unit_id], on=clock.today()).values_list("unit", flat=True)) | {letter.unit_id}
    if subject.unit_ids.isdisjoint(below):
        raise ServiceError(_("This recipient does not belong to the unit."), field="subject")


def _next_place(letter: Submission) -> int:
    lines = letter.nominations
    if lines.count() >= MOST_LINES:
        raise ServiceError(_("This letter holds as many lines as one may hold; begin another one."))
    return int(lines.aggregate(last=Max("position"))["last"] or 0) + 1
