"""Workers that die, freeze, come back late: one file, one notice, one audit entry (F1–F3, F11, F12)."""

import signal

import pytest

from core import audit, jobs
from core.files.models import StoredFile
from core.jobs import bell
from core.jobs.enums import Failure, JobState
from core.jobs.models import Job
from core.jobs.services import cancel_job
from core.notices.models import Notice
from tests.faults import kinds  # noqa: F401 -- registers them in this process too
from tests.faults.house import House
from tests.servers import until

pytestmark = pytest.mark.workers
REPORT = "faults.report"


def assert_made_once(house: House, job: Job, rows: int) -> None:
    """One complete file, one notice, one audit entry."""
    stored = StoredFile.objects.get()
    assert (job.result, job.percent) == (stored, 100)
    assert [path.read_text().count("\n") for path in house.kept_files()] == [rows]
    assert Notice.objects.get().recipient == house.owner
    assert [entry.action for entry in audit.entries_for(job)] == ["job.succeeded"]


def test_kill_9_in_mid_report_is_made_good_by_another_worker(any_house):
    house = any_house
    dying = house.worker()
    job = house.enqueue(REPORT, rows=200, hold_at=100)
    house.until_held(job)
    until(lambda: Job.objects.get(pk=job.pk).percent == 50, "progress on the row")
    percents = [Job.objects.get(pk=job.pk).percent]
    dying.kill()
    house.worker()
    house.until_held(job, attempt=2)
    house.open_gate()

    def ended() -> bool:
        row = Job.objects.get(pk=job.pk)
        percents.append(row.percent)
        return not row.is_live

    until(ended, house.words)
    job = house.until_ended(job)
    assert job.attempts == 2
    assert percents == sorted(percents)
    assert percents[0] == 50
    assert_made_once(house, job, 200)


@pytest.mark.parametrize("deaf", [False, True])
def test_a_frozen_worker_that_comes_back_keeps_nothing(house, deaf):
    """It was taken for dead; another worker made the file; what the first still makes is dropped."""
    frozen = house.worker()
    job = house.enqueue(REPORT, rows=200, hold_at=100, deaf=deaf)
    house.until_held(job)
    house.freeze(frozen)
    house.worker()
    house.until_held(job, attempt=2)
    house.open_gate()
    job = house.until_ended(job)
    frozen.send_signal(signal.SIGCONT)
    until(lambda: f"Job {job.pk} went to another worker" in frozen.words, frozen.words)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.SUCCEEDED, 2)
    assert_made_once(house, job, 200)


def test_a_poisoned_job_ends_after_its_attempts(house):
    job = house.enqueue("faults.poison")
    workers = 0
    while Job.objects.live().filter(pk=job.pk).exists():
        workers += 1
        assert workers < 8
        worker = house.worker()
        until(lambda worker=worker: worker.is_dead or not Job.objects.live().exists(), house.words)
    job = house.until_ended(job, JobState.FAILED)
    assert (job.error_code, job.attempts) == (Failure.POISON, 3)
    assert len(list(house.folder.glob("poisoned-*"))) == 3
    assert Notice.objects.get().code == "job_failed"


def test_cancel_stops_a_running_job(house):
    house.worker()
    job = house.enqueue(REPORT, rows=200, hold_at=100)
    house.until_held(job)
    cancel_job(job_id=job.pk, actor=house.owner)
    job = house.until_ended(job, JobState.CANCELLED)
    assert house.kept_files() == []
    assert job.attempts == 1


def test_an_owner_shut_out_in_mid_report_gets_nothing(house):
    house.worker()
    job = house.enqueue(REPORT, rows=200, hold_at=100)
    house.until_held(job)
    type(house.owner).objects.filter(pk=house.owner.pk).update(is_active=False)
    job = house.until_ended(job, JobState.FAILED)
    assert job.error_code == Failure.RIGHT_LOST
    assert house.kept_files() == []


def test_a_snapshot_refuses_to_write(house):
    house.worker()
    job = house.enqueue("faults.write")
    job = house.until_ended(job, JobState.FAILED)
    assert (job.error_code, job.attempts) == (Failure.UNEXPECTED, 1)
    assert not Notice.objects.filter(code="x").exists()


def test_the_same_call_delivered_twice_makes_one_file(house):
    job = house.enqueue(REPORT, rows=50)
    for _ in range(5):
        bell.ring("core.jobs.tasks.run_job", str(job.uuid), line="reports")
    house.worker()
    job = house.until_ended(job)
    assert job.attempts == 1
    assert_made_once(house, job, 50)


@pytest.mark.parametrize("pool", ["threads", "prefork"])
def test_workers_tick_whatever_their_pool(house, pool):
    house.worker(pool)
    job = house.until_ended(house.enqueue(REPORT, rows=50))
    assert_made_once(house, job, 50)
    until(lambda: jobs.health()["last_tick_seconds"] is not None, "a tick")
    until(lambda: audit.unsealed_count() == 0, "the sealing of the audit entry")


def test_two_workers_share_twenty_jobs(house):
    house.worker()
    house.worker()
    made = [house.enqueue(REPORT, rows=number) for number in range(1, 21)]
    for job in made:
        assert house.until_ended(job).attempts == 1
    assert StoredFile.objects.count() == 20
