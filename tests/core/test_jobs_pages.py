"""My files: own rows only, polls that end, guarded download."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from core import files, jobs
from core.clock import real_now
from core.files.models import StoredFile
from core.jobs.enums import Failure, JobState
from core.jobs.models import Job
from core.jobs.rows import JobRow, row_of
from tests.core.jobs import JobFactory, kind, queries_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _kind():
    with kind(lambda ctx: None, describe=lambda job: job.labels.get("scope", "")):
        yield


@pytest.fixture
def owner():
    return UserFactory(full_name="Lý Thị Ngọc Hân")


@pytest.fixture
def page(client, owner):
    client.force_login(owner)
    return client


def running(owner, **given):
    return JobFactory(
        **{"owner": owner, "state": JobState.RUNNING, "attempts": 1, "lease_owner": "w",
           "lease_until": real_now() + SOON, "started_at": real_now(), **given}
    )  # fmt: skip


@pytest.fixture
def finished(owner, tmp_path):
    """A job whose file is there."""
    path = tmp_path / "made.xlsx"
    path.write_bytes(b"x" * 421_888)
    expires = real_now() + timedelta(days=7)
    stored = files.store_path(path, name="Kết quả.xlsx", mime="application/pdf", owner=owner, expires=expires)
    return JobFactory(owner=owner, state=JobState.SUCCEEDED, result=stored, expires=expires, percent=100, total=1)


def row_page(page, job):
    return page.get(reverse("jobs:row", args=[job.uuid]), headers={"HX-Request": "true"})


def test_list_shows_own_rows_and_no_others(page, owner):
    JobFactory(owner=owner, labels={"scope": "Báo cáo 9 tháng, 8 đơn vị"})
    JobFactory(labels={"scope": "Của người khác"})
    text = page.get(reverse("jobs:list")).content.decode()
    assert "Báo cáo 9 tháng, 8 đơn vị" in text
    assert "Của người khác" not in text


def test_list_bears_parameters_of_an_older_version(page, owner):
    with kind(lambda ctx: None, "older", describe=lambda job: job.labels["unit"]):
        JobFactory(owner=owner, kind="older")
        JobFactory(owner=owner, kind="of.no.version")
        assert page.get(reverse("jobs:list")).status_code == 200


def test_an_administrator_has_no_other_rows_either(client):
    JobFactory(labels={"scope": "Của người khác"})
    client.force_login(UserFactory(is_administrator=True))
    assert "Của người khác" not in client.get(reverse("jobs:list")).content.decode()


def test_empty_list_says_what_will_stand_there(page):
    assert "Chưa có tệp nào" in page.get(reverse("jobs:list")).content.decode()


@pytest.mark.parametrize("count", [1, 3, 200])
def test_list_query_count(page, owner, count):
    JobFactory.create_batch(count, owner=owner)
    assert queries_of(page, reverse("jobs:list"), "jobs_job") == 2


@pytest.mark.parametrize("name", ["row", "download", "cancel", "retry"])
@pytest.mark.parametrize("administrator", [False, True])
def test_the_job_of_another_is_not_there(page, name, administrator, client):
    job = JobFactory(state=JobState.FAILED)
    client.force_login(UserFactory(is_administrator=administrator))
    address = reverse(f"jobs:{name}", args=[job.uuid])
    answer = client.post(address) if name in ("cancel", "retry") else client.get(address)
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["cancel", "retry"])
def test_writes_are_post_only(page, owner, name):
    job = JobFactory(owner=owner, state=JobState.FAILED)
    assert page.get(reverse(f"jobs:{name}", args=[job.uuid])).status_code == 405


def test_signed_out_is_sent_to_sign_in(client):
    job = JobFactory()
    for name, args in [("list", []), ("row", [job.uuid]), ("download", [job.uuid]), ("overview", [])]:
        assert client.get(reverse(f"jobs:{name}", args=args)).status_code == 302


def test_row_of_a_running_job_asks_again(page, owner):
    job = running(owner, percent=62, total=8, done=5, step="trang 5/8, xã Phú Tân")
    answer = row_page(page, job)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "trang 5/8, xã Phú Tân" in text
    assert "62%" in text
    assert 'value="62"' in text
    assert "hx-trigger" in text


@pytest.mark.parametrize("state", [JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED])
def test_row_of_an_ended_job_ends_the_asking(page, owner, state):
    answer = row_page(page, JobFactory(owner=owner, state=state))
    assert answer.status_code == 286
    assert "hx-trigger" not in answer.content.decode()


def test_row_opened_as_a_page_leads_to_the_list(page, owner):
    assert page.get(reverse("jobs:row", args=[JobFactory(owner=owner).uuid])).url == reverse("jobs:list")


def test_polls_are_named_for_the_session():
    assert {"jobs:row"} == jobs.POLL_URL_NAMES


def test_row_of_unknown_length_has_no_percent(page, owner):
    text = row_page(page, running(owner)).content.decode()
    assert "%" not in text.partition("<tbody")[2] or "0%" not in text
    assert "<progress" in text


def test_a_long_wait_is_explained(owner):
    job = JobFactory(owner=owner)
    assert not row_of(job, owner).waits_long
    job.created_at = real_now() - timedelta(seconds=31)
    assert row_of(job, owner).waits_long


def test_the_time_of_asking_reads_today_or_the_day(owner):
    day = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # half past five in the morning of the 24th in Việt Nam
    job = JobFactory(owner=owner, created_at=day)
    assert JobRow(job, owner, day + timedelta(hours=1)).asked == "05:30 hôm nay"
    assert JobRow(job, owner, day + timedelta(hours=20)).asked == "05:30 24/11/2026"


def test_time_left_is_guessed_from_the_pace(owner):
    job = running(owner, percent=50, started_at=real_now() - timedelta(seconds=20))
    assert row_of(job, owner).time_left == "còn khoảng 20 giây"
    job.percent = 10
    assert row_of(job, owner).time_left == "còn khoảng 3 phút"
    job.attempts = 2
    assert row_of(job, owner).time_left == ""


def test_failure_shows_its_reason_and_the_way_on(page, owner):
    JobFactory(
        owner=owner, state=JobState.FAILED, error_code=Failure.REPORTED,
        error_params={"message": "3 khen thưởng chưa ghi phân loại đối tượng.", "link": "/awards/?x=1",
                      "link_text": "Xem 3 dòng"},
    )  # fmt: skip
    text = page.get(reverse("jobs:list")).content.decode()
    assert "3 khen thưởng chưa ghi phân loại đối tượng." in text
    assert '<a href="/awards/?x=1">Xem 3 dòng</a>' in text
    assert "Tạo lại" in text


def test_hostile_words_are_escaped(page, owner):
    bad = "<script>alert(1)</script>"
    running(owner, step=bad, labels={"scope": bad})
    assert bad not in page.get(reverse("jobs:list")).content.decode()


def test_finished_row_offers_the_file(page, owner, finished):
    text = page.get(reverse("jobs:list")).content.decode()
    assert reverse("jobs:download", args=[finished.uuid]) in text
    assert "412 KB" in text
    assert "Tải về" in text


def test_download_hands_the_file_over(page, finished):
    answer = page.get(reverse("jobs:download", args=[finished.uuid]))
    assert b"".join(answer.streaming_content) == b"x" * 421_888
    assert "attachment" in answer["Content-Disposition"]


def test_download_after_the_date_is_gone(page, finished):
    Job.objects.update(expires=real_now() - SOON)  # the tick has not come by yet
    answer = page.get(reverse("jobs:download", args=[finished.uuid]))
    assert answer.status_code == 410
    assert "Tạo lại" in answer.content.decode()


def test_download_of_a_lost_file_says_so(page, finished):
    StoredFile.objects.update(sha256="0" * 64)
    assert page.get(reverse("jobs:download", args=[finished.uuid])).status_code == 410


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.FAILED, JobState.CANCELLED])
def test_download_of_what_is_not_made_is_not_there(page, owner, state):
    assert page.get(reverse("jobs:download", args=[JobFactory(owner=owner, state=state).uuid])).status_code == 404


def test_download_asks_for_the_right_as_it_stands_now(page, finished):
    with kind(lambda ctx: None, "guarded", permission="reports.never_granted"):
        Job.objects.update(kind="guarded")
        assert page.get(reverse("jobs:download", args=[finished.uuid])).status_code == 403
        text = page.get(reverse("jobs:list")).content.decode()
    assert "Tải về" not in text


def test_cancel_and_retry_lead_back_to_where_they_were_pressed(page, owner):
    waiting = JobFactory(owner=owner)
    answer = page.post(reverse("jobs:cancel", args=[waiting.uuid]), {"next": "/reports/?campaign=1"})
    assert answer.url == "/reports/?campaign=1"
    waiting.refresh_from_db()
    assert waiting.state == JobState.CANCELLED
    answer = page.post(reverse("jobs:retry", args=[waiting.uuid]), {"next": "//evil.example"})
    assert answer.url == reverse("jobs:list")
    assert Job.objects.filter(state=JobState.QUEUED).count() == 1


@pytest.mark.parametrize("name", ["cancel", "retry"])
def test_too_late_is_said_in_words(page, owner, name):
    job = JobFactory(owner=owner, state=JobState.SUCCEEDED)
    answer = page.post(reverse(f"jobs:{name}", args=[job.uuid]), follow=True)
    assert answer.status_code == 200
    assert len(answer.context["messages"]) == 1


def test_overview_is_for_administrators(page):
    assert page.get(reverse("jobs:overview")).status_code == 403


def test_overview_shows_states_and_no_content(client, owner):
    JobFactory(
        owner=owner, state=JobState.FAILED, error_code=Failure.REPORTED, params={"secret": "canary"}, step="canary",
        labels={"scope": "canary"}, error_params={"message": "canary"},
    )  # fmt: skip
    client.force_login(UserFactory(is_administrator=True))
    text = client.get(reverse("jobs:overview")).content.decode()
    assert "Lý Thị Ngọc Hân" in text
    assert "Không tạo được" in text
    assert "canary" not in text


@pytest.mark.parametrize("count", [1, 3, 200])
def test_overview_query_count(client, count):
    for _ in range(count):
        JobFactory(state=JobState.FAILED, error_code=Failure.POISON)
    client.force_login(UserFactory(is_administrator=True))
    assert queries_of(client, reverse("jobs:overview"), "jobs_job") == 3
