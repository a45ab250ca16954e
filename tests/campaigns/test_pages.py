"""The pages of campaigns: what each role gets, what bad input is told, how many queries a list takes."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.enums import CampaignState, Direction, IndicatorKind
from campaigns.models import Campaign, Indicator, Participation
from campaigns.services.campaigns import create_campaign, edit_campaign
from campaigns.services.copying import create_from_template
from campaigns.services.indicators import add_indicator
from campaigns.services.launching import launch_campaign
from campaigns.services.participants import set_participants
from core import audit
from tests.campaigns.world import build_committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return build_committee()


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def draft(committee):
    return create_from_template(
        organiser=committee.district, template="six_focus_areas", title="Phong trào 2024", actor=committee.officer
    )


def url(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def test_a_campaign_is_written_and_launched_page_by_page(committee, as_user):
    client = as_user(committee.officer)
    made = client.post(url("campaign_create"), {
        "title": "Phong trào 2024", "organiser": committee.district.pk, "start": "six_focus_areas",
    })  # fmt: skip
    campaign = Campaign.objects.get()
    assert made.url == url("campaign_write", campaign.pk, "general")
    general = client.get(made.url)
    assert "Phát động" not in general.content.decode() or general.status_code == 200
    saved = client.post(made.url, {
        "title": campaign.title, "form": "regular", "scope": "locality", "goal": "Mục tiêu", "participants": "Các xã",
        "criteria": "Tiêu chí", "instrument": "plan", "margin": "1", "version": campaign.version,
    })  # fmt: skip
    assert saved.url == url("campaign_write", campaign.pk, "plan"), saved.context["form"].errors
    area = campaign.focus_areas.first()
    added = client.post(url("indicator_create", area.pk), {
        "name": "Thu ngân sách", "measure": "triệu đồng", "target": "4.850,5", "direction": "higher",
    })  # fmt: skip
    assert added.status_code == 302, added.context["form"].errors
    indicator = Indicator.objects.get()
    assert (indicator.code, indicator.kind, indicator.scale) == ("1.1", IndicatorKind.MONEY, "million")
    assert str(indicator.targets.get().low) == "4850.5000"
    page = client.get(added.url.split("#")[0])
    assert "4.850,5" in page.content.decode()
    client.post(url("campaign_write", campaign.pk, "units"), {"units": [u.pk for u in committee.communes]})
    campaign.refresh_from_db()
    client.post(url("campaign_write", campaign.pk, "time"), {
        "starts_on": "19/02/2024", "ends_on": "30/11/2024", "pledge_due_on": "31/03/2024", "version": campaign.version,
    })  # fmt: skip
    check = client.get(url("campaign_write", campaign.pk, "check"))
    assert "xã Phú Tân" in check.content.decode()
    campaign.refresh_from_db()
    launched = client.post(url("campaign_launch", campaign.pk), {"version": campaign.version}, follow=True)
    assert "Phong trào đã được phát động tới 3 đơn vị" in launched.content.decode()
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.LAUNCHED


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": "", "target": "5"}, "name"),
        ({"name": "A", "target": "1,500"}, "target"),
        ({"name": "A", "target": "nhiều"}, "target"),
        ({"name": "A", "target": "NaN"}, "target"),
        ({"name": "A", "target": "9", "high": "8"}, "high"),
        ({"name": "A", "target": "5", "due_on": "31/02/2024"}, "due_on"),
        ({"name": "A" * 600, "target": "5"}, "name"),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(committee, draft, as_user, data, field):
    area = draft.focus_areas.first()
    page = as_user(committee.officer).post(
        url("indicator_create", area.pk), {"measure": "vụ", "direction": "higher", **data}
    )
    assert page.status_code == 200
    assert field in page.context["form"].errors
    if data["target"]:
        assert f'value="{data["target"]}"' in page.content.decode()
    assert not Indicator.objects.exists()


def test_two_presses_make_one_indicator(committee, draft, as_user):
    client, area = as_user(committee.officer), draft.focus_areas.first()
    for _ in range(2):
        client.post(url("indicator_create", area.pk), {
            "name": "Thu", "measure": "tỷ", "direction": "higher", "_once": "abc",
        })  # fmt: skip
    assert Indicator.objects.count() == 1


def test_rows_are_pasted_from_excel_all_or_none(committee, draft, as_user):
    client, area = as_user(committee.officer), draft.focus_areas.first()
    good = "Thu ngân sách\ttriệu đồng\t4.850\nHộ nghèo\t%\t0,5"
    client.post(url("plan_paste", area.pk), {"rows": good})
    assert list(Indicator.objects.values_list("code", "name", "kind")) == [
        ("1.1", "Thu ngân sách", "money"),
        ("1.2", "Hộ nghèo", "percent"),
    ]
    bad = client.post(url("plan_paste", area.pk), {"rows": "Một\tvụ\t1\nHai\tvụ\tnhiều"})
    assert "Dòng 2" in bad.content.decode()
    many = client.post(url("plan_paste", area.pk), {"rows": "\n".join(f"Việc {n}\tvụ\t1" for n in range(201))})
    assert "rows" in many.context["form"].errors
    assert Indicator.objects.count() == 2


def test_targets_of_single_units_are_set_on_one_page(committee, draft, as_user):
    set_participants(campaign_id=draft.pk, unit_ids=[u.pk for u in committee.communes], actor=committee.officer)
    indicator = add_indicator(focus_area_id=draft.focus_areas.first().pk, name="Thu", actor=committee.officer,
                              direction=Direction.HIGHER)  # fmt: skip
    first, second, third = committee.communes
    client = as_user(committee.officer)
    page = client.get(url("indicator_targets", indicator.pk))
    assert page.status_code == 200
    client.post(url("indicator_targets", indicator.pk), {
        f"u{first.pk}-assigned": "on", f"u{first.pk}-target": "120",
        f"u{second.pk}-target": "", f"u{third.pk}-assigned": "on",
    })  # fmt: skip
    assert {(t.unit_id, t.assigned, t.low and int(t.low)) for t in indicator.targets.all()} == {
        (first.pk, True, 120),
        (second.pk, False, None),
    }
    wrong = client.post(
        url("indicator_targets", indicator.pk), {f"u{first.pk}-assigned": "on", f"u{first.pk}-target": "x"}
    )
    assert wrong.status_code == 200
    assert indicator.targets.count() == 2


PAGES = ["campaign_detail", "campaign_plan", "campaign_documents", "campaign_history", "campaign_preview"]


@pytest.fixture
def launched(committee, draft):
    add_indicator(focus_area_id=draft.focus_areas.first().pk, name="Thu ngân sách", actor=committee.officer)
    campaign = edit_campaign(
        campaign_id=draft.pk, version=draft.version, actor=committee.officer, goal="Mục tiêu", participants="Các xã",
        criteria="Tiêu chí", starts_on=date(2024, 2, 19), ends_on=date(2024, 11, 30),
    )  # fmt: skip
    set_participants(campaign_id=campaign.pk, unit_ids=[u.pk for u in committee.communes], actor=committee.officer)
    return launch_campaign(campaign_id=campaign.pk, version=campaign.version, actor=committee.officer)


@pytest.mark.parametrize("page", PAGES)
def test_every_tab_opens_for_the_standing_body_and_not_for_another_district(committee, launched, as_user, page):
    assert as_user(committee.officer).get(url(page, launched.pk)).status_code == 200
    assert as_user(committee.outsider).get(url(page, launched.pk)).status_code == 404


def test_a_unit_reads_the_plan_and_writes_nothing(committee, launched, as_user):
    client = as_user(committee.unit_officers[0])
    assert "Thu ngân sách" in client.get(url("campaign_plan", launched.pk)).content.decode()
    for name in ("campaign_history", "campaign_preview", "campaign_paper", "campaign_close", "campaign_cancel"):
        assert client.get(url(name, launched.pk)).status_code == 403
    assert client.post(url("campaign_launch", launched.pk), {"version": launched.version}).status_code == 403


def test_the_number_of_the_plan_follows_the_launch(committee, launched, as_user):
    client = as_user(committee.officer)
    client.post(url("campaign_paper", launched.pk), {"symbol": "27/KH-UBND", "signed_on": "19/02/2024"})
    launched.refresh_from_db()
    assert (launched.symbol, launched.signed_on) == ("27/KH-UBND", date(2024, 2, 19))
    client.post(url("campaign_close", launched.pk))
    launched.refresh_from_db()
    assert launched.state == CampaignState.CLOSED
    client.post(url("campaign_archive", launched.pk))
    launched.refresh_from_db()
    assert launched.state == CampaignState.ARCHIVED
    assert audit.entries_for(launched)[0].action == "campaign.archived"


def test_a_conflict_keeps_the_typed_text(committee, draft, as_user):
    client = as_user(committee.officer)
    edit_campaign(campaign_id=draft.pk, version=0, actor=committee.officer, goal="Của người khác")
    page = client.post(url("campaign_write", draft.pk, "general"), {
        "title": draft.title, "form": "regular", "scope": "locality", "goal": "Điều tôi vừa gõ", "instrument": "plan",
        "margin": "1", "version": 0,
    })  # fmt: skip
    assert page.status_code == 409
    assert "Điều tôi vừa gõ" in page.content.decode()
    draft.refresh_from_db()
    assert draft.goal == "Của người khác"


def test_the_list_shows_exactly_the_visible_rows(committee, launched, as_user):
    create_campaign(organiser=committee.district, title="Còn là nháp", actor=committee.officer)
    seen = {
        who: {row.title for row in as_user(user).get(url("campaign_list")).context["table"].records}
        for who, user in {
            "officer": committee.officer, "observer": committee.observer, "approver": committee.approver,
            "unit": committee.unit_officers[0], "head": committee.heads[1], "outsider": committee.outsider,
        }.items()
    }  # fmt: skip
    both, one = {"Phong trào 2024", "Còn là nháp"}, {"Phong trào 2024"}
    assert seen == {"officer": both, "observer": both, "approver": both, "unit": one, "head": one, "outsider": set()}
    assert Participation.objects.count() == 3
