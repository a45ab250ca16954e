"""One record of each table in a given state, at one committee and one of its units."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Model

from accounts.models import User
from awards.enums import CommendationState, DecisionState, SubmissionState
from awards.models import Commendation, Decision, Nomination, ReviewRound, Submission, TitleRegistration
from campaigns.enums import CampaignState
from campaigns.models import (
    Campaign,
    Extension,
    ExtensionRequest,
    Participation,
    Pledge,
    ProgressReport,
    ReportingPeriod,
)
from core import clock
from tests.awards.factories import (
    AppraisalFactory,
    CommendationFactory,
    DecisionFactory,
    NominationFactory,
    ReviewRoundFactory,
    SubmissionFactory,
    TitleRegistrationFactory,
)
from tests.campaigns.factories import (
    CampaignFactory,
    ParticipationFactory,
    PlanRevisionFactory,
    PledgeFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
)
from tests.campaigns.world import Committee, build_committee, user
from units.enums import Role
from units.models import Unit

MOMENT = datetime(2024, 3, 1, 3, 0, tzinfo=UTC)
PAPER = {"on_behalf": True, "paper_symbol": "12/BC-UBND", "paper_signed_on": date(2024, 3, 1)}
Maker = Callable[..., Model]


@dataclass
class Place:
    """A committee with somebody in every role, and the unit whose papers lie on its desks."""

    committee: Committee
    organiser: Unit
    unit: Unit
    people: dict[str, User]


def build_place() -> Place:
    """All roles at the committee, both at the unit, both at its neighbour, and one elsewhere."""
    committee = build_committee()
    people = {role.value: user(f"o.{role.value.replace('_', '.')}", role, committee.district) for role in Role
              if role not in (Role.UNIT_OFFICER, Role.UNIT_HEAD)}  # fmt: skip
    people |= {
        "officer": committee.unit_officers[0], "head": committee.heads[0], "neighbour": committee.unit_officers[1],
        "neighbour_head": committee.heads[1], "outsider": committee.outsider,
        "unit_above": user("o.unit.above", Role.UNIT_HEAD, committee.district),
    }  # fmt: skip
    return Place(committee, committee.district, committee.communes[0], people)


def campaign(place: Place, state: str = CampaignState.LAUNCHED, **given: Any) -> Campaign:
    launched = {"launched_at": None} if state == CampaignState.DRAFT else {}
    closed = {"closed_at": MOMENT} if state == CampaignState.CLOSED else {}
    ended = {"ends_on": clock.today() - timedelta(days=1), "starts_on": clock.today() - timedelta(days=99)}
    made: Campaign = CampaignFactory(organiser=place.organiser, state=state, **launched, **closed, **ended, **given)
    PlanRevisionFactory(campaign=made)
    return made


def participation(place: Place, state: str = "joined", **given: Any) -> Participation:
    made: Participation = ParticipationFactory(campaign=campaign(place), unit=place.unit, state=state, **given)
    return made


def pledge(place: Place, state: str, **given: Any) -> Pledge:
    made: Pledge = PledgeFactory(participation=participation(place), state=state, **given)
    return made


def report(place: Place, state: str, **given: Any) -> ProgressReport:
    made: ProgressReport = ProgressReportFactory(participation=participation(place), state=state, **given)
    return made


def extension_request(place: Place, state: str, **given: Any) -> ExtensionRequest:
    place_in = participation(place)
    when: ReportingPeriod = ReportingPeriodFactory(campaign=place_in.campaign)
    later = when.due_at + timedelta(days=5)
    made: Extension | None = None
    if state == "granted":
        made = Extension.objects.create(participation=place_in, period=when, due_at=later, reason="Bão lũ")
    row: ExtensionRequest = ExtensionRequest.objects.create(
        participation=place_in, period=when, due_at=later, reason="Bão lũ", asked_at=MOMENT, state=state, extension=made
    )
    return row


def review_round(place: Place, state: str = "open", **given: Any) -> ReviewRound:
    made: ReviewRound = ReviewRoundFactory(organiser=place.organiser, state=state, due_at=MOMENT, **given)
    return made


def submission(place: Place, state: str, **given: Any) -> Submission:
    made: Submission = SubmissionFactory(round=review_round(place), unit=place.unit, state=state, **given)
    return made


LETTER_STATES = {"draft": SubmissionState.DRAFT, "sent": SubmissionState.SENT}


def nomination(place: Place, state: str, **given: Any) -> Nomination:
    """A line in a letter that is as far as it; before the chair in a decision; asked of the reviewer."""
    letter = submission(place, LETTER_STATES.get(state, SubmissionState.TAKEN_IN), **given)
    decision = None
    if state in ("at_signature", "decided"):
        decided = DecisionState.AT_SIGNATURE if state == "at_signature" else DecisionState.SIGNED
        decision = DecisionFactory(
            organiser=place.organiser, state=decided, number="", signed_on=None, year=None,
            on_paper=bool(given.get("on_behalf")),
        )  # fmt: skip
    line: Nomination = NominationFactory(submission=letter, state=state, decision=decision)
    if state == "appraising":
        AppraisalFactory(nomination=line, reviewer=place.people["reviewer"])
    return line


def decision(place: Place, state: str, **given: Any) -> Decision:
    unnumbered = {"number": "", "signed_on": None, "year": None} if state == "signed" else {}
    on_paper = bool(given.get("on_behalf"))
    made: Decision = DecisionFactory(organiser=place.organiser, state=state, on_paper=on_paper, **unnumbered)
    return made


def commendation(place: Place, state: str, **_given: Any) -> Commendation:
    revoked = {"revoked_on": date(2025, 1, 1)} if state == CommendationState.REVOKED else {}
    made: Commendation = CommendationFactory(
        decision=decision(place, DecisionState.ENTERED), unit=place.unit, state=state, **revoked
    )
    return made


def registration(place: Place, state: str, **given: Any) -> TitleRegistration:
    made: TitleRegistration = TitleRegistrationFactory(organiser=place.organiser, unit=place.unit, state=state, **given)
    return made


MAKERS: dict[type[Model], Maker] = {
    Campaign: campaign, Participation: participation, Pledge: pledge, ProgressReport: report,
    ExtensionRequest: extension_request,
    ReviewRound: review_round, Submission: submission, Nomination: nomination, Decision: decision,
    Commendation: commendation, TitleRegistration: registration,
}  # fmt: skip
HAVE_PAPER = (Participation, Pledge, ProgressReport, Submission, Nomination, Decision)
