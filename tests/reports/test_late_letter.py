"""The letter and the chat text name exactly the late units: none with more time, none that does not join."""

from datetime import date, datetime, time
from io import BytesIO

import docx
import pytest
from django.http import QueryDict
from django.urls import reverse

from campaigns.models import Campaign
from campaigns.queries.late import late_units
from campaigns.queries.steps import steps_of
from campaigns.services.extensions import extend
from campaigns.services.participations import decide_joining
from core import clock
from core.jobs.enums import JobState
from reports.registration import REPORTS
from reports.services import NothingInside
from tests.campaigns.pledging import launched, place
from tests.campaigns.reporting import rest
from tests.campaigns.world import build_committee
from tests.reports.test_period_reports import ask, made

pytestmark = pytest.mark.django_db
DAY = date(2024, 12, 20)


@pytest.fixture(autouse=True)
def in_december():
    with clock.on_day(DAY):
        yield


@pytest.fixture
def committee():
    made_one = build_committee()
    made_one.officer.working_day = DAY
    made_one.officer.save()
    return made_one


@pytest.fixture
def campaign(committee):
    with clock.on_day(date(2024, 3, 1)):
        return launched(committee)


@pytest.fixture
def period(committee, campaign):
    return rest(campaign, committee)


def step_of(campaign, period):
    return next(step for step in steps_of(campaign) if step.period == period)


def names(campaign, step):
    return [str(unit.participation) for unit in late_units(campaign, step)]


def more_time(campaign, committee, number, period, day):
    extend(
        participation_id=place(campaign, committee.communes[number]).pk, period_id=period.pk, reason="Mưa lũ",
        due_at=datetime.combine(day, time(23, 59, 59), clock.ZONE), actor=committee.officer,
    )  # fmt: skip


def test_exactly_the_late_ones(committee, campaign, period):
    step = step_of(campaign, period)
    assert names(campaign, step) == ["Xã An Hiệp", "Xã An Ninh", "Xã Phú Tân"]
    row = place(campaign, committee.communes[1])
    decide_joining(
        participation_id=row.pk, version=row.version, joining=False, reason="Thiếu người", actor=committee.heads[1]
    )
    assert names(campaign, step) == ["Xã An Hiệp", "Xã Phú Tân"]
    more_time(campaign, committee, 2, period, date(2024, 12, 31))
    assert names(campaign, step) == ["Xã An Hiệp"]
    with clock.on_day(date(2025, 1, 3)):
        assert [(str(u.participation), u.days) for u in late_units(campaign, step)][1] == ("Xã Phú Tân", 3)
    with clock.on_day(day_before(period)):
        assert names(campaign, step) == []


def day_before(period):
    return period.due_at.astimezone(clock.ZONE).date()


def test_the_page_gives_the_text_and_leads_to_the_letter(client, committee, campaign, period):
    more_time(campaign, committee, 2, period, date(2024, 12, 31))
    client.force_login(committee.officer)
    page = client.get(reverse("campaigns:units_remind", args=[campaign.pk]) + f"?period={period.pk}")
    text = page.context["message"]
    assert text.startswith("Đến ngày 20/12/2024, còn 2 đơn vị chưa gửi báo cáo")
    assert "1. Xã An Hiệp – hạn" in text
    assert "Phú Tân" not in text
    assert text in page.content.decode()
    (export,) = page.context["exports"]
    query = QueryDict(export.url.partition("?")[2])
    form = REPORTS[query["report"]].parameters.carried(query, committee.officer)
    assert form.cleaned_data == {"campaign": campaign, "step": f"period-{period.pk}"}
    assert client.get(export.url).status_code == 200
    one = place(campaign, committee.communes[0])
    alone = client.get(reverse("campaigns:units_remind", args=[campaign.pk]) + f"?step=pledge&unit={one.pk}")
    assert "message" not in alone.context


def test_the_letter_lists_them_in_word(client, committee, campaign, period):
    more_time(campaign, committee, 2, period, date(2024, 12, 31))
    job = made(ask("late-letter", committee.officer, campaign=campaign.pk, step=f"period-{period.pk}"))
    assert job.state == JobState.SUCCEEDED, job.error_code
    client.force_login(committee.officer)
    answer = client.get(reverse("jobs:download", args=[job.uuid]))
    document = docx.Document(BytesIO(b"".join(answer.streaming_content)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Kính gửi: Xã An Hiệp; Xã An Ninh." in texts
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert [row[1] for row in cells if row[0] in {"1", "2", "3"}] == ["Xã An Hiệp", "Xã An Ninh"]
    assert any("V/v đôn đốc gửi báo cáo" in cell for row in cells for cell in row)


def test_no_letter_where_nobody_is_late_and_none_for_strangers(committee, campaign, period):
    for number in range(3):
        more_time(campaign, committee, number, period, date(2024, 12, 31))
    with pytest.raises(NothingInside):
        ask("late-letter", committee.officer, campaign=campaign.pk, step=f"period-{period.pk}")
    report = REPORTS["late-letter"]
    assert not report.is_open_to(committee.heads[0])
    assert not report.is_open_to(committee.observer)
    form = report.parameters({"campaign": campaign.pk, "step": "step-pledge"}, user=committee.outsider)
    assert not form.is_valid()
    assert Campaign.objects.filter(pk=campaign.pk).exists()
