"""Rows of the awards' room, straight into the tables; the services have their own tests."""

from datetime import UTC, date, datetime

import factory

from awards.enums import DecisionState, NominationState, SubmissionState
from awards.models import (
    Appraisal,
    Commendation,
    Decision,
    Nomination,
    OpenField,
    ReviewRound,
    Submission,
    TitleRegistration,
)
from awards.models.decision import UNNUMBERED
from catalogue.enums import CommendationKind, Route
from tests.catalogue.factories import AwardVersionFactory
from tests.factories import HouseFactory, UserFactory
from tests.units.factories import SubjectFactory, UnitFactory

MOMENT = datetime(2024, 11, 20, 3, 0, tzinfo=UTC)


class TitleRegistrationFactory(HouseFactory):
    class Meta:
        model = TitleRegistration

    organiser = factory.SubFactory(UnitFactory)
    year = 2024
    unit = factory.SubFactory(UnitFactory)
    subject = factory.SubFactory(SubjectFactory)
    award_version = factory.SubFactory(AwardVersionFactory)
    award_type = factory.SelfAttribute("award_version.type")
    printed_name = factory.Sequence(lambda n: f"Nguyễn Văn Đăng Ký {n}")
    registered_on = date(2024, 3, 1)


class ReviewRoundFactory(HouseFactory):
    class Meta:
        model = ReviewRound

    organiser = factory.SubFactory(UnitFactory)
    year = 2024
    title = factory.Sequence(lambda n: f"Đợt xét số {n}")
    route = Route.NO_MEETING


class SubmissionFactory(HouseFactory):
    """Sent; give `state=SubmissionState.DRAFT` for one still inside the unit."""

    class Meta:
        model = Submission

    round = factory.SubFactory(ReviewRoundFactory)
    unit = factory.SubFactory(UnitFactory)
    state = SubmissionState.SENT
    sent_at = factory.LazyAttribute(
        lambda o: None if o.state in {SubmissionState.DRAFT, SubmissionState.CONFIRMED} else MOMENT
    )


class DecisionFactory(HouseFactory):
    """Number and date entered; unsigned states have neither."""

    class Meta:
        model = Decision

    class Params:
        unnumbered = factory.LazyAttribute(lambda o: o.state in UNNUMBERED)

    organiser = factory.SubFactory(UnitFactory)
    title = factory.Sequence(lambda n: f"Về việc khen thưởng số {n}")
    kind = CommendationKind.MERIT
    state = DecisionState.ENTERED
    number = factory.Maybe("unnumbered", "", factory.Sequence(lambda n: str(n + 1)))
    symbol = "QĐ-UBND"
    signed_on = factory.Maybe("unnumbered", None, date(2024, 12, 20))
    year = factory.Maybe("unnumbered", None, 2024)


class NominationFactory(HouseFactory):
    class Meta:
        model = Nomination

    submission = factory.SubFactory(SubmissionFactory)
    round = factory.SelfAttribute("submission.round")
    subject = factory.SubFactory(SubjectFactory)
    nominating_unit = factory.SelfAttribute("submission.unit")
    award_version = factory.SubFactory(AwardVersionFactory)
    award_type = factory.SelfAttribute("award_version.type")
    printed_name = factory.Sequence(lambda n: f"Nguyễn Văn Đề Nghị {n}")
    kind = CommendationKind.MERIT
    achievement_year = 2024
    route = Route.NO_MEETING
    state = NominationState.SENT
    decision = factory.LazyAttribute(
        lambda o: DecisionFactory(organiser=o.round.organiser) if o.state == NominationState.DECIDED else None
    )


class AppraisalFactory(HouseFactory):
    """Asked, not yet given; with `outcome` given."""

    class Meta:
        model = Appraisal

    nomination = factory.SubFactory(NominationFactory)
    reviewer = factory.SubFactory(UserFactory)
    given_at = factory.LazyAttribute(lambda o: MOMENT if o.outcome else None)
    outcome = ""


class OpenFieldFactory(HouseFactory):
    class Meta:
        model = OpenField

    nomination = factory.SubFactory(NominationFactory)
    name = "merit"


class CommendationFactory(HouseFactory):
    class Meta:
        model = Commendation

    decision = factory.SubFactory(DecisionFactory)
    organiser = factory.SelfAttribute("decision.organiser")
    subject = factory.SubFactory(SubjectFactory)
    unit = factory.SubFactory(UnitFactory)
    award_version = factory.SubFactory(AwardVersionFactory)
    printed_name = factory.Sequence(lambda n: f"Nguyễn Văn Khen {n}")
    printed_award = factory.LazyAttribute(lambda o: o.award_version.name)
    awarded_on = date(2024, 12, 20)
