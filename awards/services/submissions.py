"""A letter with its lines: begun, worded, given its files; by the unit or from its paper.

What was entered on a unit's behalf is written on by the standing body alone, so that a record never
mixes what stood on the paper with what was typed elsewhere.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import INSIDE_STATES, FileKind, SubmissionState
from awards.models import ReviewRound, Submission, SubmissionAttachment
from awards.services.rounds import first_day, refuse_closed
from awards.workflows import SUBMISSION
from campaigns.services.papers import Paper, check_paper, named_on
from campaigns.workflows import ON_PAPER
from core import audit, clock, files
from core.errors import NotAllowed, ServiceError, WrongState
from core.text import clean_line, format_date, nfc
from core.workflow import write_versioned
from units.models import Unit
from units.permissions import require
from units.reach import line_of
from units.seats import seat_of

EDIT = "awards.edit_submission"
SEND = "awards.send_submission"


@dataclass(frozen=True)
class Place:
    """Where a submission is to stand, for the question of right before there is one."""

    unit_id: int
    organiser_id: int


@dataclass(frozen=True)
class Letter:
    """The unit's letter; number and date may follow after it was signed."""

    symbol: str = ""
    signed_on: date | None = None
    signer: str = ""
    note: str = ""

    def values(self) -> dict[str, Any]:
        return {
            "symbol": clean_line(self.symbol), "signed_on": self.signed_on,
            "signer_then": clean_line(self.signer), "note": nfc(self.note).strip(),
        }  # fmt: skip


@transaction.atomic
def create_submission(
    *, round_id: int, unit: Unit, letter: Letter, actor: User, paper: Paper | None = None
) -> Submission:
    """Begin a submission of `unit` to a round; by its own people, or by the standing body from its `paper`.

    Raises ServiceError for a unit that is not below the committee, or a paper not named in full.
    """
    row = ReviewRound.objects.visible_to(actor).select_related("organiser").get(pk=round_id)
    require(actor, EDIT, Place(unit.pk, row.organiser_id))
    refuse_closed(row)
    if not is_below(unit, row.organiser):
        raise ServiceError(_("This unit does not stand below the committee of the round."), field="unit")
    values = checked(letter, row, field="paper_signed_on" if paper else "signed_on")
    made = Submission(round=row, unit=unit, unit_name_then=unit.name_on(letter.signed_on or clock.today()))
    if unit.pk not in seat_of(actor).subtree_ids:
        require(actor, ON_PAPER, made)
        paper = paper or Paper("", None)
        check_paper(paper)
        named_on(made, paper)
        values |= {"symbol": values["symbol"] or made.paper_symbol, "signed_on": letter.signed_on or paper.signed_on}
    for name, value in values.items():
        setattr(made, name, value)
    made.created_by = actor
    made.save()
    audit.record("submission.created", actor=actor, subject=made, changes={"symbol": ["", made.symbol]})
    if made.on_behalf and paper is not None:
        _keep(made, paper.scan, paper.symbol, FileKind.PAPER, actor)
    return made


@transaction.atomic
def edit_letter(*, submission_id: int, version: int, letter: Letter, actor: User) -> Submission:
    """Change the letter before it is sent; afterwards only its missing number, date and signer are filled in."""
    row = SUBMISSION.lock(submission_id, actor=actor, version=version)
    refuse_strangers(row, actor)
    values = checked(letter, row.round)
    before = {name: getattr(row, name) for name in values}
    changed = {name: value for name, value in values.items() if value != before[name]}
    if row.state not in INSIDE_STATES and any(before[name] for name in changed):
        raise WrongState(_("The letter was sent: only what was still missing can be added."))
    if changed:
        write_versioned(row, **changed)
        words = {name: [str(before[name] or ""), str(value or "")] for name, value in changed.items()}
        audit.record("submission.edited", actor=actor, subject=row, changes=words)
    return row


@transaction.atomic
def add_file(*, submission_id: int, upload: Any, label: str, kind: str, actor: User) -> SubmissionAttachment:
    """Attach the signed letter, the minutes or another paper. Raises BadFile for one that may not come in."""
    row = SUBMISSION.lock(submission_id, actor=actor)
    refuse_strangers(row, actor)
    made = _keep(row, upload, label, kind, actor)
    audit.record("submission.file_added", actor=actor, subject=row, changes={"file": [None, made.label]})
    return made


@transaction.atomic
def remove_file(*, attachment_id: int, actor: User) -> Submission:
    """Take a file off while the letter is inside the unit; what was sent keeps its files."""
    held = SubmissionAttachment.objects.visible_to(actor).get(pk=attachment_id)
    row = SUBMISSION.lock(held.submission_id, actor=actor)
    refuse_strangers(row, actor)
    if row.state not in INSIDE_STATES or held.removed_at is not None or held.kind == FileKind.PAPER:
        raise WrongState(_("This file stays with the letter."))
    held.removed_at = clock.real_now()
    held.save(update_fields=["removed_at"])
    audit.record("submission.file_removed", actor=actor, subject=row, changes={"file": [held.label, None]})
    return row


def may_write(row: Submission, actor: User) -> bool:
    """Whether the person writes this letter: the unit its own, the standing body what came on paper."""
    return bool(actor.has_perm(EDIT, row)) and row.on_behalf == (row.unit_id not in seat_of(actor).subtree_ids)


def refuse_strangers(row: Submission, actor: User) -> None:
    """Raises NotAllowed for whoever does not write this letter."""
    if not may_write(row, actor):
        raise NotAllowed(EDIT)


def lock_draft(submission_id: int, actor: User, version: int | None = None) -> Submission:
    """The submission, locked, while its lines may be written. Raises WrongState, NotAllowed."""
    row = SUBMISSION.lock(submission_id, actor=actor, version=version)
    refuse_strangers(row, actor)
    refuse_closed(row.round)
    if row.state != SubmissionState.DRAFT:
        raise WrongState(_("The list can be changed only while the submission is a draft."))
    return row


def is_below(unit: Unit, organiser: Unit) -> bool:
    """Whether `unit` is the committee's own or stands below it in line today."""
    if unit.pk == organiser.pk:
        return True
    return bool(line_of([organiser.pk], on=clock.today()).filter(unit=unit.pk).exists())


def checked(letter: Letter, to: ReviewRound, *, field: str = "signed_on") -> dict[str, Any]:
    """The letter's values. Raises ServiceError at `field` for a day to come, or before what the round is for."""
    day = letter.signed_on
    if day is not None and day > clock.today():
        raise ServiceError(_("The letter cannot be of a day to come."), field=field)
    if day is not None and day < (first := first_day(to)):
        words = _("The round is for what was achieved from %(day)s on: no letter to it is older.")
        raise ServiceError(words % {"day": format_date(first)}, field=field)
    return letter.values()


def _keep(row: Submission, upload: Any, label: str, kind: str, actor: User) -> SubmissionAttachment:
    stored = files.store(upload, owner=actor)
    return SubmissionAttachment.objects.create(
        submission=row, file=stored, label=clean_line(label) or stored.name, kind=kind, added_by=actor,
        position=row.attachments.count() + 1,
    )  # fmt: skip
