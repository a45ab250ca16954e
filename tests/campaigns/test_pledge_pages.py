"""The unit's pages: what it owes, its pledge as a form and line by line, its steps; with and without scripts."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import User
from campaigns.enums import PledgeState
from campaigns.models import Participation, Pledge, PledgeLine
from campaigns.queries.duties import duties_of, grouped
from campaigns.services.participations import decide_joining
from campaigns.services.pledge_steps import return_pledge
from campaigns.services.pledges import save_line
from core import clock
from tests.campaigns.pledging import GOOD, counted, fill, launched, place, scan, sent
from tests.campaigns.world import START, build_committee
from units.enums import Role
from units.services.memberships import grant_role

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
def first(committee, campaign):
    return place(campaign, committee.communes[0])


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def url(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def typed(page, campaign, texts, **more):
    """The form of the edit page with `texts` typed into it."""
    rows = {row.indicator.pk: row for _area, rows in page.context["areas"] for row in rows}
    data = {"version": page.context["version"], "note": "", **more}
    for indicator, text in zip(counted(campaign), texts, strict=True):
        row = rows[indicator.pk]
        data |= {f"v{indicator.pk}": text, f"n{indicator.pk}": row.note, f"s{indicator.pk}": row.stamp}
    return data


def test_a_pledge_is_written_handed_over_confirmed_and_accepted_without_scripts(committee, campaign, first, as_user):
    edit, read = url("pledge_edit", first.pk), url("pledge_detail", first.pk)
    client = as_user(committee.unit_officers[0])
    page = client.get(edit)
    text = page.content.decode()
    assert "Trình thủ trưởng gửi" in text
    assert "Xác nhận và gửi" not in text
    assert "4.850,0" in text and "4.700,0" in text  # noqa: PT018 -- target and last year's result
    kept = client.post(edit, typed(page, campaign, ["5.000", *[""] * 6]))
    assert kept.url == edit
    page = client.get(edit)
    assert "103,1%" in page.content.decode()
    done = client.post(edit, typed(page, campaign, GOOD, act="submit"))
    assert done.url == read
    assert client.get(edit).url == read
    client = as_user(committee.heads[0])
    page = client.get(edit)
    assert "Gửi đăng ký cũng là xác nhận đơn vị tham gia phong trào" in page.content.decode()
    assert client.post(edit, typed(page, campaign, GOOD, act="send")).url == read
    client = as_user(committee.officer)
    page = client.get(read)
    assert "Duyệt đăng ký" in page.content.decode()
    client.post(url("pledge_accept", first.pk), {"version": page.context["pledge"].version, "note": ""})
    first.refresh_from_db()
    assert (first.state, first.pledge.state) == ("joined", PledgeState.ACCEPTED)


def test_what_cannot_be_read_is_told_at_its_line_and_the_others_are_kept(committee, campaign, first, as_user):
    client = as_user(committee.unit_officers[0])
    edit = url("pledge_edit", first.pk)
    page = client.post(edit, typed(client.get(edit), campaign, ["1,500", "101", *GOOD[2:]], act="submit"))
    assert page.status_code == 200
    text = page.content.decode()
    assert 'value="1,500"' in text
    assert "có thể là 1,5 hoặc 1.500" in text
    assert Pledge.objects.get().state == PledgeState.DRAFT
    assert PledgeLine.objects.count() == 5
    again = client.post(edit, typed(page, campaign, GOOD, act="submit"))
    assert again.status_code == 302


def test_a_refused_step_names_what_is_missing_and_keeps_the_lines(committee, campaign, first, as_user):
    client = as_user(committee.heads[0])
    edit = url("pledge_edit", first.pk)
    page = client.post(edit, typed(client.get(edit), campaign, ["5.000", *[""] * 6], act="send"))
    assert page.status_code == 200
    assert "Chưa nhập chỉ tiêu 1.2, 1.3, 1.4, 2.1, 2.2, 2.3" in page.content.decode()
    assert (PledgeLine.objects.count(), Pledge.objects.get().state) == (1, PledgeState.DRAFT)


def test_two_presses_send_once(committee, campaign, first, as_user):
    client = as_user(committee.heads[0])
    edit = url("pledge_edit", first.pk)
    data = typed(client.get(edit), campaign, GOOD, act="send", _once="abc")
    assert [client.post(edit, data).status_code for _ in range(2)] == [302, 303]
    assert Pledge.objects.get().state == PledgeState.SENT


def test_sending_a_page_that_others_changed_asks_to_look_again(committee, campaign, first, as_user):
    client = as_user(committee.heads[0])
    edit = url("pledge_edit", first.pk)
    page = client.get(edit)
    fill(first, committee.unit_officers[0], ["4.900", *GOOD[1:]])
    answer = client.post(edit, typed(page, campaign, ["5.000", *GOOD[1:]], act="send"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Người khác vừa sửa chỉ tiêu này" in text
    assert 'value="5.000"' in text
    assert PledgeLine.objects.get(indicator__code="1.1").number == 4900
    answer = client.post(edit, typed(answer, campaign, ["5.000", *GOOD[1:]], act="save"))
    assert PledgeLine.objects.get(indicator__code="1.1").number == 5000
    unseen = typed(page, campaign, ["5.000", *GOOD[1:]], act="send")
    answer = client.post(edit, unseen)
    assert answer.status_code == 409
    assert Pledge.objects.get().state == PledgeState.DRAFT


def test_one_line_is_kept_as_it_is_typed_and_answers_what_the_page_shows(committee, campaign, first, as_user):
    client = as_user(committee.unit_officers[0])
    indicator = counted(campaign)[0]
    line = url("pledge_line_save", first.pk, indicator.pk)
    answer = client.post(line, {"value": "4.365", "note": "", "stamp": ""}).json()
    assert {k: answer[k] for k in ("text", "ratio", "below", "entered", "counted", "missing", "before", "version")} == {
        "text": "4.365", "ratio": "90,0%", "below": True, "entered": 1, "counted": 7, "missing": 6, "before": 0,
        "version": 1,
    }  # fmt: skip
    assert client.post(line, {"value": "1,500", "note": ""}).status_code == 400
    stale = client.post(line, {"value": "5.000", "note": "", "stamp": "x"})
    assert (stale.status_code, "4.365" in stale.json()["error"]) == (409, True)
    fresh = client.post(line, {"value": "5.000", "note": "", "stamp": stale.json()["stamp"]})
    assert (fresh.status_code, PledgeLine.objects.get().number) == (200, 5000)
    assert client.get(line).status_code == 405


def test_a_line_is_written_by_the_unit_alone(committee, campaign, first, as_user):
    indicator = counted(campaign)[0]
    line = url("pledge_line_save", first.pk, indicator.pk)
    for user, status in (
        (committee.officer, 403), (committee.approver, 403), (committee.unit_officers[1], 404),
        (committee.outsider, 404),
    ):  # fmt: skip
        assert as_user(user).post(line, {"value": "1"}).status_code == status
    elsewhere = url("pledge_line_save", first.pk, 10**9)
    assert as_user(committee.unit_officers[0]).post(elsewhere, {"value": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("officer", "pledge_edit", 403), ("observer", "pledge_edit", 403), ("outsider", "pledge_edit", 404),
        ("officer", "pledge_detail", 200), ("observer", "pledge_detail", 200), ("outsider", "pledge_detail", 404),
        ("officer", "pledge_on_behalf", 200), ("observer", "pledge_on_behalf", 403),
        ("officer", "participation_decide", 200), ("observer", "participation_decide", 403),
    ],
)  # fmt: skip
def test_who_may_open_what(committee, campaign, first, as_user, who, name, status):
    assert as_user(getattr(committee, who)).get(url(name, first.pk)).status_code == status


def test_a_draft_is_not_shown_outside_the_unit(committee, campaign, first, as_user):
    fill(first, committee.unit_officers[0], ["4.999", *GOOD[1:]])
    page = as_user(committee.officer).get(url("pledge_detail", first.pk)).content.decode()
    assert "4.999" not in page
    assert "chỉ người trong đơn vị xem được" in page
    for name in ("pledge_accept", "pledge_return", "pledge_take_back", "pledge_send"):
        assert as_user(committee.officer).post(url(name, first.pk), {"version": 1}).status_code == 404


def test_returning_needs_words_and_keeps_what_was_typed(committee, campaign, first, as_user):
    pledge = sent(first, committee.unit_officers[0], committee.heads[0], ["4.800", *GOOD[1:]])
    client = as_user(committee.officer)
    page = client.post(url("pledge_return", first.pk), {"version": pledge.version, "reason": ""})
    assert page.status_code == 200
    page = client.post(url("pledge_accept", first.pk), {"version": pledge.version, "note": ""})
    assert "chưa đạt mức giao" in page.content.decode()
    assert f'name="version" value="{pledge.version}"' in page.content.decode()
    assert client.post(url("pledge_return", first.pk), {"version": 0, "reason": "Sửa"}).status_code == 409
    client.post(url("pledge_return", first.pk), {"version": pledge.version, "reason": "Nâng chỉ tiêu 1.1"})
    page = as_user(committee.unit_officers[0]).get(url("pledge_edit", first.pk))
    assert "Nâng chỉ tiêu 1.1" in page.content.decode()


def test_the_standing_body_enters_a_paper_for_a_unit_without_account(committee, campaign, as_user):
    third = place(campaign, committee.communes[2])
    client = as_user(committee.officer)
    begin = url("pledge_on_behalf", third.pk)
    wrong = client.post(begin, {"paper_symbol": "12/BC-UBND", "paper_signed_on": "40/03/2024", "scan": scan()})
    assert 'value="40/03/2024"' in wrong.content.decode()
    done = client.post(begin, {"paper_symbol": "12/BC-UBND", "paper_signed_on": "01/03/2024", "scan": scan()})
    assert done.url == url("pledge_edit", third.pk)
    page = client.get(done.url)
    assert "Nhập thay đơn vị theo văn bản số 12/BC-UBND ngày 01/03/2024" in page.content.decode()
    data = {"version": page.context["version"], "act": "send", "note": ""}
    rows = {row.indicator.pk: row for _area, rows in page.context["areas"] for row in rows}
    for indicator, text in list(zip(counted(campaign), GOOD, strict=True))[1:]:
        data |= {f"v{indicator.pk}": text, f"n{indicator.pk}": "", f"s{indicator.pk}": rows[indicator.pk].stamp}
    assert client.post(done.url, data).url == url("pledge_detail", third.pk)
    third.refresh_from_db()
    assert (third.state, third.pledge.state, third.pledge.on_behalf) == ("joined", "sent", True)
    assert (
        "van-ban.pdf" in client.get(url("pledge_detail", third.pk)).content.decode()
        or third.pledge.attachments.exists()
    )


def test_the_head_declines_on_a_page_that_keeps_bad_input(committee, campaign, first, as_user):
    client = as_user(committee.heads[0])
    page = client.post(url("participation_decide", first.pk), {"decision": "decline", "reason": ""})
    assert "reason" in page.context["form"].errors
    client.post(url("participation_decide", first.pk), {"decision": "decline", "reason": "Sáp nhập", "version": 0})
    first.refresh_from_db()
    assert (first.state, first.state_reason) == ("not_joining", "Sáp nhập")
    assert "Sáp nhập" in as_user(committee.officer).get(url("pledge_detail", first.pk)).content.decode()
    assert as_user(committee.unit_officers[0]).get(url("participation_decide", first.pk)).status_code == 403


def on(user, day):
    """The work of `user` as it stands on `day`, group by group."""
    with clock.on_day(day):
        groups = grouped(duties_of(User.objects.get(pk=user.pk)))
    return [(g.code, [(d.participation.pk, str(d.act)) for d in g.duties]) for g in groups]


def test_the_work_shows_everything_owed_by_urgency(committee, campaign, first):
    officer, head, day = committee.unit_officers[0], committee.heads[0], date(2024, 3, 10)
    assert on(officer, day) == [("later", [(first.pk, "Nhập đăng ký")])]
    assert [on(officer, date(2024, *then))[0][0] for then in ((3, 24), (3, 31), (4, 1))] == ["soon", "soon", "late"]
    pledge = sent(first, officer, head)
    assert on(head, day) == [("done", [(first.pk, "Xem")])]
    return_pledge(pledge_id=pledge.pk, version=pledge.version, reason="Sửa 1.1", actor=committee.officer)
    assert on(officer, day) == [("later", [(first.pk, "Sửa đăng ký")])]
    row = Participation.objects.get(pk=first.pk)
    decide_joining(participation_id=row.pk, version=row.version, joining=False, reason="Bận", actor=head)
    assert on(officer, day) == [("done", [(first.pk, "Xem")])]
    second = place(campaign, committee.communes[1])
    assert on(committee.unit_officers[1], day) == [("later", [(second.pk, "Nhập đăng ký")])]
    assert on(committee.officer, day) == []


def test_the_page_of_work_is_for_units(committee, campaign, as_user):
    page = as_user(committee.unit_officers[0]).get(url("unit_work"))
    assert "Phong trào 2024" in page.content.decode()
    assert "Trễ " in page.content.decode()
    assert as_user(committee.officer).get(url("unit_work")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_of_a_pledge_take_the_same_queries_however_long(
    committee, campaign, first, as_user, count, django_assert_num_queries
):
    for indicator, text in list(zip(counted(campaign), ("5000", "9851", "2", "0"), strict=False))[:count]:
        values = {"number": int(text)} if indicator.code != "1.2" else {"number": 95}
        save_line(participation_id=first.pk, indicator_id=indicator.pk, values=values, actor=committee.unit_officers[0])
    client = as_user(committee.unit_officers[0])
    client.get(url("pledge_edit", first.pk))
    with django_assert_num_queries(16):
        client.get(url("pledge_edit", first.pk))
    with django_assert_num_queries(17):
        client.get(url("pledge_detail", first.pk))
    with django_assert_num_queries(13):
        client.get(url("unit_work"))


def test_who_works_for_a_unit_above_it_too_sends_what_came_on_paper_as_such(committee, campaign, as_user):
    """In a commune the standing officer is often the commune's own officer in charge as well."""
    grant_role(user=committee.officer, role=Role.UNIT_OFFICER, unit=committee.district, valid_from=START, actor=None)
    third, client = place(campaign, committee.communes[2]), as_user(committee.officer)
    begin = url("pledge_on_behalf", third.pk)
    client.post(begin, {"paper_symbol": "12/BC-UBND", "paper_signed_on": "01/03/2024", "scan": scan()})
    page = client.get(url("pledge_edit", third.pk))
    assert page.context["of_unit"]
    assert "Gửi thay đơn vị" in page.content.decode()
    own = client.get(url("pledge_edit", place(campaign, committee.communes[0]).pk)).content.decode()
    assert "Gửi thay đơn vị" not in own
