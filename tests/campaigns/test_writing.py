"""Writing a campaign: begun, filled, checked, launched; everything by the standing body and nobody else."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.enums import CampaignState, Direction, IndicatorKind, RollUp
from campaigns.models import Campaign, Indicator, Participation
from campaigns.queries.plan import plan_of, plans_of
from campaigns.services.campaigns import cancel_campaign, close_campaign, create_campaign, edit_campaign
from campaigns.services.copying import copy_campaign, create_from_template, templates
from campaigns.services.focus_areas import add_focus_area, edit_focus_area, move_focus_area, remove_focus_area
from campaigns.services.indicators import (
    add_indicator,
    clear_unit_target,
    edit_indicator,
    move_indicator,
    remove_indicator,
    set_unit_target,
)
from campaigns.services.launching import lacks, launch_campaign, units_without_account
from campaigns.services.participants import add_participant, set_participants
from core import audit, clock
from core.errors import MovedOn, NotAllowed, ServiceError
from core.notices.models import Notice
from tests.campaigns.world import build_committee
from tests.factories import UserFactory
from units.enums import Role
from units.services.memberships import delegate, grant_role

START = date(2024, 1, 1)
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def committee():
    return build_committee()


@pytest.fixture
def draft(committee):
    return create_from_template(
        organiser=committee.district, template="six_focus_areas", title="Phong trào 2024", actor=committee.officer
    )


def ready(committee, campaign):
    """Fill in what the Law asks for."""
    campaign = edit_campaign(
        campaign_id=campaign.pk, version=campaign.version, actor=committee.officer, goal="Mục tiêu",
        participants="Các xã", criteria="Tiêu chí", starts_on=date(2024, 2, 19), ends_on=date(2024, 11, 30),
    )  # fmt: skip
    set_participants(campaign_id=campaign.pk, unit_ids=[u.pk for u in committee.communes], actor=committee.officer)
    return campaign


def codes(campaign):
    return [(line.indicator.code, line.indicator.name) for line in plan_of(campaign).lines()]


def test_template_brings_six_focus_areas_in_order(draft):
    assert list(templates()) == ["six_focus_areas"]
    assert [(a.number, a.area.title) for a in plan_of(draft).areas][:2] == [
        (1, "Phát triển kinh tế"),
        (2, "Văn hóa – xã hội"),
    ]
    assert len(plan_of(draft).areas) == 6
    assert draft.revisions.get().number == 0


@pytest.mark.parametrize("who", ["approver", "observer", "outsider"])
def test_only_the_standing_body_begins_a_campaign(committee, who):
    with pytest.raises(NotAllowed):
        create_campaign(organiser=committee.district, title="x", actor=getattr(committee, who))
    assert not Campaign.objects.exists()


def test_a_draft_is_seen_by_its_organiser_only(committee, draft):
    seen = {
        name: Campaign.objects.visible_to(getattr(committee, name)).filter(pk=draft.pk).exists()
        for name in ("officer", "approver", "observer", "outsider")
    }
    assert seen == {"officer": True, "approver": True, "observer": True, "outsider": False}
    assert not Campaign.objects.visible_to(committee.unit_officers[0]).exists()


def test_numbers_follow_the_places(committee, draft):
    first, second = draft.focus_areas.order_by("position")[:2]
    a = add_indicator(focus_area_id=first.pk, name="Thu ngân sách", actor=committee.officer)
    b = add_indicator(focus_area_id=first.pk, name="Thu nhập", actor=committee.officer)
    add_indicator(focus_area_id=second.pk, name="Hộ nghèo", actor=committee.officer)
    assert codes(draft) == [("1.1", "Thu ngân sách"), ("1.2", "Thu nhập"), ("2.1", "Hộ nghèo")]
    move_indicator(indicator_id=b.pk, up=True, actor=committee.officer)
    assert codes(draft)[:2] == [("1.1", "Thu nhập"), ("1.2", "Thu ngân sách")]
    move_focus_area(focus_area_id=second.pk, up=True, actor=committee.officer)
    assert codes(draft) == [("1.1", "Hộ nghèo"), ("2.1", "Thu nhập"), ("2.2", "Thu ngân sách")]
    remove_indicator(indicator_id=b.pk, actor=committee.officer)
    assert codes(draft) == [("1.1", "Hộ nghèo"), ("2.1", "Thu ngân sách")]
    a.refresh_from_db()
    assert (a.code, a.position) == ("2.1", 1)


def test_a_focus_area_with_indicators_is_not_removed(committee, draft):
    area = draft.focus_areas.first()
    indicator = add_indicator(focus_area_id=area.pk, name="Thu ngân sách", actor=committee.officer)
    with pytest.raises(ServiceError):
        remove_focus_area(focus_area_id=area.pk, actor=committee.officer)
    remove_indicator(indicator_id=indicator.pk, actor=committee.officer)
    remove_focus_area(focus_area_id=area.pk, actor=committee.officer)
    assert list(draft.focus_areas.values_list("position", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("values", "target", "field"),
    [
        ({"name": " "}, {}, "name"),
        ({"kind": IndicatorKind.MONEY, "direction": Direction.ZERO}, {}, "direction"),
        ({"kind": IndicatorKind.COUNT, "rollup": RollUp.RATIO}, {}, "rollup"),
        ({"form": "range"}, {"low": Decimal(5)}, "high"),
        ({}, {"low": Decimal(9), "high": Decimal(8)}, "high"),
        ({"direction": Direction.ZERO, "kind": IndicatorKind.COUNT}, {"low": Decimal(2)}, "low"),
        ({"kind": IndicatorKind.PERCENT, "rollup": RollUp.RATIO}, {"low": Decimal(101)}, "low"),
    ],
)
def test_an_indicator_that_contradicts_itself_is_refused_at_its_field(committee, draft, values, target, field):
    with pytest.raises(ServiceError) as refused:
        add_indicator(
            focus_area_id=draft.focus_areas.first().pk,
            actor=committee.officer,
            target=target,
            **{"name": "A", **values},
        )
    assert refused.value.field == field
    assert not Indicator.objects.exists()


def test_no_case_to_happen_asks_for_zero(committee, draft):
    indicator = add_indicator(
        focus_area_id=draft.focus_areas.first().pk, name="Vụ tảo hôn", kind=IndicatorKind.COUNT,
        direction=Direction.ZERO, actor=committee.officer,
    )  # fmt: skip
    assert (indicator.targets.get().low, indicator.targets.get().high) == (None, 0)


def test_a_unit_has_its_own_target_or_none_at_all(committee, draft):
    indicator = add_indicator(
        focus_area_id=draft.focus_areas.first().pk, name="Thu", target={"low": Decimal(100)}, actor=committee.officer
    )
    first, second, third = committee.communes
    set_unit_target(indicator_id=indicator.pk, unit=first, low=Decimal(120), actor=committee.officer)
    set_unit_target(indicator_id=indicator.pk, unit=second, assigned=False, actor=committee.officer)

    def asked():
        plans = plans_of(draft, committee.communes)
        lines = [next(plans[unit.pk].lines()) for unit in (first, second, third)]
        return [(line.assigned, line.target and line.target.low) for line in lines]

    assert asked() == [(True, 120), (False, None), (True, 100)]
    clear_unit_target(indicator_id=indicator.pk, unit=second, actor=committee.officer)
    assert asked() == [(True, 120), (True, 100), (True, 100)]


def test_an_indicator_for_agencies_is_not_asked_of_communes(committee, draft):
    add_indicator(
        focus_area_id=draft.focus_areas.first().pk, name="Văn bản", unit_kinds=["agency"], actor=committee.officer
    )
    plans = plans_of(draft, [committee.communes[0], committee.agency])
    assert [next(plan.lines()).assigned for plan in plans.values()] == [False, True]


def test_plans_of_many_units_cost_the_same_queries(committee, draft, django_assert_num_queries):
    for number in range(3):
        add_indicator(focus_area_id=draft.focus_areas.first().pk, name=f"A{number}", actor=committee.officer)
    for units in (committee.communes[:1], committee.communes):
        with django_assert_num_queries(5):
            plans_of(draft, units)


def test_launch_says_what_is_missing_and_where(committee, draft):
    assert {lack.step for lack in lacks(draft)} == {"general", "time", "units"}
    with pytest.raises(ServiceError):
        launch_campaign(campaign_id=draft.pk, version=draft.version, actor=committee.officer)
    draft.refresh_from_db()
    assert draft.state == CampaignState.DRAFT
    assert lacks(ready(committee, draft)) == []


def test_a_unit_whose_head_has_only_a_deputy_with_an_account_is_reached(committee, draft):
    campaign, third = ready(committee, draft), committee.communes[2]
    head = UserFactory()
    role = grant_role(user=head, role=Role.UNIT_HEAD, unit=third, valid_from=START, actor=None)
    head.is_active = False
    head.save()
    assert units_without_account(campaign) == [third]
    deputy = committee.unit_officers[0]
    delegate(membership_id=role.pk, to=deputy, valid_from=START, valid_to=date(2099, 1, 1), actor=None)
    assert units_without_account(campaign) == []


def test_launch_reaches_every_unit_and_names_those_without_account(
    committee, draft, django_capture_on_commit_callbacks
):
    campaign = ready(committee, draft)
    assert units_without_account(campaign) == [committee.communes[2]]
    with django_capture_on_commit_callbacks(execute=True):
        launch_campaign(campaign_id=campaign.pk, version=campaign.version, actor=committee.officer)
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.LAUNCHED
    assert campaign.revisions.get().frozen_at is not None
    assert set(Participation.objects.values_list("unit_name_then", flat=True)) == {
        "Xã An Hiệp",
        "Xã An Ninh",
        "Xã Phú Tân",
    }
    told = set(Notice.objects.filter(code="campaign_launched").values_list("recipient", flat=True))
    assert told == {u.pk for u in [*committee.unit_officers, *committee.heads]}
    assert Campaign.objects.visible_to(committee.heads[0]).get() == campaign
    assert next(entry.action for entry in audit.entries_for(campaign)) == "campaign.launched"


@pytest.mark.parametrize("who", ["approver", "observer"])
def test_who_may_read_may_not_launch(committee, draft, who):
    campaign = ready(committee, draft)
    with pytest.raises(NotAllowed):
        launch_campaign(campaign_id=campaign.pk, version=campaign.version, actor=getattr(committee, who))


@pytest.fixture
def launched(committee, draft):
    campaign = ready(committee, draft)
    return launch_campaign(campaign_id=campaign.pk, version=campaign.version, actor=committee.officer)


def test_a_launched_plan_is_settled_but_its_number_may_follow(committee, launched):
    area = launched.focus_areas.first()
    for attempt in (
        lambda: edit_focus_area(focus_area_id=area.pk, title="Khác", body="", actor=committee.officer),
        lambda: add_focus_area(campaign_id=launched.pk, title="Khác", actor=committee.officer),
        lambda: add_indicator(focus_area_id=area.pk, name="Khác", actor=committee.officer),
        lambda: edit_campaign(campaign_id=launched.pk, version=launched.version, actor=committee.officer, goal="Khác"),
        lambda: set_participants(campaign_id=launched.pk, unit_ids=[], actor=committee.officer),
    ):
        with pytest.raises(ServiceError):
            attempt()
    with pytest.raises(ServiceError) as refused:
        close_campaign(campaign_id=launched.pk, version=launched.version, actor=committee.officer)
    assert refused.value.field == "symbol"
    numbered = edit_campaign(
        campaign_id=launched.pk, version=launched.version, actor=committee.officer, symbol="27/KH-UBND",
        signed_on=date(2024, 2, 19),
    )  # fmt: skip
    closed = close_campaign(campaign_id=numbered.pk, version=numbered.version, actor=committee.officer)
    assert closed.state == CampaignState.CLOSED


def test_a_unit_may_be_added_after_the_launch_once_and_from_below_only(committee, launched):
    add_participant(campaign_id=launched.pk, unit=committee.agency, actor=committee.officer)
    for wrong in (committee.agency, committee.province, committee.district):
        with pytest.raises(ServiceError):
            add_participant(campaign_id=launched.pk, unit=wrong, actor=committee.officer)
    assert launched.participations.count() == 4


def test_the_found_title_follows_an_edit(committee, draft):
    edit_campaign(campaign_id=draft.pk, version=draft.version, actor=committee.officer, title="Đức Hoà thi đua")
    assert Campaign.objects.filter(search__contains="duc hoa").get() == draft


def test_the_slower_of_two_editors_is_told(committee, draft):
    edit_campaign(campaign_id=draft.pk, version=draft.version, actor=committee.officer, goal="Một")
    with pytest.raises(MovedOn):
        edit_campaign(campaign_id=draft.pk, version=draft.version, actor=committee.officer, goal="Hai")


def test_an_outsider_cannot_even_find_it(committee, draft):
    with pytest.raises(Campaign.DoesNotExist):
        edit_campaign(campaign_id=draft.pk, version=0, actor=committee.outsider, goal="x")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts_on": None, "ends_on": date(2024, 1, 1)}, "starts_on"),
        ({"starts_on": date(2024, 2, 1), "ends_on": date(2024, 1, 1)}, "ends_on"),
        ({"starts_on": START, "ends_on": date(2024, 2, 1), "pledge_due_on": date(2024, 3, 1)}, "pledge_due_on"),
    ],
)  # fmt: skip
def test_days_must_follow_each_other(committee, draft, values, field):
    with pytest.raises(ServiceError) as refused:
        edit_campaign(campaign_id=draft.pk, version=draft.version, actor=committee.officer, **values)
    assert refused.value.field == field


def test_number_and_date_are_taken_once(committee, draft):
    paper = {"symbol": "27/KH-UBND", "signed_on": date(2024, 2, 19)}
    edit_campaign(campaign_id=draft.pk, version=draft.version, actor=committee.officer, **paper)
    other = create_campaign(organiser=committee.district, title="Khác", actor=committee.officer)
    with pytest.raises(ServiceError) as refused:
        edit_campaign(campaign_id=other.pk, version=0, actor=committee.officer, **paper)
    assert refused.value.field == "symbol"


def test_a_copy_takes_the_content_and_leaves_days_and_units(committee, launched):
    indicator_of = launched.focus_areas.first()
    source = Campaign.objects.get(pk=launched.pk)
    copy = copy_campaign(source_id=source.pk, organiser=committee.district, title="Năm 2025", actor=committee.officer)
    assert (copy.goal, copy.copied_from, copy.starts_on, copy.symbol) == ("Mục tiêu", source, None, "")
    assert next(a.area.title for a in plan_of(copy).areas) == indicator_of.title
    assert not copy.participations.exists()


def test_a_copy_takes_indicators_with_their_common_targets(committee, draft):
    area = draft.focus_areas.first()
    indicator = add_indicator(focus_area_id=area.pk, name="Thu", target={"low": Decimal(5), "due_on": date(2024, 9, 1)},
                              unit_kinds=["commune"], actor=committee.officer)  # fmt: skip
    set_unit_target(indicator_id=indicator.pk, unit=committee.communes[0], low=Decimal(9), actor=committee.officer)
    edit_indicator(indicator_id=indicator.pk, measure="tỷ đồng", actor=committee.officer)
    copy = copy_campaign(source_id=draft.pk, organiser=committee.district, title="Năm 2025", actor=committee.officer)
    copied = copy.indicators.get()
    assert (copied.name, copied.measure, copied.code) == ("Thu", "tỷ đồng", "1.1")
    assert [(t.low, t.unit_id, t.due_on) for t in copied.targets.all()] == [(5, None, None)]
    assert [row.kind for row in copied.unit_kinds.all()] == ["commune"]


def test_cancelling_keeps_the_reason(committee, draft):
    cancelled = cancel_campaign(campaign_id=draft.pk, version=draft.version, actor=committee.officer, reason="Trùng")
    assert (cancelled.state, cancelled.state_reason) == (CampaignState.CANCELLED, "Trùng")


def test_who_stands_on_an_earlier_day_does_not_see_what_comes_later(committee, launched):
    head = committee.heads[0]
    with clock.on_day(date(2024, 1, 1)):
        assert not Campaign.objects.visible_to(head).exists()
        assert not Participation.objects.visible_to(head).exists()
    assert Campaign.objects.visible_to(head).get() == launched
