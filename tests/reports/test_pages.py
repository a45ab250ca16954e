"""The catalogue page: what it offers to whom, what it carries over, what it refuses."""

import re

import pytest
from django.urls import reverse

from core.jobs.models import Job
from reports.callers import CALLERS
from reports.enums import ReportGroup
from reports.registration import REPORTS, discover
from tests.core.jobs import JobFactory, queries_of
from tests.reports.sample import UnitList, in_catalogue, only

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_unit_list")]
PAGE = "reports:catalogue"


class Closed(UnitList):
    code, title, permission = "closed", "Biểu của người khác", "units.manage_unit"


class Results(UnitList):
    code, title, group = "results-test", "Kết quả thử", ReportGroup.RESULTS


@pytest.fixture
def user(world):
    return world.user("north.standing_officer")


@pytest.fixture
def page(client, user):
    client.force_login(user)
    return client


def text_of(page, **query):
    answer = page.get(reverse(PAGE), {"report": "unit-list", **query})
    assert answer.status_code == 200
    return answer.content.decode()


def test_signed_out_is_sent_to_sign_in(client, db):
    assert client.get(reverse(PAGE)).status_code == 302
    assert client.post(reverse("reports:request")).status_code == 302


def test_administrator_has_no_reports(client, world):
    client.force_login(world.user("administrator"))
    assert client.get(reverse(PAGE)).status_code == 403
    assert client.post(reverse("reports:request"), {"report": "unit-list"}).status_code == 403


def test_request_by_get_is_refused(page):
    assert page.get(reverse("reports:request")).status_code == 405


def test_card_shows_description_and_columns(page):
    text = text_of(page)
    assert "Mỗi đơn vị một dòng, theo thứ tự hành chính." in text
    assert "Các cột: TT, Đơn vị, Mã." in text


def test_button_names_the_act_and_how_many(page):
    assert "Tạo tệp Excel cho 6 đơn vị" in text_of(page)


def test_choices_are_those_in_scope(page, world):
    text = text_of(page)
    assert f'<option value="{world.unit("north.a").pk}"' in text
    assert f'<option value="{world.unit("south.a").pk}"' not in text


def test_scope_is_carried_over_and_said_so(page, world, monkeypatch):
    monkeypatch.setattr(CALLERS, "_entries", {"unit": "Đơn vị"})
    text = text_of(page, unit=world.unit("north.a").pk, **{"from": "unit"})
    assert "Phạm vi bên dưới lấy từ trang “Đơn vị”." in text
    assert f'<option value="{world.unit("north.a").pk}" selected>' in text
    assert 'href="/reports/?report=unit-list' in text
    assert "Đặt lại" in text


def test_name_of_the_calling_page_is_not_taken_from_the_address(page, world):
    text = text_of(page, unit=world.unit("north.a").pk, **{"from": "Trang giả mạo"})
    assert "Trang giả mạo”" not in text
    assert "Phạm vi bên dưới lấy từ trang vừa xem." in text


def test_untouched_scope_has_nothing_to_reset(page):
    assert "Đặt lại" not in text_of(page)


def test_empty_scope_disables_the_button_and_says_why(page, world):
    text = text_of(page, unit=world.unit("north.a.hamlet").pk)
    assert "Đơn vị này không có đơn vị trực thuộc." in text
    button = text[text.index('form="report-form"') :]
    assert " disabled" in button[: button.index(">")]


def test_asking_makes_a_job_and_comes_back(page, user, world):
    unit = world.unit("north.a")
    answer = page.post(reverse("reports:request"), {"report": "unit-list", "unit": unit.pk}, follow=True)
    job = Job.objects.get()
    assert (job.owner, job.kind, job.params) == (user, "report.unit-list", {"unit": [str(unit.pk)]})
    assert answer.redirect_chain[0][0] == f"/reports/?report=unit-list&unit={unit.pk}"
    text = answer.content.decode()
    assert "“Danh sách đơn vị” đang được tạo." in text
    assert f'id="job-{job.uuid}"' in text


def test_double_press_leads_to_one_job_and_one_message(page):
    key = re.search('name="_once" value="([^"]+)"', text_of(page))
    assert key is not None
    answers = [page.post(reverse("reports:request"), {"report": "unit-list", "_once": key[1]}) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 303]
    assert answers[0].url == answers[1].url
    assert Job.objects.count() == 1


