"""The states of this room's records and the steps between them, as data. Services take the steps.

Where one step has two rows, the first is the record's own side, the second the standing body's, which
enters what came on paper. The council's steps of the full route join with the council's own tables.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.enums import CommendationState as C
from awards.enums import DecisionState as D
from awards.enums import NominationState as N
from awards.enums import RegistrationState as T
from awards.enums import RoundState as R
from awards.enums import SubmissionState as S
from awards.models import Commendation, Decision, Nomination, ReviewRound, Submission, TitleRegistration
from campaigns.workflows import ON_PAPER, came_on_paper
from catalogue.enums import Route
from core.errors import ServiceError
from core.workflow import Workflow


def route_needs_no_meeting(nomination: Nomination, actor: Any) -> None:
    """Only the no-meeting and the simplified route lead from the appraisal straight to the signature."""
    if nomination.route == Route.FULL:
        raise ServiceError(_("This nomination goes to the council before it goes to signature."))


def letter_came_on_paper(nomination: Nomination, actor: Any) -> None:
    """A line is entered on behalf of a unit when its letter is."""
    came_on_paper(nomination.submission, actor)


def signed_on_paper(record: Any, actor: Any) -> None:
    """Without the chair's own account a step at signature rests on the signed paper."""
    decision = record.decision if isinstance(record, Nomination) else record
    if decision is None or not decision.on_paper:
        raise ServiceError(_("Enter the signed paper this step rests on, or let the chair take the step."))


REGISTRATION = Workflow(
    TitleRegistration,
    [
        (T.REGISTERED, T.CHANGED, "campaigns.edit_title_registration"),
        (T.CHANGED, T.CHANGED, "campaigns.edit_title_registration"),
        (T.REGISTERED, T.WITHDRAWN, "campaigns.edit_title_registration"),
        (T.CHANGED, T.WITHDRAWN, "campaigns.edit_title_registration"),
    ],
)

ROUND = Workflow(ReviewRound, [(R.OPEN, R.CLOSED, "awards.open_round")])

SUBMISSION = Workflow(
    Submission,
    [
        (S.DRAFT, S.CONFIRMED, "awards.send_submission"),
        (S.DRAFT, S.CONFIRMED, ON_PAPER, came_on_paper),
        (S.CONFIRMED, S.DRAFT, "awards.edit_submission"),
        (S.CONFIRMED, S.SENT, "awards.send_submission"),
        (S.CONFIRMED, S.SENT, ON_PAPER, came_on_paper),
        (S.SENT, S.TAKEN_IN, "awards.take_in_submission"),
    ],
)

BEFORE_DECIDED = (
    N.DRAFT, N.SENT, N.APPRAISING, N.MORE_ASKED, N.NOT_ELIGIBLE, N.ELIGIBLE, N.ON_AGENDA, N.COUNCIL_AGREES,
    N.COUNCIL_DISAGREES, N.AT_SIGNATURE, N.SENT_BACK, N.STRUCK, N.SENT_UP,
)  # fmt: skip

NOMINATION = Workflow(
    Nomination,
    [
        (N.DRAFT, N.SENT, "awards.send_submission"),
        (N.DRAFT, N.SENT, ON_PAPER, letter_came_on_paper),
        (N.SENT, N.APPRAISING, "awards.take_in_submission"),
        (N.APPRAISING, N.MORE_ASKED, "awards.appraise_nomination"),
        (N.APPRAISING, N.NOT_ELIGIBLE, "awards.appraise_nomination"),
        (N.APPRAISING, N.ELIGIBLE, "awards.appraise_nomination"),
        (N.MORE_ASKED, N.APPRAISING, "awards.send_submission"),
        (N.MORE_ASKED, N.APPRAISING, "awards.take_in_submission"),
        (N.ELIGIBLE, N.AT_SIGNATURE, "awards.put_to_signature", route_needs_no_meeting),
        (N.COUNCIL_AGREES, N.AT_SIGNATURE, "awards.put_to_signature"),
        (N.AT_SIGNATURE, N.DECIDED, "awards.decide_nomination"),
        (N.AT_SIGNATURE, N.DECIDED, "awards.enter_decision", signed_on_paper),
        (N.AT_SIGNATURE, N.STRUCK, "awards.decide_nomination"),
        (N.AT_SIGNATURE, N.STRUCK, "awards.enter_decision", signed_on_paper),
        (N.AT_SIGNATURE, N.SENT_BACK, "awards.decide_nomination"),
        (N.AT_SIGNATURE, N.SENT_BACK, "awards.enter_decision", signed_on_paper),
        (N.SENT_BACK, N.APPRAISING, "awards.take_in_submission"),
        (N.ELIGIBLE, N.SENT_UP, "awards.put_to_signature"),
        (N.COUNCIL_AGREES, N.SENT_UP, "awards.put_to_signature"),
        (N.SENT_UP, N.RESULT_FROM_ABOVE, "awards.enter_decision"),
        *((state, N.WITHDRAWN, "awards.send_submission") for state in BEFORE_DECIDED),
        *((state, N.WITHDRAWN, "awards.take_in_submission") for state in BEFORE_DECIDED if state != N.DRAFT),
    ],
)

DECISION = Workflow(
    Decision,
    [
        (D.DRAFT, D.AT_SIGNATURE, "awards.prepare_decision"),
        (D.AT_SIGNATURE, D.DRAFT, "awards.prepare_decision"),
        (D.AT_SIGNATURE, D.DRAFT, "awards.decide_nomination"),
        (D.AT_SIGNATURE, D.SIGNED, "awards.decide_nomination"),
        (D.AT_SIGNATURE, D.SIGNED, "awards.enter_decision", signed_on_paper),
        (D.SIGNED, D.ENTERED, "awards.enter_decision"),
        (D.ENTERED, D.PUBLISHED, "awards.publish"),
        (D.ENTERED, D.CORRECTED, "awards.enter_decision"),
        (D.PUBLISHED, D.CORRECTED, "awards.enter_decision"),
        (D.ENTERED, D.REVOKED, "awards.enter_decision"),
        (D.PUBLISHED, D.REVOKED, "awards.enter_decision"),
    ],
)

COMMENDATION = Workflow(Commendation, [(C.IN_FORCE, C.REVOKED, "awards.enter_decision")])
