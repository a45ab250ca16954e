"""Pages of reporting: periods, the report as a form and line by line, its steps, the board and the unit's work."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.enums import BoardState, ReportState
from campaigns.models import Figure, FigureAttachment, ProgressReport, ReportingPeriod
from campaigns.queries.board import board_of
from campaigns.queries.duties import duties_of
from campaigns.queries.steps import steps_of
from campaigns.services.participations import decide_joining
from campaigns.services.reminding import remind_units
from campaigns.services.report_steps import accept_report, return_report
from core import clock
from tests.campaigns.pledging import counted, launched, paper, place, scan
from tests.campaigns.reporting import HALF, fill_report, period, report_of, rest, sent_report
from tests.campaigns.world import build_committee, unit
from units.enums import UnitKind, UnitLevel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_july():
    with clock.on_day(date(2024, 7, 3)):
        yield


@pytest.fixture
def committee():
    return build_committee()


@pytest.fixture
def campaign(committee):
    with clock.on_day(date(2024, 3, 1)):
        return launched(committee)


@pytest.fixture
def first(committee, campaign):
    return place(campaign, committee.communes[0])


@pytest.fixture
def half(committee, campaign):
    return period(campaign, committee)


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
    data = {"version": page.context["version"], **more}
    for indicator, text in zip(counted(campaign), texts, strict=True):
        row = rows[indicator.pk]
        data |= {f"v{indicator.pk}": text, f"x{indicator.pk}": row.explanation, f"s{indicator.pk}": row.line.stamp,
                 f"b{indicator.pk}": row.basis}  # fmt: skip
    return data


def test_periods_are_set_on_their_page(committee, campaign, as_user):
    client = as_user(committee.officer)
    listing = url("period_list", campaign.pk)
    assert "Chưa có kỳ báo cáo" in client.get(listing).content.decode()
    data = {"name": "6 tháng", "kind": "half_year", "starts_on": "01/01/2024", "ends_on": "30/06/2024",
            "due_on": "05/07/2024", "expected_share": "50"}  # fmt: skip
    assert client.post(url("period_create", campaign.pk), data).url == listing
    made = ReportingPeriod.objects.get()
    assert clock.ZONE.utcoffset(None) is None and made.due_at.astimezone(clock.ZONE).date() == date(2024, 7, 5)  # noqa: PT018
    page = client.post(url("period_edit", made.pk), {**data, "ends_on": "01/01/2023", "version": 0})
    assert "Ngày cuối không trước ngày đầu" in page.content.decode()
    client.post(url("period_edit", made.pk), {**data, "name": "Sáu tháng", "version": 0})
    assert "Sáu tháng" in client.get(listing).content.decode()
    client.post(url("period_remove", made.pk))
    assert not ReportingPeriod.objects.exists()


def test_a_report_is_written_handed_over_sent_and_accepted_without_scripts(committee, campaign, first, half, as_user):
    client = as_user(committee.unit_officers[0])
    spot = url("report_place", first.pk, half.pk)
    assert "Chưa lập báo cáo" in client.get(spot).content.decode()
    edit = client.post(url("report_start", first.pk, half.pk)).url
    report = ProgressReport.objects.get()
    page = client.get(edit)
    text = page.content.decode()
    assert "Báo cáo 6 tháng" in text
    assert "Trình thủ trưởng gửi" in text
    part = report.parts.get(section="causes")
    files = {f"f{counted(campaign)[0].pk}": scan()}
    kept = client.post(edit, {**typed(page, campaign, ["2.500", *[""] * 6]), f"w{part.pk}": "Mưa nhiều",
                              f"o{part.pk}": "", **files})  # fmt: skip
    assert kept.url == edit
    part.refresh_from_db()
    assert (part.text, FigureAttachment.objects.get().figure.number) == ("Mưa nhiều", 2500)
    page = client.get(edit)
    assert "51,5" in page.content.decode()
    refused = client.post(edit, typed(page, campaign, ["2.500", *[""] * 6], act="submit"))
    assert "Chưa nhập chỉ tiêu 1.2, 1.3, 1.4, 2.1, 2.2, 2.3" in refused.content.decode()
    read = url("report_detail", report.pk)
    done = client.post(edit, typed(client.get(edit), campaign, HALF, act="submit"))
    assert done.url == read
    assert client.get(edit).url == read
    client = as_user(committee.heads[0])
    client.post(url("report_send", report.pk), {"version": client.get(read).context["report"].version})
    client = as_user(committee.officer)
    page = client.get(read)
    assert "Mưa nhiều" in page.content.decode()
    client.post(url("report_accept", report.pk), {"version": page.context["report"].version})
    client.post(url("report_close", report.pk), {"version": page.context["report"].version + 1})
    report.refresh_from_db()
    assert report.state == ReportState.CLOSED
    answer = client.post(url("report_reopen", report.pk), {"version": report.version, "reason": ""})
    assert answer.status_code == 200
    client.post(url("report_reopen", report.pk), {"version": report.version, "reason": "Sai số"})
    report.refresh_from_db()
    assert report.state == ReportState.REOPENED
    figure = report.figures.get(indicator__code="1.1")
    history = client.get(url("figure_detail", figure.pk)).content.decode()
    assert "2.500,0" in history
    assert "Phu Trach 1" in history


def test_one_line_answers_what_the_page_shows(committee, campaign, first, half, as_user):
    client = as_user(committee.unit_officers[0])
    report = report_of(first, rest(campaign, committee), committee.unit_officers[0])
    budget = counted(campaign)[0]
    line = url("report_line_save", report.pk, budget.pk)
    answer = client.post(line, {"value": "4.365", "stamp": ""}).json()
    shown = {
        k: answer[k] for k in ("text", "cumulated", "ratio", "wants", "entered", "area", "missing", "short", "version")
    }
    assert shown == {"text": "4.365", "cumulated": "4.365,0", "ratio": "90,0", "wants": True, "entered": 1,
                     "area": "1/4", "missing": 7, "short": 1, "version": 1}  # fmt: skip
    assert "Chưa đạt" in answer["verdict"]
    assert client.post(line, {"value": "1,500"}).status_code == 400
    assert client.post(line, {"value": "1", "stamp": "other"}).status_code == 409
    part = report.parts.first()
    saved = client.post(url("report_part_save", part.pk), {"text": "Lời", "seen": ""})
    assert (saved.status_code, saved.json()["version"]) == (200, 2)
    assert client.post(url("report_part_save", part.pk), {"text": "Khác", "seen": ""}).status_code == 409


def test_sending_a_page_that_others_changed_asks_to_look_again(committee, campaign, first, half, as_user):
    report = fill_report(report_of(first, half, committee.unit_officers[0]), committee.unit_officers[0])
    client = as_user(committee.heads[0])
    edit = url("report_edit", report.pk)
    page = client.get(edit)
    fill_report(report, committee.unit_officers[0], ["2.400", *HALF[1:]])
    answer = client.post(edit, typed(page, campaign, ["2.600", *HALF[1:]], act="send"))
    assert "Người khác vừa sửa chỉ tiêu này" in answer.content.decode()
    unseen = typed(page, campaign, ["2.400", *HALF[1:]], act="send")
    assert client.post(edit, unseen).status_code == 409
    assert ProgressReport.objects.get().state == ReportState.DRAFT


def test_named_parts_go_back_and_show_at_their_place(committee, campaign, first, half, as_user):
    report = sent_report(first, half, committee.unit_officers[0], committee.heads[0])
    part, figure = report.parts.get(section="causes"), report.figures.get(indicator__code="1.1")
    client = as_user(committee.officer)
    client.post(url("report_return", report.pk), {
        "version": report.version, "reason": "Xem lại", "part": part.pk, f"partnote{part.pk}": "Nêu rõ",
        "figure": figure.pk, f"figurenote{figure.pk}": "Đối chiếu kho bạc",
    })  # fmt: skip
    figure.refresh_from_db()
    assert (figure.returned, figure.return_note) == (True, "Đối chiếu kho bạc")
    page = as_user(committee.unit_officers[0]).get(url("report_edit", report.pk)).content.decode()
    assert "Xem lại" in page
    assert "Nêu rõ" in page
    assert "Đối chiếu kho bạc" in page


def test_a_return_without_a_reason_keeps_what_was_ticked_and_noted(committee, campaign, first, half, as_user):
    report = sent_report(first, half, committee.unit_officers[0], committee.heads[0])
    part, figure = report.parts.get(section="causes"), report.figures.get(indicator__code="1.1")
    client = as_user(committee.officer)
    assert f'name="figurenote{figure.pk}"' in client.get(url("report_detail", report.pk)).content.decode()
    answer = client.post(url("report_return", report.pk), {
        "version": report.version, "reason": "", "part": part.pk, f"partnote{part.pk}": "Nêu rõ",
        "figure": figure.pk, f"figurenote{figure.pk}": "Đối chiếu kho bạc",
    })  # fmt: skip
    assert [(row.letter, row.pk, row.note) for row in answer.context["named"]] == [
        ("part", part.pk, "Nêu rõ"), ("figure", figure.pk, "Đối chiếu kho bạc"),
    ]  # fmt: skip
    assert 'value="Đối chiếu kho bạc"' in answer.content.decode()
    report.refresh_from_db()
    assert report.state == ReportState.SENT


def test_paper_and_more_time_are_entered_by_the_standing_body(committee, campaign, first, half, as_user):
    client = as_user(committee.officer)
    client.post(url("period_extend", first.pk, half.pk), {"due_on": "20/07/2024", "reason": "Mưa lũ"})
    assert "20/07/2024" in client.get(url("report_place", first.pk, half.pk)).content.decode()
    answer = client.post(url("report_on_behalf", first.pk, half.pk),
                         {"paper_symbol": "9/BC-UBND", "paper_signed_on": "01/07/2024", "scan": scan()})  # fmt: skip
    report = ProgressReport.objects.get()
    assert answer.url == url("report_edit", report.pk)
    page = client.get(answer.url)
    assert "Gửi thay đơn vị" in page.content.decode()
    client.post(answer.url, typed(page, campaign, HALF, act="send"))
    report.refresh_from_db()
    assert (report.state, report.on_behalf) == (ReportState.SENT, True)


def test_whoever_has_no_right_is_refused_and_strangers_find_nothing(committee, campaign, first, half, as_user):
    report = fill_report(report_of(first, half, committee.unit_officers[0]), committee.unit_officers[0])
    budget = counted(campaign)[0]
    pages = [url("report_detail", report.pk), url("report_edit", report.pk)]
    for stranger in (committee.outsider, committee.unit_officers[1], committee.officer):
        client = as_user(stranger)
        assert [client.get(page).status_code for page in pages] == [404, 404]
        assert client.post(url("report_line_save", report.pk, budget.pk), {"value": "1"}).status_code == 404
    sent = sent_report(place(campaign, committee.communes[1]), half, committee.unit_officers[1], committee.heads[1])
    client = as_user(committee.observer)
    assert client.get(url("report_detail", sent.pk)).status_code == 200
    assert client.get(url("report_edit", sent.pk)).status_code == 403
    assert client.post(url("report_accept", sent.pk), {"version": sent.version}).status_code == 403
    assert client.get(url("period_create", campaign.pk)).status_code == 403
    assert Figure.objects.visible_to(committee.observer).filter(report=report).count() == 0


# --- Board and duties ---


def test_a_period_is_a_step_of_the_board(committee, campaign, first, half, as_user):
    step = steps_of(campaign)[1]
    second, third = (place(campaign, commune) for commune in committee.communes[1:])
    report = sent_report(first, half, committee.unit_officers[0], committee.heads[0])
    decide_joining(participation_id=third.pk, version=0, joining=False, reason="Sáp nhập", paper=paper(),
                   actor=committee.officer)  # fmt: skip
    board = board_of(campaign, step, committee.officer)
    assert [row.state for row in board.rows] == [BoardState.WAITING, BoardState.NOT_SENT, BoardState.NOT_JOINING]
    assert (board.rows[0].paper.entered, board.rows[0].counted, board.joining) == (7, 7, 2)
    assert [str(row) for row in step.owing(campaign)] == ["Xã An Ninh"]
    assert remind_units(campaign_id=campaign.pk, step=step, actor=committee.officer).due == [second]
    accept_report(report_id=report.pk, version=report.version, actor=committee.officer)
    assert board_of(campaign, step, committee.officer).counts[BoardState.APPROVED] == 1
    page = as_user(committee.officer).get(url("campaign_units", campaign.pk) + f"?period={half.pk}")
    assert "6 tháng" in page.content.decode()


def test_reports_stand_in_the_units_work_once_their_period_has_begun(committee, campaign, first, half):
    rest(campaign, committee)
    officer = committee.unit_officers[0]

    def reports():
        return [(str(d.label), d.state, d.open) for d in duties_of(officer) if d.order == 1]

    with clock.on_day(date(2024, 6, 1)):
        assert reports() == [("Báo cáo 6 tháng", ReportState.DRAFT, True)]
    report = sent_report(first, half, officer, committee.heads[0])
    assert reports()[0] == ("Báo cáo 6 tháng", ReportState.SENT, False)
    return_report(report_id=report.pk, version=report.version, actor=committee.officer, reason="Sửa")
    assert reports()[0] == ("Báo cáo 6 tháng", ReportState.RETURNED, True)
    assert len(reports()) == 2


@pytest.mark.parametrize("units", [1, 3])
def test_the_board_of_a_period_asks_the_same_whatever_the_units(
    committee, campaign, half, as_user, units, django_assert_num_queries
):
    from tests.campaigns.factories import ParticipationFactory  # noqa: PLC0415

    for number in range(units - 1):
        more = unit(f"Ấp {number}", UnitKind.COMMUNE, UnitLevel.COMMUNE, committee.district, 20 + number)
        ParticipationFactory(campaign=campaign, unit=more)
    client = as_user(committee.officer)
    client.get(url("campaign_units", campaign.pk) + f"?period={half.pk}")
    with django_assert_num_queries(24):
        client.get(url("campaign_units", campaign.pk) + f"?period={half.pk}")
