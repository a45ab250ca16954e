"""Rows of the campaigns' room, straight into the tables; the services have their own tests."""

from datetime import UTC, date, datetime

import factory

from campaigns.enums import CampaignState, ParticipationState, PledgeState, ReportState
from campaigns.models import (
    Campaign,
    Extension,
    Figure,
    FocusArea,
    Indicator,
    Participation,
    PlanRevision,
    Pledge,
    PledgeLine,
    ProgressReport,
    ReportingPeriod,
    ReportPart,
    Target,
)
from tests.factories import HouseFactory
from tests.units.factories import UnitFactory

MOMENT = datetime(2024, 2, 19, 3, 0, tzinfo=UTC)


class CampaignFactory(HouseFactory):
    """Launched; `draft=True` for one still being written."""

    class Meta:
        model = Campaign

    class Params:
        draft = factory.Trait(state=CampaignState.DRAFT, launched_at=None)

    organiser = factory.SubFactory(UnitFactory)
    title = factory.Sequence(lambda n: f"Phong trào thi đua số {n}")
    symbol = factory.Sequence(lambda n: f"{n + 1}/KH-UBND")
    signed_on = date(2024, 2, 19)
    starts_on = date(2024, 1, 1)
    ends_on = date(2024, 12, 31)
    state = CampaignState.LAUNCHED
    launched_at = MOMENT


class PlanRevisionFactory(HouseFactory):
    class Meta:
        model = PlanRevision
        django_get_or_create = ("campaign", "number")

    campaign = factory.SubFactory(CampaignFactory)
    number = 0
    effective_from = factory.LazyAttribute(lambda o: None if o.number == 0 else date(2024, 7, 1))


class FocusAreaFactory(HouseFactory):
    class Meta:
        model = FocusArea

    campaign = factory.SubFactory(CampaignFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Nội dung thi đua số {n}")
    since = factory.LazyAttribute(lambda o: PlanRevisionFactory(campaign=o.campaign))


class IndicatorFactory(HouseFactory):
    class Meta:
        model = Indicator

    campaign = factory.SubFactory(CampaignFactory)
    focus_area = factory.LazyAttribute(lambda o: FocusAreaFactory(campaign=o.campaign))
    code = factory.Sequence(lambda n: f"1.{n}")
    name = factory.Sequence(lambda n: f"Chỉ tiêu số {n}")
    measure = "hộ"
    since = factory.LazyAttribute(lambda o: o.focus_area.since)


class TargetFactory(HouseFactory):
    class Meta:
        model = Target

    indicator = factory.SubFactory(IndicatorFactory)
    revision = factory.LazyAttribute(lambda o: o.indicator.since)
    low = 100


class ParticipationFactory(HouseFactory):
    class Meta:
        model = Participation

    campaign = factory.SubFactory(CampaignFactory)
    unit = factory.SubFactory(UnitFactory)
    unit_name_then = factory.LazyAttribute(lambda o: o.unit.name)
    state = ParticipationState.JOINED


class PledgeFactory(HouseFactory):
    """Sent; give `state=PledgeState.DRAFT` for one still inside the unit."""

    class Meta:
        model = Pledge

    participation = factory.SubFactory(ParticipationFactory)
    state = PledgeState.SENT
    sent_at = factory.LazyAttribute(lambda o: None if o.state in {PledgeState.DRAFT, PledgeState.WITH_HEAD} else MOMENT)


class PledgeLineFactory(HouseFactory):
    class Meta:
        model = PledgeLine

    pledge = factory.SubFactory(PledgeFactory)
    indicator = factory.LazyAttribute(lambda o: IndicatorFactory(campaign=o.pledge.participation.campaign))
    number = 100


class ReportingPeriodFactory(HouseFactory):
    class Meta:
        model = ReportingPeriod

    campaign = factory.SubFactory(CampaignFactory)
    name = factory.Sequence(lambda n: f"Kỳ {n}")
    starts_on = date(2024, 1, 1)
    ends_on = date(2024, 6, 30)
    due_at = datetime(2024, 7, 5, 10, 0, tzinfo=UTC)


class ExtensionFactory(HouseFactory):
    class Meta:
        model = Extension

    participation = factory.SubFactory(ParticipationFactory)
    period = factory.LazyAttribute(lambda o: ReportingPeriodFactory(campaign=o.participation.campaign))
    due_at = datetime(2024, 7, 15, 10, 0, tzinfo=UTC)
    reason = "Mưa lũ"


class ProgressReportFactory(HouseFactory):
    """Sent; give `state=ReportState.DRAFT` for one still inside the unit."""

    class Meta:
        model = ProgressReport

    participation = factory.SubFactory(ParticipationFactory)
    period = factory.LazyAttribute(lambda o: ReportingPeriodFactory(campaign=o.participation.campaign))
    state = ReportState.SENT
    sent_at = factory.LazyAttribute(lambda o: None if o.state in {ReportState.DRAFT, ReportState.WITH_HEAD} else MOMENT)
    closed_at = factory.LazyAttribute(lambda o: MOMENT if o.state == ReportState.CLOSED else None)


class ReportPartFactory(HouseFactory):
    class Meta:
        model = ReportPart

    report = factory.SubFactory(ProgressReportFactory)
    focus_area = factory.LazyAttribute(lambda o: FocusAreaFactory(campaign=o.report.participation.campaign))


class FigureFactory(HouseFactory):
    class Meta:
        model = Figure

    report = factory.SubFactory(ProgressReportFactory)
    indicator = factory.LazyAttribute(lambda o: IndicatorFactory(campaign=o.report.participation.campaign))
    number = 90
