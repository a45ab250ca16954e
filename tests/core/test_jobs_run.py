"""One attempt: claim, work, fenced end, and every way to end badly."""

import errno
import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, OperationalError
from django.utils import translation

from core import audit, clock, jobs
from core.files.models import StoredFile
from core.jobs import lease, runner
from core.jobs.enums import Failure, JobState
from core.jobs.failures import failure_link, failure_text, general_text
from core.jobs.heartbeat import Heartbeat, Progress
from core.jobs.models import Job
from core.jobs.services import requeue_lost
from core.jobs.tasks import run_job
from core.notices.models import Notice
from tests.core.jobs import JobFactory, kind
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def run(work, *, owner=None, **given):
    """The row after one attempt at a job whose kind does `work`."""
    with kind(work, **given) as code:
        job = jobs.enqueue(code, owner=owner or UserFactory(), params={"year": 2024})
        run_job(str(job.uuid))
        return Job.objects.get(pk=job.pk)


def beat(ctx):
    """What the heartbeat's own thread does each few seconds."""
    ctx._heartbeat.beat()


def write_file(ctx):
    path = ctx.temp_path(".xlsx")
    path.write_bytes(b"rows" * 100)
    return jobs.JobResult(path, "Kết quả.xlsx", "application/vnd.ms-excel")


def test_success_keeps_the_file_and_tells_the_owner():
    job = run(write_file)
    assert (job.state, job.attempts, job.percent, job.lease_owner) == (JobState.SUCCEEDED, 1, 100, "")
    assert (job.result.name, job.result.size) == ("Kết quả.xlsx", 400)
    assert job.expires == job.result.expires
    assert timedelta(days=6) < job.expires - clock.real_now() < timedelta(days=8)
    assert [entry.action for entry in audit.entries_for(job)] == ["job.succeeded"]
    notice = Notice.objects.get(recipient=job.owner)
    assert notice.code == "job_succeeded"


def test_the_folder_of_the_attempt_goes(settings):
    folders = []
    run(lambda ctx: folders.append(ctx.temp_path().parent))
    assert folders
    assert not folders[0].exists()


def test_second_delivery_finds_nothing_to_do():
    runs = []
    with kind(lambda ctx: runs.append(ctx.job.pk)) as code:
        job = jobs.enqueue(code, owner=UserFactory(), params={})
        run_job(str(job.uuid))
        run_job(str(job.uuid))
    assert runs == [job.pk]
    job.refresh_from_db()
    assert job.attempts == 1


def test_a_call_for_no_job_does_nothing():
    run_job(str(uuid.uuid4()))
    assert not Job.objects.exists()


def test_the_attempt_is_counted_before_the_work():
    seen = []
    run(lambda ctx: seen.append(Job.objects.get(pk=ctx.job.pk).attempts))
    assert seen == [1]


def test_a_worn_out_job_is_not_claimed():
    job = JobFactory(attempts=3, max_attempts=3)
    assert lease.claim(str(job.uuid)) is None


def test_work_sees_language_and_business_day_of_the_owner():
    seen = {}

    def look(ctx):
        seen.update(language=translation.get_language(), today=clock.today(), owner=ctx.owner.pk)

    owner = UserFactory(working_day=date(2024, 10, 20))
    with translation.override("en"):
        job = run(look, owner=owner)
    assert seen == {"language": "en", "today": date(2024, 10, 20), "owner": owner.pk}
    assert job.language == "en"
    assert clock.today() == clock.real_today()


def test_production_ignores_a_working_day(settings):
    settings.DEMO, settings.MODE = False, "production"
    days = []
    run(lambda ctx: days.append(clock.today()), owner=UserFactory(working_day=date(2024, 10, 20)))
    assert days == [clock.real_today()]


def test_expected_trouble_is_shown_in_the_readers_language():
    def work(ctx):
        raise jobs.ReportError(
            "%(count)s awards have no class.", params={"count": 3}, link="/awards/?no_class", link_text="Show %s lines"
        )

    job = run(work)
    assert (job.state, job.error_code) == (JobState.FAILED, Failure.REPORTED)
    assert failure_text(job) == "3 awards have no class."
    assert failure_link(job) == ("/awards/?no_class", "Show %s lines")
    assert "3" not in general_text(job)
    assert Notice.objects.get().code == "job_failed"


def test_expected_trouble_is_stored_untranslated():
    def work(ctx):
        raise jobs.BeingCancelled  # any refusal of a service, raised in Vietnamese surroundings

    job = run(work)
    assert job.error_params["message"].startswith("This file is just being cancelled")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ZeroDivisionError(), Failure.UNEXPECTED),
        (OSError(errno.ENOSPC, "full"), Failure.NO_SPACE),
        (OSError(errno.ENOENT, "gone"), Failure.UNEXPECTED),
        (jobs.DeadlineReached(), Failure.DEADLINE),
        (IntegrityError(), Failure.UNEXPECTED),
    ],
)
def test_trouble_ends_the_job_in_words(error, code, caplog):
    def work(ctx):
        raise error

    job = run(work)
    assert (job.state, job.error_code, job.attempts) == (JobState.FAILED, code, 1)
    assert failure_text(job)
    assert f"Job {job.pk} failed" in caplog.text
    assert [entry.action for entry in audit.entries_for(job)] == ["job.failed"]


def test_a_database_that_went_away_lets_the_job_wait_again():
    def work(ctx):
        raise OperationalError("server closed the connection")

    job = run(work)
    assert (job.state, job.attempts, job.lease_owner) == (JobState.QUEUED, 1, "")


def test_unknown_kind_fails_visibly():
    job = JobFactory(kind="of.an.older.version")
    runner.run(str(job.uuid))
    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, Failure.UNKNOWN_KIND)


