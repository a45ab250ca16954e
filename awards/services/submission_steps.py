"""The way of a submission: confirmed by the head, sent, taken in. Its lines go with it, in one transaction."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import NominationState, SubmissionState
from awards.models import Nomination, Submission
from awards.services.rounds import refuse_closed
from awards.workflows import NOMINATION, SUBMISSION
from campaigns.queries.people import people_of, standing_officers
from core import audit, clock, notices
from core.errors import ServiceError


@transaction.atomic
def confirm_submission(*, submission_id: int, version: int, actor: User) -> Submission:
    """The head agrees to letter and list; nothing is changed in them from here on."""
    row = SUBMISSION.lock(submission_id, actor=actor, version=version)
    refuse_closed(row.round)
    refuse_empty(row)
    return _advance(row, SubmissionState.CONFIRMED, "submission.confirmed", actor)


@transaction.atomic
def reopen_submission(*, submission_id: int, version: int, actor: User) -> Submission:
    """Back to a draft before it is sent."""
    row = SUBMISSION.lock(submission_id, actor=actor, version=version)
    refuse_closed(row.round)
    return _advance(row, SubmissionState.DRAFT, "submission.reopened", actor)


@transaction.atomic
def send_submission(*, submission_id: int, version: int, actor: User) -> Submission:
    """Send letter and lines to the committee. After the day it was due it is marked late; late is no wall."""
    row = SUBMISSION.lock(submission_id, actor=actor, version=version)
    refuse_closed(row.round)
    refuse_empty(row)
    now = clock.now()
    late = row.round.due_at is not None and now > row.round.due_at
    name = row.unit.name_on(row.signed_on or clock.today())
    _advance(row, SubmissionState.SENT, "submission.sent", actor, sent_at=now, late=late, unit_name_then=name)
    _advance_lines(row, NominationState.DRAFT, NominationState.SENT, actor)
    _tell("submission_sent", row, standing_officers(row.round.organiser_id), but=actor)
    return row


@transaction.atomic
def take_in_submission(*, submission_id: int, version: int, actor: User) -> Submission:
    """The standing body takes the submission in: its lines are under appraisal from now on."""
    row = SUBMISSION.lock(submission_id, actor=actor, version=version)
    _advance(row, SubmissionState.TAKEN_IN, "submission.taken_in", actor, taken_in_at=clock.now())
    _advance_lines(row, NominationState.SENT, NominationState.APPRAISING, actor)
    _tell("submission_taken_in", row, people_of(row.unit_id), but=actor)
    return row


def refuse_empty(row: Submission) -> None:
    """Raises ServiceError for a letter without a line."""
    if not row.nominations.filter(state=NominationState.DRAFT).exists():
        raise ServiceError(_("Enter at least one line before the submission goes on."))


def _advance(row: Submission, to: str, action: str, actor: User, **values: Any) -> Submission:
    before = SUBMISSION.advance(row, to=to, actor=actor, **values)
    audit.record(action, actor=actor, subject=row, changes={"state": [before, row.state]})
    return row


def _advance_lines(row: Submission, state: str, to: str, actor: User) -> None:
    """Every line in `state` takes the step with its letter; each has its own entry in the trail."""
    lines = Nomination.objects.select_for_update(of=("self",)).filter(submission=row, state=state)
    for line in lines.order_by("position", "pk"):
        line.submission, line.round = row, row.round
        before = NOMINATION.advance(line, to=to, actor=actor, state_at=clock.now())
        audit.record("nomination.moved_on", actor=actor, subject=line, changes={"state": [before, line.state]})


def _tell(code: str, row: Submission, recipients: list[User], *, but: User) -> None:
    params = {"unit": row.unit_name_then, "title": row.round.title}
    others = [user for user in recipients if user.pk != but.pk]
    notices.after_commit(code, recipients=others, target=row, params=params)
