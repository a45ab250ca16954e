"""Exactly the rows each user may read: of a commune's campaign to its units and of a province's to its communes."""

from typing import Any

import pytest

from campaigns.enums import PledgeState, ReportState
from campaigns.models import (
    Campaign,
    Extension,
    Figure,
    FocusArea,
    Indicator,
    Participation,
    Pledge,
    PledgeLine,
    ProgressReport,
    ReportingPeriod,
    ReportPart,
    Target,
)
from tests.campaigns.factories import (
    CampaignFactory,
    ExtensionFactory,
    FigureFactory,
    IndicatorFactory,
    ParticipationFactory,
    PledgeFactory,
    PledgeLineFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportPartFactory,
    TargetFactory,
)
from tests.units.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

Rows = dict[str, Any]


@pytest.fixture
def rows(world: World) -> Rows:
    """On each side: a campaign of `a` for its office and hamlet, one being written, one of the province.

    The hamlet's pledge and report are drafts, the office's are sent; so are the province's communes' a
    (draft) and b (sent). The office of `a` follows the one indicator of the commune's campaign.
    """
    made: Rows = {}
    for side in ("north", "south"):
        plans = {"commune": ("a", ("a.hamlet", "a.office")), "province": ("province", ("a", "b"))}
        for name, (organiser, units) in plans.items():
            campaign = CampaignFactory(organiser=world.unit(f"{side}.{organiser}"))
            office = world.unit(f"{side}.a.office") if name == "commune" else None
            indicator = IndicatorFactory(campaign=campaign, office=office)
            period = ReportingPeriodFactory(campaign=campaign)
            made[f"{side}.{name}"] = campaign
            for unit, state in zip(units, (PledgeState.DRAFT, PledgeState.SENT), strict=True):
                place = ParticipationFactory(campaign=campaign, unit=world.unit(f"{side}.{unit}"))
                pledge = PledgeFactory(participation=place, state=state)
                report = ProgressReportFactory(participation=place, period=period, state=ReportState(state.value))
                TargetFactory(indicator=indicator, unit=place.unit)
                PledgeLineFactory(pledge=pledge, indicator=indicator)
                FigureFactory(report=report, indicator=indicator)
                ReportPartFactory(report=report, focus_area=indicator.focus_area)
                ExtensionFactory(participation=place, period=period)
        made[f"{side}.draft"] = CampaignFactory(organiser=world.unit(f"{side}.a"), draft=True)
        ParticipationFactory(campaign=made[f"{side}.draft"], unit=world.unit(f"{side}.a.hamlet"))
    return made


NOBODY: set[str] = set()
COMMUNE, DRAFT, PROVINCE = {"commune"}, {"draft"}, {"province"}

# user: campaigns seen
CAMPAIGNS = {
    "standing_officer": COMMUNE | DRAFT | PROVINCE,
    "approver": COMMUNE | DRAFT | PROVINCE,
    "observer": COMMUNE | DRAFT | PROVINCE,
    "reviewer": NOBODY,
    "indicator_office": COMMUNE,
    "council_member": NOBODY,
    "council_secretary": NOBODY,
    "block_lead": NOBODY,
    "unit_officer": COMMUNE,
    "unit_head": COMMUNE,
    "office_officer": COMMUNE,
    "commune_head": COMMUNE | PROVINCE,
    "b_standing_officer": PROVINCE,
    "b_head": NOBODY,
    "province_standing_officer": COMMUNE | PROVINCE,
    "province_observer": COMMUNE | PROVINCE,
}


@pytest.mark.parametrize("name", CAMPAIGNS)
def test_campaigns(world: World, rows: Rows, name: str) -> None:
    for side in ("north", "south"):
        user = world.user(f"{side}.{name}")
        expected = {rows[f"{side}.{campaign}"] for campaign in CAMPAIGNS[name]}
        assert set(Campaign.objects.visible_to(user)) == expected
        for model in (FocusArea, Indicator, ReportingPeriod):
            plan = model.objects.visible_to(user)  # type: ignore[attr-defined]
            assert {row.campaign for row in plan} == expected - {rows[f"{side}.draft"]}


@pytest.mark.parametrize("name", ["administrator", "nobody", "disabled", "former", "late_deputy"])
def test_who_holds_no_role_today_sees_nothing(world: World, rows: Rows, name: str) -> None:
    models = (
        Campaign, FocusArea, Indicator, Target, Participation, Pledge, PledgeLine, ReportingPeriod, Extension,
        ProgressReport, ReportPart, Figure,
    )  # fmt: skip
    user = world.user(name)
    assert [m.__name__ for m in models if m.objects.visible_to(user).exists()] == []  # type: ignore[attr-defined]


A_HAMLET, A_OFFICE, A, B = {"a.hamlet"}, {"a.office"}, {"a"}, {"b"}

