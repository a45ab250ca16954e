"""What the tables themselves refuse."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from campaigns import enums
from campaigns.arithmetic import enums as arithmetic
from campaigns.enums import CampaignState, IndicatorKind, MoneyScale, PledgeState, ReportState, Section
from campaigns.models import ATTACHMENT_MODELS, FigureChange, IndicatorUnitKind
from campaigns.workflows import CAMPAIGN, PARTICIPATION, PLEDGE, REPORT
from core.audit.models import InsertOnlyError
from core.clock import real_now
from core.errors import ServiceError
from core.files.attachments import ATTACHMENTS
from core.workflow import WORKFLOWS, Workflow
from tests.campaigns.factories import (
    CampaignFactory,
    FigureFactory,
    FocusAreaFactory,
    IndicatorFactory,
    ParticipationFactory,
    PlanRevisionFactory,
    PledgeFactory,
    PledgeLineFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportPartFactory,
    TargetFactory,
)
from tests.factories import UserFactory
from tests.units.factories import UnitFactory
from units.grants import permissions

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def refused(constraint: str, factory: type, **values: Any) -> None:
    """The database refuses the row, and by this constraint: SQLite names checks, PostgreSQL names all."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        factory(**values)
    message = str(caught.value)
    assert constraint in message or message.startswith("UNIQUE constraint failed"), message
    model: type[models.Model] = factory._meta.model  # type: ignore[attr-defined]
    assert constraint in {c.name for c in model._meta.constraints}


def test_campaign_bears_a_symbol_once_a_day_and_organiser() -> None:
    first = CampaignFactory(symbol="27/KH-UBND")
    refused(
        "campaign_symbol_once", CampaignFactory,
        organiser=first.organiser, symbol="27/KH-UBND", signed_on=first.signed_on,
    )  # fmt: skip
    CampaignFactory(symbol="27/KH-UBND")  # another organiser has its own numbers
    CampaignFactory(organiser=first.organiser, symbol="27/KH-UBND", signed_on=date(2025, 2, 19))
    CampaignFactory(organiser=first.organiser, symbol="", signed_on=None)
    CampaignFactory(organiser=first.organiser, symbol="", signed_on=None)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("campaign_days", {"ends_on": date(2023, 12, 31)}),
        ("campaign_days", {"starts_on": None, "draft": True}),
        ("campaign_margin", {"margin": -1}),
        ("campaign_launched_has_start", {"launched_at": None}),
        ("campaign_launched_has_start", {"starts_on": None, "ends_on": None}),
    ],
)
def test_campaign_refuses(constraint: str, values: dict[str, Any]) -> None:
    refused(constraint, CampaignFactory, **values)


def test_campaign_may_run_until_an_event_and_without_a_margin() -> None:
    campaign = CampaignFactory(ends_on=None, end_event="khi Đại hội bế mạc", margin=0)
    assert not campaign.awaits_symbol
    assert CampaignFactory(symbol="", signed_on=None).awaits_symbol


def test_a_later_revision_says_from_when() -> None:
    first = PlanRevisionFactory(number=0)
    refused("plan_revision_from", PlanRevisionFactory, campaign=first.campaign, number=1, effective_from=None)
    PlanRevisionFactory(campaign=first.campaign, number=1)


def test_focus_area_and_indicator_stand_once_in_a_revision() -> None:
    indicator = IndicatorFactory(code="2.1")
    area = indicator.focus_area
    refused("focus_area_once", FocusAreaFactory, campaign=area.campaign, position=area.position)
    refused("indicator_once", IndicatorFactory, campaign=indicator.campaign, focus_area=area, code="2.1")
    later = PlanRevisionFactory(campaign=indicator.campaign, number=1)
    IndicatorFactory(campaign=indicator.campaign, focus_area=area, code="2.1", since=later)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("indicator_decimals", {"decimals": 5}),
        ("indicator_weight", {"weight": -1}),
        ("indicator_scale", {"kind": IndicatorKind.MONEY}),
        ("indicator_scale", {"kind": IndicatorKind.NUMBER, "scale": MoneyScale.MILLION}),
    ],
)
def test_indicator_refuses(constraint: str, values: dict[str, Any]) -> None:
    refused(constraint, IndicatorFactory, **values)