def test_an_owner_without_the_right_gets_nothing():
    runs = []
    job = JobFactory()
    with kind(lambda ctx: runs.append(1), permission="reports.never_granted"):
        runner.run(str(job.uuid))
    job.refresh_from_db()
    assert (job.state, job.error_code, runs) == (JobState.FAILED, Failure.RIGHT_LOST, [])


def test_the_right_is_asked_again_at_each_beat():
    owner = UserFactory()

    def work(ctx):
        ctx.checkpoint()
        type(owner).objects.filter(pk=owner.pk).update(is_active=False)
        beat(ctx)
        ctx.checkpoint()
        pytest.fail("the checkpoint let an account pass that was shut out")

    job = run(work, owner=owner)
    assert (job.state, job.error_code) == (JobState.FAILED, Failure.RIGHT_LOST)


def test_cancel_stops_at_the_next_checkpoint():
    def work(ctx):
        Job.objects.filter(pk=ctx.job.pk).update(cancel_requested=True)
        beat(ctx)
        ctx.checkpoint()
        pytest.fail("the checkpoint let a cancelled job pass")

    job = run(work)
    assert (job.state, job.error_code) == (JobState.CANCELLED, "")
    assert not Notice.objects.exists()


def test_cancel_after_the_last_checkpoint_still_counts():
    def work(ctx):
        Job.objects.filter(pk=ctx.job.pk).update(cancel_requested=True)
        return write_file(ctx)

    job = run(work)
    assert (job.state, job.result) == (JobState.CANCELLED, None)
    assert StoredFile.objects.get().expires <= clock.real_now()


def test_deadline_stops_at_the_next_checkpoint(settings):
    settings.JOB_DEADLINE_SECONDS = 0.0
    job = run(lambda ctx: ctx.checkpoint())
    assert (job.state, job.error_code) == (JobState.FAILED, Failure.DEADLINE)


def test_a_lease_that_could_not_be_renewed_stops_the_work(settings):
    settings.JOB_LEASE_SECONDS = 0.0
    reached = []

    def work(ctx):
        ctx.checkpoint()
        reached.append(1)

    job = run(work)
    assert reached == []
    assert job.state == JobState.RUNNING  # the reaper's business from here on


def test_the_late_write_of_a_dead_worker_is_refused():
    """The worker was taken for dead, another finished the job; then the first comes back with a file."""
    effects = []

    def work(ctx):
        if len(effects) == 0:
            effects.append("first")
            Job.objects.filter(pk=ctx.job.pk).update(lease_until=clock.real_now() - timedelta(seconds=1))
            requeue_lost(Job.objects.get(pk=ctx.job.pk))
            run_job(str(ctx.job.uuid))
        result = write_file(ctx)
        return jobs.JobResult(result.path, result.name, result.mime, apply=lambda: effects.append("applied"))

    job = run(work)
    assert (job.state, job.attempts) == (JobState.SUCCEEDED, 2)
    assert effects == ["first", "applied"]
    assert StoredFile.objects.filter(expires__gt=clock.real_now()).get() == job.result
    assert audit.entries_for(job).count() == 1
    assert Notice.objects.count() == 1


def test_effect_and_success_stand_or_fall_together():
    def broken():
        UserFactory(username="half.done")
        raise ZeroDivisionError

    job = run(lambda ctx: jobs.JobResult(apply=broken))
    assert (job.state, job.error_code) == (JobState.FAILED, Failure.UNEXPECTED)
    assert not type(job.owner).objects.filter(username="half.done").exists()


def test_counted_counts_and_checks_each_chunk():
    marks = []

    def work(ctx):
        marks.extend(ctx._progress.done for _row in ctx.counted(range(1200), total=2400, step="trang 1/2"))
        for _row in ctx.counted(range(1200), step="trang 2/2"):
            pass
        beat(ctx)
        row = Job.objects.get(pk=ctx.job.pk)
        assert (row.done, row.total, row.percent, row.step) == (2400, 2400, 99, "trang 2/2")

    assert run(work).state == JobState.SUCCEEDED
    assert sorted(set(marks)) == [0, 500, 1000]


def test_progress_never_goes_back():
    def work(ctx):
        for done in (80, 10, 90):
            ctx.checkpoint(done=done, total=100)
            beat(ctx)
            percents.append(Job.objects.get(pk=ctx.job.pk).percent)

    percents = []
    run(work)
    assert percents == [80, 80, 90]


def test_a_beat_renews_the_lease():
    job = JobFactory()
    with kind(lambda ctx: None):
        job = lease.claim(str(job.uuid))
        Job.objects.update(lease_until=clock.real_now() - timedelta(seconds=1))
        Heartbeat(job, Progress(), lambda owner: True).beat()
    job.refresh_from_db()
    assert job.lease_until > clock.real_now()


def test_work_that_hangs_past_its_deadline_is_not_renewed(settings):
    settings.JOB_DEADLINE_SECONDS = settings.JOB_LEASE_SECONDS = -1.0
    job = JobFactory(state=JobState.RUNNING, lease_owner="w", lease_until=clock.real_now())
    Heartbeat(job, Progress(), lambda owner: True).beat()
    assert Job.objects.get(pk=job.pk).lease_until == job.lease_until


def test_a_fault_in_the_rights_stops_the_job():
    def broken(owner):
        raise ZeroDivisionError

    heartbeat = Heartbeat(JobFactory(state=JobState.RUNNING, lease_owner="w", lease_until=clock.real_now()), Progress(),
                          broken)  # fmt: skip
    heartbeat._try_to_beat()
    with pytest.raises(ZeroDivisionError):
        heartbeat.check()
