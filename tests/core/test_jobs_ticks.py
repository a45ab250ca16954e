"""What the workers look after by themselves: lost jobs, unheard bells, passed dates."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from core import jobs
from core.clock import real_now
from core.jobs import bell, reaper, tick
from core.jobs.enums import Failure, JobState
from core.jobs.models import Job, TickMark
from core.jobs.workshop import sweep_workshops, workshop_dir
from core.notices.models import Notice
from core.registry import Registry
from tests.core.jobs import JobFactory, kind

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
AGO = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _kind():
    with kind(lambda ctx: None):
        yield


@pytest.fixture
def rung(monkeypatch):
    """The numbers of the jobs for which the bell was rung."""
    uuids = []
    monkeypatch.setattr(bell, "ring", lambda task, uuid, line: uuids.append(uuid))
    return uuids


def running(**given):
    return JobFactory(
        **{"state": JobState.RUNNING, "attempts": 1, "lease_owner": "dead", "lease_until": real_now() - AGO, **given}
    )


def test_a_lost_job_waits_again_and_is_rung_for(rung, django_capture_on_commit_callbacks):
    job = running()
    with django_capture_on_commit_callbacks(execute=True):
        reaper.reap()
    job.refresh_from_db()
    assert (job.state, job.lease_owner, job.lease_until, job.attempts) == (JobState.QUEUED, "", None, 1)
    assert rung == [str(job.uuid)]


def test_a_job_that_still_beats_is_left_alone():
    job = running(lease_until=real_now() + timedelta(minutes=1))
    reaper.reap()
    job.refresh_from_db()
    assert (job.state, job.lease_owner) == (JobState.RUNNING, "dead")


def test_a_poisoned_job_ends_and_says_so():
    job = running(attempts=3, max_attempts=3)
    reaper.reap()
    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, Failure.POISON)
    assert Notice.objects.get().recipient == job.owner


def test_a_lost_job_that_was_to_be_cancelled_is_cancelled():
    job = running(cancel_requested=True, attempts=3, max_attempts=3)
    reaper.reap()
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_two_reapers_requeue_a_job_once(rung, django_capture_on_commit_callbacks):
    """The second has read the row before the first wrote it."""
    job = running()
    seen_by_second = Job.objects.get(pk=job.pk)
    with django_capture_on_commit_callbacks(execute=True):
        reaper.reap()
        reaper.requeue_lost(seen_by_second)
    assert rung == [str(job.uuid)]


def test_the_bell_is_rung_again_for_a_job_nobody_came_for(rung, django_capture_on_commit_callbacks, settings):
    long_ago = real_now() - timedelta(seconds=4 * settings.JOB_REAPER_SECONDS + 1)
    unheard, fresh = JobFactory(rung_at=long_ago), JobFactory()
    with django_capture_on_commit_callbacks(execute=True):
        reaper.reap()
        reaper.reap()
    assert rung == [str(unheard.uuid)]
    fresh.refresh_from_db()
    assert fresh.state == JobState.QUEUED


def test_results_are_offered_until_their_date():
    past = JobFactory(state=JobState.SUCCEEDED, expires=real_now() - AGO)
    kept = JobFactory(state=JobState.SUCCEEDED, expires=real_now() + timedelta(days=1))
    without_file = JobFactory(state=JobState.SUCCEEDED)
    reaper.expire()
    states = dict(Job.objects.values_list("pk", "state"))
    assert states == {past.pk: JobState.EXPIRED, kept.pk: JobState.SUCCEEDED, without_file.pk: JobState.SUCCEEDED}


def test_folders_of_killed_attempts_go(settings):
    (workshop_dir() / "7-abc").mkdir(parents=True)
    assert sweep_workshops() == 0
    settings.JOB_DEADLINE_SECONDS = settings.JOB_LEASE_SECONDS = -1.0
    assert sweep_workshops() == 1
    assert list(workshop_dir().iterdir()) == []


@pytest.fixture
def ticks(monkeypatch):
    """An empty set of ticks; returns what ran."""
    monkeypatch.setattr(tick, "TICKS", Registry("tick"))
    return []


def test_a_tick_runs_when_due_and_once(ticks):
    tick.register("often", every=lambda: 60.0)(lambda: ticks.append("often"))
    assert tick.run_due() == ["often"]
    assert tick.run_due() == []
    TickMark.objects.update(next_at=real_now() - AGO)
    assert tick.run_due() == ["often"]
    assert ticks == ["often", "often"]


def test_a_tick_that_another_worker_took_is_not_run(ticks, monkeypatch):
    tick.register("often", every=lambda: 60.0)(lambda: ticks.append("often"))
    tick.run_due()
    monkeypatch.setattr(tick, "due_names", lambda: {"often"})  # read before the other worker's claim
    assert tick.run_due() == []
    assert ticks == ["often"]


def test_the_first_claim_of_all_is_also_one_workers(ticks, monkeypatch):
    tick.register("often", every=lambda: 60.0)(lambda: ticks.append("often"))
    one = tick.TICKS["often"]
    assert tick.claim(one)
    rows = TickMark.objects.filter
    # Both looked before either had written: update and exists see nothing, the unique name decides.
    monkeypatch.setattr(TickMark.objects, "filter", lambda **given: rows(name="nobody"))
    assert not tick.claim(one)


def test_a_broken_tick_does_not_stop_the_others(ticks, caplog):
    def broken():
        raise ZeroDivisionError

    tick.register("broken", every=lambda: 60.0)(broken)
    tick.register("sound", every=lambda: 60.0)(lambda: ticks.append("sound"))
    assert tick.run_due() == ["sound"]
    assert "The tick broken failed" in caplog.text
    assert TickMark.objects.get(name="broken").finished_at is None


def test_health_tells_the_longest_wait_and_the_last_sign_of_life(ticks):
    assert jobs.health() == {"oldest_queued_seconds": None, "last_tick_seconds": None}
    JobFactory(created_at=real_now() - timedelta(seconds=90))
    JobFactory()
    tick.register("often", every=lambda: 60.0)(lambda: None)
    tick.run_due()
    figures = jobs.health()
    assert 90 <= figures["oldest_queued_seconds"] < 120
    assert 0 <= figures["last_tick_seconds"] < 30


def test_the_house_ticks_what_it_must():
    assert {"jobs.reap", "jobs.expire", "audit.seal", "files.sweep", "notices.mail"} <= set(tick.TICKS)
    for one in tick.TICKS.values():
        one.run()


def test_ticks_can_be_run_without_a_worker(ticks, capsys):
    tick.register("often", every=lambda: 60.0)(lambda: ticks.append("often"))
    call_command("run_ticks")
    call_command("run_ticks")
    assert ticks == ["often"]
    assert capsys.readouterr().out == "often\nNothing is due.\n"