def test_catalogue_itself_writes_nothing(page):
    assert page.post(reverse(PAGE), {"report": "unit-list"}).status_code == 405


def test_twin_is_said_to_be_under_way(page):
    page.post(reverse("reports:request"), {"report": "unit-list"})
    answer = page.post(reverse("reports:request"), {"report": "unit-list"}, follow=True)
    assert "đang được tạo từ trước" in answer.content.decode()
    assert Job.objects.count() == 1


@pytest.mark.parametrize("unit", ["south.a", "south.province"])
def test_foreign_unit_is_refused_at_its_field(page, world, unit):
    answer = page.post(reverse("reports:request"), {"report": "unit-list", "unit": world.unit(unit).pk})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert not Job.objects.exists()


def test_bad_day_keeps_what_was_typed(page):
    answer = page.post(reverse("reports:request"), {"report": "unit-list", "until": "31/02/2024"})
    text = answer.content.decode()
    assert 'value="31/02/2024"' in text
    assert "error-summary" in text


def test_empty_report_is_refused_when_pressed_all_the_same(page, world):
    answer = page.post(reverse("reports:request"), {"report": "unit-list", "unit": world.unit("north.a.hamlet").pk})
    assert "Đơn vị này không có đơn vị trực thuộc." in answer.content.decode()
    assert not Job.objects.exists()


def test_scope_is_applied_without_a_script(page, world):
    unit = world.unit("north.a")
    answer = page.post(
        reverse("reports:request"),
        {"report": "unit-list", "unit": unit.pk, "_refresh": "1", "csrfmiddlewaretoken": "secret"},
    )
    assert answer.status_code == 302
    assert answer.url == f"/reports/?report=unit-list&unit={unit.pk}"
    assert not Job.objects.exists()


def test_unknown_report_is_not_found(page):
    assert page.post(reverse("reports:request"), {"report": "none"}).status_code == 404
    assert page.get(reverse(PAGE), {"report": "none"}).status_code == 200


def test_closed_report_is_neither_shown_nor_made(page):
    with in_catalogue(Closed):
        assert "Biểu của người khác" not in text_of(page)
        # What cannot be made shows nothing of itself either: neither its form nor its choices.
        for more in ({}, {"until": "x"}, {"_refresh": "1"}):
            assert page.post(reverse("reports:request"), {"report": "closed", **more}).status_code == 403


def test_shelves_count_their_reports(page):
    with in_catalogue(Results):
        text = text_of(page, group="results", report="unit-list")
        assert "Kết quả thử" in text
        assert "Mỗi đơn vị" in text
        assert 'id="report-unit-list"' not in text
        assert f"Tất cả {len(REPORTS.values())}" in text


def test_one_shelf_needs_no_segments(page):
    with only("unit-list"):
        assert "segments" not in text_of(page)


def test_choosing_a_report_keeps_the_scope(page, world):
    with in_catalogue(Results):
        unit = world.unit("north.a").pk
        assert f'href="/reports/?report=results-test&amp;unit={unit}"' in text_of(page, unit=unit)


def test_no_report_at_all_says_whom_to_ask(page):
    with only():
        assert "Chưa có biểu nào dành cho vai trò của tài khoản này." in text_of(page)


def test_files_of_others_are_not_shown(page, user):
    JobFactory(kind="report.unit-list", labels={"scope": "Của người khác"})
    JobFactory(kind="report.unit-list", owner=user, labels={"scope": "Của tôi"})
    text = text_of(page)
    assert "Của tôi" in text
    assert "Của người khác" not in text


def test_hostile_scope_is_escaped(page, user):
    JobFactory(kind="report.unit-list", owner=user, labels={"scope": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in text_of(page, unit='"><script>alert(1)</script>')


@pytest.mark.parametrize("count", [1, 3, 200])
def test_query_count_does_not_grow_with_files(page, user, count):
    for _number in range(count):
        JobFactory(kind="report.unit-list", owner=user)
    assert queries_of(page, reverse(PAGE), "jobs_job") == 1


def test_reports_of_the_catalogue_are_found_by_lying_there():
    discover()
    assert all(REPORTS[code].code == code for code in REPORTS)
