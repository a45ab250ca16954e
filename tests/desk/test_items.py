"""The desk itself: groups by due day, one red button, beginnings and reminders, a constant number of queries."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from campaigns.enums import PledgeState, ReportState
from campaigns.models import Campaign, Participation, Pledge, Reminder, ReportingPeriod
from core import clock
from core.turns import Item
from desk.days import how_far
from desk.items import SHOWN, group_code, items_of
from tests.awards.nominating import begun, line, opened, sent
from tests.campaigns.factories import (
    CampaignFactory,
    ExtensionFactory,
    ParticipationFactory,
    PledgeFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
)
from tests.campaigns.world import Committee, build_committee

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DAY = date(2024, 10, 20)


@pytest.fixture
def committee(db: None) -> Committee:
    return build_committee()


def moment(day: date) -> datetime:
    return datetime.combine(day, datetime.max.time(), clock.ZONE)


def running(committee: Committee, **given: Any) -> Campaign:
    row: Campaign = CampaignFactory(organiser=committee.district, **given)
    return row


def taking_part(committee: Committee, campaign: Campaign, count: int = 3) -> list[Participation]:
    return [ParticipationFactory(campaign=campaign, unit=unit) for unit in committee.communes[:count]]


def titles(user: User) -> list[str]:
    return [str(item.title) for item in items_of(user)]


def page_of(client: Client, user: User, query: str = "") -> str:
    client.force_login(user)
    text: str = client.get(f"/{query}").content.decode()
    return text


@pytest.mark.parametrize(
    ("days", "code", "words"),
    [(None, "none", ""), (-3, "late", "Trễ 3 ngày"), (0, "now", "Hôm nay"), (1, "now", "Ngày mai"),
     (2, "week", "Thứ Ba"), (7, "week", "Còn 7 ngày"), (8, "later", "Còn 8 ngày")],
)  # fmt: skip
def test_due_days_make_the_groups(days: int | None, code: str, words: str) -> None:
    due_on = None if days is None else DAY + timedelta(days=days)
    assert group_code(due_on, DAY) == code
    assert due_on is None or how_far(due_on, DAY) == words


def test_overdue_stands_first_and_has_the_only_red_button(client: Client, committee: Committee) -> None:
    today = clock.today()
    for days in (5, -2, 30):
        part = ParticipationFactory(
            campaign=running(committee, title=f"Hạn {days}", pledge_due_on=today + timedelta(days=days)),
            unit=committee.communes[0],
        )
        PledgeFactory(participation=part, state=PledgeState.DRAFT)
    returned = ParticipationFactory(campaign=running(committee, title="Trả lại"), unit=committee.communes[0])
    PledgeFactory(participation=returned, state=PledgeState.RETURNED, return_reason="Bổ sung <b>minh chứng</b>")
    page = page_of(client, committee.unit_officers[0])
    order = [page.index(text) for text in ("Hạn -2", "Hạn 5", "Hạn 30", "Đăng ký bị trả lại: Trả lại")]
    assert order == sorted(order)
    assert page.count("btn-primary") == 1
    assert page.index("btn-primary") > page.index("Hạn -2")
    assert page.index("btn-primary") < page.index("Hạn 5")
    assert "4 việc đang chờ bạn" in page
    assert "trong đó 1 việc quá hạn" in page
    assert "Trễ 2 ngày" in page
    assert "“Bổ sung &lt;b&gt;minh chứng&lt;/b&gt;”" in page


def test_a_group_is_cut_and_shown_whole_on_its_own_page(client: Client, committee: Committee) -> None:
    for n in range(SHOWN + 2):
        part = ParticipationFactory(campaign=running(committee, title=f"Số {n}."), unit=committee.communes[0])
        PledgeFactory(participation=part, state=PledgeState.RETURNED)
    user = committee.unit_officers[0]
    page = page_of(client, user)
    assert len(re.findall(r'class="task"', page)) == SHOWN
    assert f'href="?group=none">Xem tất cả {SHOWN + 2} việc' in page
    whole = page_of(client, user, "?group=none")
    assert len(re.findall(r'class="task"', whole)) == SHOWN + 2
    assert "Trở lại mọi việc đang chờ" in whole
    assert "Nơi làm việc" not in whole
    assert len(re.findall(r'class="task"', page_of(client, user, "?group=wrong"))) == SHOWN
    assert "Không có việc nào trong nhóm này" in page_of(client, user, "?group=late")


def test_alike_records_make_one_item_with_their_number(committee: Committee) -> None:
    campaign = running(committee, title="Phong trào A")
    for part in taking_part(committee, campaign):
        PledgeFactory(participation=part, state=PledgeState.SENT)
    items = [item for item in items_of(committee.officer) if item.code.endswith(":sent")]
    assert [(item.title, item.count) for item in items] == [("Duyệt 3 bản đăng ký thi đua", 3)]
    assert items[0].url == reverse("campaigns:campaign_units", args=[campaign.pk]) + "?step=pledge&state=waiting"
    assert "và 2 đơn vị khác" in str(items[0].why)
    assert "Phong trào A" in str(items[0].why)


def test_what_is_not_begun_waits_for_the_unit(committee: Committee) -> None:
    campaign = running(committee, title="Phong trào A", pledge_due_on=DAY)
    taking_part(committee, campaign)
    period = ReportingPeriodFactory(campaign=campaign, name="9 tháng", starts_on=DAY, ends_on=DAY, due_at=moment(DAY))
    ReportingPeriodFactory(campaign=campaign, name="năm sau", starts_on=date(2999, 1, 1), ends_on=date(2999, 2, 1))
    officer, head = committee.unit_officers[0], committee.heads[0]
    for user in (officer, head):
        assert titles(user) == ["Đăng ký thi đua: Phong trào A", "Báo cáo 9 tháng"]
    assert {item.due_on for item in items_of(officer)} == {DAY}
    own = Participation.objects.get(unit=committee.communes[0])
    PledgeFactory(participation=own, state=PledgeState.ACCEPTED)
    ProgressReportFactory(participation=own, period=period, state=ReportState.ACCEPTED)
    assert titles(officer) == []
    assert titles(committee.outsider) == []


def test_more_time_moves_the_day_of_a_report(committee: Committee) -> None:
    part = taking_part(committee, running(committee), 1)[0]
    period = ReportingPeriodFactory(campaign=part.campaign, due_at=moment(DAY))
    ExtensionFactory(participation=part, period=period, due_at=moment(DAY + timedelta(days=3)))
    ExtensionFactory(participation=part, period=period, due_at=moment(DAY + timedelta(days=9)))
    days = {item.due_on for item in items_of(committee.unit_officers[0]) if item.code == "report_to_begin"}
    assert days == {DAY + timedelta(days=9)}
    ProgressReportFactory(participation=part, period=period, state=ReportState.DRAFT)
    days = {item.due_on for item in items_of(committee.unit_officers[0]) if "ProgressReport" in item.code}
    assert days == {DAY + timedelta(days=9)}


def reminders(user: User) -> list[Item]:
    return [item for item in items_of(user) if item.code == "units_to_remind"]


def test_the_standing_body_reminds_exactly_those_who_owe(client: Client, committee: Committee) -> None:
    today = clock.today()
    campaign = running(committee, pledge_due_on=today - timedelta(days=1))
    first, second, third = taking_part(committee, campaign)
    period: ReportingPeriod = ReportingPeriodFactory(campaign=campaign, due_at=moment(today - timedelta(days=2)))
    ReportingPeriodFactory(campaign=campaign, due_at=moment(today + timedelta(days=30)))
    PledgeFactory(participation=first, state=PledgeState.SENT)
    PledgeFactory(participation=second, state=PledgeState.DRAFT)
    ExtensionFactory(participation=third, period=period, due_at=moment(today + timedelta(days=4)))
    found = {item.due_on: item for item in reminders(committee.officer)}
    assert {day: item.count for day, item in found.items()} == {
        today - timedelta(days=1): 2, today - timedelta(days=2): 2,
    }  # fmt: skip
    client.force_login(committee.officer)
    for item in found.values():
        assert client.get(item.url).status_code == 200
    Participation.objects.filter(pk=second.pk).update(state="not_joining")
    Reminder.objects.create(participation=third, day=today)
    assert {item.due_on: item.count for item in reminders(committee.officer)} == {today - timedelta(days=2): 1}
    assert reminders(committee.observer) == []
    assert reminders(committee.outsider) == []


def test_a_letter_waits_for_one_after_the_other(committee: Committee) -> None:
    with clock.on_day(date(2024, 11, 20)):
        from catalogue.services import load_catalogue  # noqa: PLC0415 -- heavy, for this test alone
        from units.services.subjects import subject_for  # noqa: PLC0415

        load_catalogue()
        letter = begun(committee, opened(committee))
        line(letter, subject_for(unit=committee.communes[0]), committee.unit_officers[0])
        people = (committee.unit_officers[0], committee.heads[0], committee.officer)

        def waiting() -> list[bool]:
            return [any(f"/submissions/{letter.pk}/" in item.url for item in items_of(user)) for user in people]

        assert waiting() == [True, True, False]
        sent(letter, committee.heads[0])
        assert waiting() == [False, False, True]


def test_campaigns_stand_below_with_bar_and_figures(client: Client, committee: Committee) -> None:
    campaign = running(committee, title="Phong trào A", symbol="27/KH-UBND")
    first, second, third = taking_part(committee, campaign)
    PledgeFactory(participation=first, state=PledgeState.ACCEPTED)
    PledgeFactory(participation=second, state=PledgeState.DRAFT)
    PledgeFactory(participation=third, state=PledgeState.RETURNED)
    client.force_login(committee.officer)
    response = client.get("/")
    counts = {share.tone: share.count for share in response.context["standings"][0].shares}
    assert counts == {"approved": 1, "waiting": 0, "returned": 1, "not_sent": 1}
    page = response.content.decode()
    assert 'class="shares"' in page
    assert "Số đơn vị theo phong trào" in page
    assert "Phong trào tôi phụ trách" in page
    unit = page_of(client, committee.unit_officers[0])
    assert "Phong trào đơn vị tham gia" in unit
    assert "27/KH-UBND" in unit


def test_campaigns_of_others_do_not_stand_on_the_desk(client: Client, committee: Committee) -> None:
    taking_part(committee, running(committee, title="Phong trào A"))
    client.force_login(committee.outsider)
    response = client.get("/")
    assert response.context["standings"] == []
    assert response.context["own_parts"] == []


@pytest.mark.parametrize("item_count", [1, 3, 200])
def test_desk_query_count(
    client: Client, committee: Committee, item_count: int, django_assert_num_queries: Any
) -> None:
    rows = Campaign.objects.bulk_create(
        CampaignFactory.build(organiser=committee.district, symbol=f"{n}/KH", ends_on=None) for n in range(item_count)
    )
    parts = Participation.objects.bulk_create(
        ParticipationFactory.build(campaign=row, unit=committee.communes[0]) for row in rows
    )
    Pledge.objects.bulk_create(PledgeFactory.build(participation=part, state=PledgeState.SENT) for part in parts)
    client.force_login(committee.officer)
    client.get("/")
    with django_assert_num_queries(25):
        client.get("/")