def test_indicator_is_for_the_kinds_named_or_for_all() -> None:
    indicator = IndicatorFactory(kind=IndicatorKind.MONEY, scale=MoneyScale.MILLION)
    assert indicator.is_for("school")
    IndicatorUnitKind.objects.create(indicator=indicator, kind="commune")
    assert indicator.is_for("commune")
    assert not indicator.is_for("school")
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorUnitKind.objects.create(indicator=indicator, kind="commune")


def test_target_stands_once_for_all_and_once_for_a_unit() -> None:
    common = TargetFactory()
    unit = UnitFactory()
    TargetFactory(indicator=common.indicator, unit=unit)
    refused("target_common_once", TargetFactory, indicator=common.indicator)
    refused("target_unit_once", TargetFactory, indicator=common.indicator, unit=unit)
    TargetFactory(indicator=common.indicator, unit=UnitFactory())


def test_target_bounds_and_not_assigned() -> None:
    indicator, unit = IndicatorFactory(), UnitFactory()
    refused("target_range", TargetFactory, indicator=indicator, low=8, high=7)
    TargetFactory(indicator=indicator, low=8, high=8)
    refused("target_not_assigned_is_empty", TargetFactory, indicator=indicator, unit=unit, assigned=False, low=0)
    refused("target_not_assigned_is_empty", TargetFactory, indicator=IndicatorFactory(), assigned=False, low=None)
    TargetFactory(indicator=indicator, unit=unit, assigned=False, low=None)


def test_a_unit_takes_part_once() -> None:
    first = ParticipationFactory()
    refused("participation_once", ParticipationFactory, campaign=first.campaign, unit=first.unit)


def test_a_pledge_that_was_sent_has_its_time() -> None:
    for state in PledgeState:
        if state in {PledgeState.DRAFT, PledgeState.WITH_HEAD}:
            PledgeFactory(state=state, sent_at=None)
        else:
            refused("pledge_sent_has_time", PledgeFactory, state=state, sent_at=None)


def test_one_pledge_a_participation_and_one_line_an_indicator() -> None:
    line = PledgeLineFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        PledgeFactory(participation=line.pledge.participation)
    refused("pledge_line_once", PledgeLineFactory, pledge=line.pledge, indicator=line.indicator)


@pytest.mark.parametrize(
    "values",
    [{"denominator": 0, "numerator": 1}, {"denominator": -1, "numerator": 1}, {"numerator": 1}, {"denominator": 1}],
)
@pytest.mark.parametrize("factory", [PledgeLineFactory, FigureFactory])
def test_a_share_has_both_parts_and_a_whole(factory: Any, values: dict[str, Any]) -> None:
    name = "denominator" if len(values) == 2 else "ratio"
    model = factory._meta.model._meta.model_name
    refused(f"campaigns_{model}_{name}", factory, number=None, **values)
    factory(number=None, numerator=0, denominator=1)


def test_period_days_name_and_share() -> None:
    period = ReportingPeriodFactory()
    refused("reporting_period_once", ReportingPeriodFactory, campaign=period.campaign, name=period.name)
    refused("reporting_period_days", ReportingPeriodFactory, ends_on=period.starts_on - timedelta(days=1))
    refused("reporting_period_share", ReportingPeriodFactory, expected_share=-1)
    ReportingPeriodFactory(ends_on=period.starts_on, expected_share=25)