# user: units whose participations are seen in launched campaigns, units whose pledge and report are seen
PAPERS = {
    "standing_officer": (A_HAMLET | A_OFFICE | A, A_OFFICE),
    "approver": (A_HAMLET | A_OFFICE | A, A_OFFICE),
    "observer": (A_HAMLET | A_OFFICE | A, A_OFFICE),
    "reviewer": (NOBODY, NOBODY),
    "indicator_office": (A_HAMLET | A_OFFICE, NOBODY),
    "council_member": (NOBODY, NOBODY),
    "council_secretary": (NOBODY, NOBODY),
    "block_lead": (NOBODY, NOBODY),
    "unit_officer": (A_HAMLET, A_HAMLET),
    "unit_head": (A_HAMLET, A_HAMLET),
    "office_officer": (A_OFFICE, A_OFFICE),
    "commune_head": (A_HAMLET | A_OFFICE | A, A_HAMLET | A_OFFICE | A),
    "b_standing_officer": (B, B),
    "b_head": (NOBODY, NOBODY),
    "province_standing_officer": (A_HAMLET | A_OFFICE | A | B, A_OFFICE | B),
    "province_observer": (A_HAMLET | A_OFFICE | A | B, A_OFFICE | B),
}


def units_of(world: World, side: str, units: Any) -> set[str]:
    keys = world.keys_of(units)
    assert all(key.startswith(f"{side}.") for key in keys), "a row of the other side"
    return {key.removeprefix(f"{side}.") for key in keys}


@pytest.mark.parametrize("name", PAPERS)
def test_papers_of_units(world: World, rows: Rows, name: str) -> None:
    places, papers = PAPERS[name]
    for side in ("north", "south"):
        user = world.user(f"{side}.{name}")
        seen = Participation.objects.visible_to(user).filter(campaign__launched_at__isnull=False)
        assert units_of(world, side, [row.unit for row in seen]) == places
        extensions = Extension.objects.visible_to(user)
        assert units_of(world, side, [row.participation.unit for row in extensions]) == places
        for model in (Pledge, ProgressReport):
            shown = model.objects.visible_to(user)  # type: ignore[attr-defined]
            assert units_of(world, side, [row.participation.unit for row in shown]) == papers
        parts = ReportPart.objects.visible_to(user)
        assert units_of(world, side, [row.report.participation.unit for row in parts]) == papers


@pytest.mark.parametrize("name", PAPERS)
def test_lines_figures_and_targets(world: World, rows: Rows, name: str) -> None:
    """As the papers they stand in; the office that follows an indicator sees those of all units, once sent."""
    places, papers = PAPERS[name]
    expected = A_OFFICE if name == "indicator_office" else papers
    for side in ("north", "south"):
        user = world.user(f"{side}.{name}")
        lines = PledgeLine.objects.visible_to(user)
        assert units_of(world, side, [row.pledge.participation.unit for row in lines]) == expected
        figures = Figure.objects.visible_to(user)
        assert units_of(world, side, [row.report.participation.unit for row in figures]) == expected
        targets = Target.objects.visible_to(user)
        assert units_of(world, side, [row.unit for row in targets]) == places


def test_common_targets_are_seen_with_the_campaign(world: World, rows: Rows) -> None:
    indicator = rows["north.commune"].indicators.get()
    common = TargetFactory(indicator=indicator)
    assert common in Target.objects.visible_to(world.user("north.unit_officer"))
    assert common not in Target.objects.visible_to(world.user("north.b_head"))


def test_participants_of_a_draft_are_seen_by_its_organiser_only(world: World, rows: Rows) -> None:
    place = rows["north.draft"].participations.get()
    for name in ("standing_officer", "approver", "observer"):
        assert place in Participation.objects.visible_to(world.user(f"north.{name}"))
    for name in ("unit_officer", "unit_head", "commune_head", "province_standing_officer"):
        assert place not in Participation.objects.visible_to(world.user(f"north.{name}"))


def test_a_draft_entered_on_behalf_is_seen_by_the_organiser(world: World, rows: Rows) -> None:
    pledge = Pledge.objects.get(participation__unit=world.unit("north.a.hamlet"))
    officer = world.user("north.standing_officer")
    assert pledge not in Pledge.objects.visible_to(officer)
    Pledge.objects.filter(pk=pledge.pk).update(on_behalf=True)
    assert pledge in Pledge.objects.visible_to(officer)
    assert pledge not in Pledge.objects.visible_to(world.user("north.province_standing_officer"))


def test_a_deputy_sees_what_the_head_sees(world: World, rows: Rows) -> None:
    head, deputy = world.user("north.unit_head"), world.user("deputy")
    assert set(Pledge.objects.visible_to(deputy)) == set(Pledge.objects.visible_to(head)) != set()


def test_an_indicator_is_assigned_to_its_office(world: World, rows: Rows) -> None:
    indicator = rows["north.commune"].indicators.get()
    assert indicator.is_assigned_to(world.user("north.indicator_office"))
    assert not indicator.is_assigned_to(world.user("south.indicator_office"))
    assert not indicator.is_assigned_to(world.user("north.office_officer"))
    assert not rows["north.province"].indicators.get().is_assigned_to(world.user("north.indicator_office"))


def test_whatever_is_visible_can_be_locked(world: World, rows: Rows) -> None:
    user = world.user("north.standing_officer")
    models = (Campaign, Participation, Pledge, ProgressReport, Figure, PledgeLine, Target)
    for model in models:
        visible = model.objects.visible_to(user)  # type: ignore[attr-defined]
        ids = list(visible.values_list("pk", flat=True))
        assert len(ids) == len(set(ids))
        assert list(model._default_manager.select_for_update(of=("self",)).filter(pk__in=visible.values("pk")))
