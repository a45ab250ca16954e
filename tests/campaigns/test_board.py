"""The board: counts, filters, exact rows, reminders, and the same queries for 1, 3 and 200 units."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.enums import BoardState, ParticipationState
from campaigns.models import Participation, Reminder
from campaigns.queries.board import board_of
from campaigns.queries.steps import steps_of
from campaigns.services.participations import CampaignEnded, decide_joining
from campaigns.services.pledge_steps import accept_pledge, return_pledge
from campaigns.services.reminding import remind_units
from core import audit, clock
from core.errors import NotAllowed
from core.notices.models import Notice
from tests.campaigns.pledging import GOOD, fill, launched, paper, place, sent
from tests.campaigns.world import build_committee, unit
from units.enums import UnitKind, UnitLevel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_march():
    with clock.on_day(date(2024, 3, 10)):
        yield


@pytest.fixture
def committee():
    return build_committee()


@pytest.fixture
def campaign(committee):
    return launched(committee)


@pytest.fixture
def client_of(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def url(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def board(campaign, user, **asked):
    return board_of(campaign, steps_of(campaign)[0], user, **asked)


def names(rows):
    return [str(row.participation) for row in rows]


def states(rows):
    return [row.state for row in rows]


def test_each_unit_stands_where_its_pledge_is_and_not_joining_on_no_tile(committee, campaign):
    first, second, third = (place(campaign, commune) for commune in committee.communes)
    fill(first, committee.unit_officers[0])
    pledge = sent(second, committee.unit_officers[1], committee.heads[1], ["4.000", *GOOD[1:]])
    decide_joining(participation_id=third.pk, version=0, joining=False, reason="Sáp nhập", paper=paper(),
                   actor=committee.officer)  # fmt: skip
    now = board(campaign, committee.officer)
    assert names(now.rows) == ["Xã An Hiệp", "Xã An Ninh", "Xã Phú Tân"]
    assert states(now.rows) == [BoardState.NOT_SENT, BoardState.WAITING, BoardState.NOT_JOINING]
    assert now.joining == 2
    row = now.rows[1]
    assert (row.paper.entered, row.counted, row.paper.below, row.story) == (7, 7, 1, "Mới nhận hôm nay")
    with clock.on_day(date(2024, 3, 13)):
        assert (board(campaign, committee.officer).rows[1].story, now.rows[2].counted) == ("Chờ 3 ngày", 6)
    pledge = return_pledge(pledge_id=pledge.pk, version=pledge.version, reason="Nâng 1.1", actor=committee.officer)
    assert board(campaign, committee.officer).rows[1].story == "Trả lại ngày 10/03/2024: Nâng 1.1"
    pledge = sent(second, committee.unit_officers[1], committee.heads[1])
    accept_pledge(pledge_id=pledge.pk, version=pledge.version, actor=committee.officer)
    row = board(campaign, committee.officer).rows[1]
    assert (row.state, row.story) == (BoardState.APPROVED, "Duyệt ngày 10/03/2024")


def test_a_draft_shows_nothing_of_itself_to_the_committee(committee, campaign):
    fill(place(campaign, committee.communes[0]), committee.unit_officers[0])
    assert board(campaign, committee.officer).rows[0].paper is None
    assert board(campaign, committee.unit_officers[0]).rows[0].paper.entered == 7


def test_state_and_words_filter_and_counts_stay_whole(committee, campaign):
    sent(place(campaign, committee.communes[1]), committee.unit_officers[1], committee.heads[1])
    assert names(board(campaign, committee.officer, state="waiting").rows) == ["Xã An Ninh"]
    found = board(campaign, committee.officer, words="an hiep")
    assert names(found.rows) == ["Xã An Hiệp"]
    assert dict(found.counts) == {"not_sent": 2, "waiting": 1}
    assert names(board(campaign, committee.unit_officers[0]).rows) == ["Xã An Hiệp"]


def test_late_counts_from_the_due_day(committee, campaign):
    with clock.on_day(date(2024, 4, 3)):
        sent(place(campaign, committee.communes[1]), committee.unit_officers[1], committee.heads[1])
        rows = board(campaign, committee.officer).rows
        assert [row.days_late for row in rows] == [3, 3, 3]
    assert [row.days_late for row in board(campaign, committee.officer).rows] == [0, 3, 0]


# --- Reminders ---


def remind(campaign, actor, **more):
    return remind_units(campaign_id=campaign.pk, step=steps_of(campaign)[0], actor=actor, **more)


def test_a_reminder_reaches_exactly_those_who_have_not_sent_once_a_day(committee, campaign):
    _first, second, third = (place(campaign, commune) for commune in committee.communes)
    sent(second, committee.unit_officers[1], committee.heads[1])
    reach = remind(campaign, committee.officer)
    assert (names_of(reach.due), names_of(reach.without_account)) == (["Xã An Hiệp"], ["Xã Phú Tân"])
    told = {notice.recipient for notice in Notice.objects.filter(code="unit_reminded")}
    assert told == {committee.unit_officers[0], committee.heads[0]}
    assert "Đăng ký thi đua" in Notice.objects.filter(code="unit_reminded").first().text
    again = remind(campaign, committee.officer)
    assert (again.count, names_of(again.already), Reminder.objects.count()) == (0, ["Xã An Hiệp"], 1)
    with clock.on_day(date(2024, 3, 11)):
        assert remind(campaign, committee.officer).count == 1
    assert board(campaign, committee.officer).rows[0].story == "Đã nhắc 2 lần, lần cuối ngày 11/03/2024"
    assert audit.entries_for(campaign).filter(action="campaign.units_reminded").count() == 2
    assert third.reminders.count() == 0


def names_of(rows):
    return [str(row) for row in rows]


def test_who_does_not_join_and_who_was_returned_are_not_reminded(committee, campaign):
    first, second, _third = (place(campaign, commune) for commune in committee.communes)
    decide_joining(participation_id=first.pk, version=0, joining=False, reason="Bận", actor=committee.heads[0])
    pledge = sent(second, committee.unit_officers[1], committee.heads[1])
    return_pledge(pledge_id=pledge.pk, version=pledge.version, reason="Sửa", actor=committee.officer)
    assert remind(campaign, committee.officer).count == 0


@pytest.mark.parametrize("who", ["approver", "observer"])
def test_only_the_standing_body_reminds_and_only_while_it_runs(committee, campaign, who):
    with pytest.raises(NotAllowed):
        remind(campaign, getattr(committee, who))
    type(campaign).objects.filter(pk=campaign.pk).update(state="closed")
    with pytest.raises(CampaignEnded):
        remind(campaign, committee.officer)


# --- Pages ---


def test_the_board_counts_filters_and_offers_one_act_a_row(committee, campaign, client_of):
    sent(place(campaign, committee.communes[1]), committee.unit_officers[1], committee.heads[1])
    client = client_of(committee.officer)
    page = client.get(url("campaign_units", campaign.pk))
    text = page.content.decode()
    assert [tile.count for tile in page.context["tiles"]] == [3, 2, 1, 0, 0]
    assert "Nhắc các đơn vị chưa gửi (2)" in text
    assert text.count("Nhập thay<") == 1
    page = client.get(url("campaign_units", campaign.pk) + "?state=waiting")
    assert names(page.context["table"].records) == ["Xã An Ninh"]
    part = client.get(url("campaign_units", campaign.pk) + "?q=phu", headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="list"')
    assert client.get(url("campaign_units", campaign.pk) + "?step=khac").status_code == 404


def test_the_reminder_states_whom_it_reaches_before_it_is_sent(committee, campaign, client_of):
    client = client_of(committee.officer)
    address = url("units_remind", campaign.pk) + "?step=pledge"
    page = client.get(address).content.decode()
    assert "Nhắc 2 đơn vị chưa gửi" in page
    assert "Chưa có tài khoản hoạt động, cần báo bằng điện thoại hoặc công văn: Xã Phú Tân." in page
    done = client.post(address, follow=True).content.decode()
    assert "Đã nhắc 2 đơn vị." in done
    one = place(campaign, committee.communes[0])
    again = client.post(f"{address}&unit={one.pk}", follow=True).content.decode()
    assert "Hôm nay đã nhắc: Xã An Hiệp." in again
    assert Reminder.objects.count() == 2


@pytest.mark.parametrize(
    ("who", "status"), [("officer", 200), ("approver", 200), ("observer", 200), ("outsider", 404), ("unit", 403)]
)
def test_the_board_is_the_committees(committee, campaign, client_of, who, status):
    user = committee.unit_officers[0] if who == "unit" else getattr(committee, who)
    assert client_of(user).get(url("campaign_units", campaign.pk)).status_code == status
    remind_page = 403 if status == 200 and who != "officer" else status
    assert client_of(user).get(url("units_remind", campaign.pk)).status_code == remind_page


@pytest.mark.parametrize("count", [1, 3, 200])
def test_the_board_takes_the_same_queries_however_many_units(
    committee, campaign, client_of, count, django_assert_num_queries
):
    keep = 3 if count == 200 else count
    spare = [place(campaign, commune).pk for commune in committee.communes[keep:]]
    Participation.objects.filter(pk__in=spare).delete()
    for number in range(count - keep):
        commune = unit(f"Xã Số {number}", UnitKind.COMMUNE, UnitLevel.COMMUNE, committee.district, number + 10)
        Participation.objects.create(campaign=campaign, unit=commune, unit_name_then=commune.name,
                                     state=ParticipationState.JOINED)  # fmt: skip
    sent(place(campaign, committee.communes[0]), committee.unit_officers[0], committee.heads[0])
    client = client_of(committee.officer)
    address = url("campaign_units", campaign.pk)
    client.get(address)
    with django_assert_num_queries(24):
        page = client.get(address)
    assert page.context["joining"] == count
    assert len(page.context["table"].records) == min(count, 20)