def test_report_once_a_period_sent_and_closed_with_time() -> None:
    report = ProgressReportFactory()
    refused("progress_report_once", ProgressReportFactory, participation=report.participation, period=report.period)
    refused("progress_report_sent_has_time", ProgressReportFactory, state=ReportState.RETURNED, sent_at=None)
    refused("progress_report_closed_has_time", ProgressReportFactory, state=ReportState.CLOSED, closed_at=None)


def test_report_parts() -> None:
    part = ReportPartFactory()
    refused("report_part_focus_once", ReportPartFactory, report=part.report, focus_area=part.focus_area)
    ReportPartFactory(report=part.report, focus_area=None, section=Section.CAUSES)
    refused("report_part_section_once", ReportPartFactory, report=part.report, focus_area=None, section=Section.CAUSES)
    refused("report_part_focus_has_area", ReportPartFactory, report=part.report, focus_area=None)
    refused("report_part_focus_has_area", ReportPartFactory, section=Section.CAUSES)


def test_figure_once_a_basis_and_no_data_means_none() -> None:
    figure = FigureFactory(basis="estimate")
    refused("figure_once", FigureFactory, report=figure.report, indicator=figure.indicator, basis="estimate")
    FigureFactory(report=figure.report, indicator=figure.indicator, basis="official")
    refused("figure_no_data_is_empty", FigureFactory, no_data=True, number=0)
    FigureFactory(no_data=True, number=None)


def test_changes_of_a_figure_are_written_once() -> None:
    change = FigureChange.objects.create(
        figure=FigureFactory(), before={"number": "90"}, after={"number": "91"}, by=UserFactory(), at=real_now()
    )
    with pytest.raises(InsertOnlyError):
        change.save()
    with pytest.raises(InsertOnlyError):
        change.delete()
    with pytest.raises(InsertOnlyError):
        FigureChange.objects.update(reason="khác")
    with pytest.raises(InsertOnlyError):
        FigureChange.objects.all().delete()


def test_campaign_is_found_by_title_and_symbol_without_marks() -> None:
    campaign = CampaignFactory(title="Đẩy mạnh thi đua", symbol="27/KH-UBND")
    assert "day manh thi dua" in campaign.search
    assert "27/kh-ubnd" in campaign.search


@pytest.mark.parametrize(
    ("stored", "judged"),
    [
        (enums.IndicatorKind, arithmetic.Kind),
        (enums.Direction, arithmetic.Direction),
        (enums.TargetForm, arithmetic.TargetForm),
        (enums.RollUp, arithmetic.RollUp),
        (enums.Cumulation, arithmetic.Cumulation),
        (enums.Verdict, arithmetic.Verdict),
    ],
)
def test_the_tables_and_the_arithmetic_use_the_same_words(stored: Any, judged: Any) -> None:
    assert stored.values == [member.value for member in judged]


# --- Workflows as data ---

TABLES = [CAMPAIGN, PARTICIPATION, PLEDGE, REPORT]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model.__name__)
def test_every_state_is_reached_and_every_right_is_granted(table: Workflow[Any]) -> None:
    field = table.model._meta.get_field(table.field)
    states = {value for value, _label in field.choices}
    assert {step.source for step in table.steps} | {step.target for step in table.steps} == states
    assert {step.target for step in table.steps} >= states - {field.default}
    assert {step.permission for step in table.steps} <= permissions()
    assert f"{table.model._meta.label}.{table.field}" in WORKFLOWS


def test_only_a_campaign_with_number_and_date_is_closed() -> None:
    steps = {(step.source, step.target): step for step in CAMPAIGN.steps}
    guard = steps[CampaignState.LAUNCHED, CampaignState.CLOSED].guard
    assert guard is not None
    guard(CampaignFactory(), None)
    with pytest.raises(ServiceError):
        guard(CampaignFactory(symbol="", signed_on=None), None)


def test_every_attachment_opens_its_file() -> None:
    for model in ATTACHMENT_MODELS:
        assert model._meta.label in ATTACHMENTS
