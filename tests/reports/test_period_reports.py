"""The reports on a period, made as jobs and read back: exact figures and rows, rights of the moment."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.urls import reverse

from campaigns.services.progress_reports import save_words
from campaigns.services.report_steps import send_report
from core import clock
from core.jobs.enums import JobState
from reports.running import NothingInside
from tests.campaigns.pledging import launched, place
from tests.campaigns.reporting import fill_report, report_of, rest
from tests.campaigns.world import build_committee
from tests.reports.test_pledge_register import ask
from tests.reports.test_running import book_of, made

pytestmark = pytest.mark.django_db
DAY = date(2024, 12, 2)
FULL = ["4.900", "9.851/10.260", "2,8", "0", "15/09/2024", "yes", "Học"]


@pytest.fixture(autouse=True)
def in_december():
    with clock.on_day(DAY):
        yield


@pytest.fixture
def committee():
    made_one = build_committee()
    for user in (made_one.officer, made_one.heads[0], made_one.heads[1]):
        user.working_day = DAY
        user.save()
    return made_one


@pytest.fixture
def campaign(committee):
    with clock.on_day(date(2024, 3, 1)):
        return launched(committee)


@pytest.fixture
def whole(committee, campaign):
    when = rest(campaign, committee)
    report = report_of(place(campaign, committee.communes[0]), when, committee.unit_officers[0])
    part = report.parts.get(section="causes")
    save_words(report_id=report.pk, texts={part.pk: "Mưa lũ kéo dài"}, actor=committee.unit_officers[0])
    report.refresh_from_db()
    report = fill_report(report, committee.unit_officers[0], FULL)
    send_report(report_id=report.pk, version=report.version, actor=committee.heads[0])
    return when


def rows_of(client, job, sheet):
    assert job.state == JobState.SUCCEEDED, job.error_code
    return [list(row) for row in book_of(client, job)[sheet].iter_rows(values_only=True)]


def numbered(rows):
    return {row[1]: row for row in rows if isinstance(row[0], int) and isinstance(row[1], str)}


def test_the_state_of_reporting_has_a_row_a_unit(client, committee, campaign, whole):
    job = made(ask("reporting-status", committee.officer, campaign=campaign.pk, period=whole.pk))
    found = numbered(rows_of(client, job, "Tình hình gửi báo cáo"))
    assert list(found) == ["Xã An Hiệp", "Xã An Ninh", "Xã Phú Tân"]
    assert found["Xã An Hiệp"][2] == "Chờ duyệt"
    assert (found["Xã An Hiệp"][4].date(), found["Xã An Hiệp"][5:9]) == (DAY, [0, 7, 7, 0])
    assert found["Xã An Ninh"][2:3] + found["Xã An Ninh"][4:9] == ["Chưa gửi", None, 0, 0, 7, 0]
    assert found["Xã Phú Tân"][7] == 6


def test_results_hold_figures_and_totals_exactly(client, committee, campaign, whole):
    job = made(ask("results", committee.officer, campaign=campaign.pk, period=whole.pk))
    found = numbered(rows_of(client, job, "Tổng hợp kết quả"))
    budget, insured = found["1.1 Thu ngân sách"], found["1.2 Tham gia bảo hiểm y tế"]
    assert budget[3] == 4900
    assert budget[4] == pytest.approx(4900 / 4850, abs=1e-6)
    assert budget[5:9] == [None, None, "Không giao", None]
    assert budget[9:12] == [4900, 1, 2]
    assert insured[9:12] == [pytest.approx(96.0136, abs=1e-9), 1, 3]


def test_one_units_results_are_for_whoever_sees_the_unit(client, committee, campaign, whole):
    mine = place(campaign, committee.communes[0])
    job = made(ask("unit-results", committee.heads[0], campaign=campaign.pk, period=whole.pk, participation=mine.pk))
    found = numbered(rows_of(client, job, "Kết quả"))
    assert found["1.1 Thu ngân sách"][6:8] == [4900, 4900]
    assert found["1.1 Thu ngân sách"][9] == "Vượt"
    with pytest.raises(AssertionError, match="participation"):
        ask("unit-results", committee.heads[1], campaign=campaign.pk, period=whole.pk, participation=mine.pk)


def test_another_unit_reads_nothing_of_it(client, committee, campaign, whole):
    for code in ("results", "results-document"):
        with pytest.raises(NothingInside):
            ask(code, committee.heads[1], campaign=campaign.pk, period=whole.pk)


def test_the_word_summary_brings_texts_and_totals_together(client, committee, campaign, whole):
    job = made(ask("results-document", committee.officer, campaign=campaign.pk, period=whole.pk))
    assert job.state == JobState.SUCCEEDED, job.error_code
    client.force_login(committee.officer)
    answer = client.get(reverse("jobs:download", args=[job.uuid]))
    document = docx.Document(BytesIO(b"".join(answer.streaming_content)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Có 1/3 đơn vị tham gia đã gửi báo cáo." in texts
    assert texts.index("Xã An Hiệp") + 1 == texts.index("Mưa lũ kéo dài")
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["1", "1.1 Thu ngân sách", "triệu đồng", "4.900,0", "1/2"] in cells
