"""Asking for a job: one row, one twin, one call on commit."""

import pytest

from core import jobs
from core.errors import NotAllowed, WrongState
from core.jobs import bell
from core.jobs.enums import JobState
from core.jobs.models import Job
from core.jobs.services import cancel_job, params_hash, retry_job
from tests.core.jobs import JobFactory, kind
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def code():
    with kind(lambda ctx: None, describe=lambda job: f"{job.labels['unit']}, {job.params['year']}") as code:
        yield code


@pytest.fixture
def calls(monkeypatch):
    """Every call the bell was given instead of ringing."""
    made = []
    monkeypatch.setattr(bell, "ring", lambda *call, line: made.append((*call, line)))
    return made


def test_enqueue_writes_a_waiting_row_with_what_it_needs(code):
    owner = UserFactory()
    job = jobs.enqueue(code, owner=owner, params={"year": 2024}, queue="interactive", labels={"unit": "xã Phú Tân"})
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.attempts, job.queue, job.language) == (JobState.QUEUED, 0, "interactive", "vi")
    assert (job.title, job.scope) == ("Tổng hợp kết quả", "xã Phú Tân, 2024")


def test_enqueue_rings_once_and_only_on_commit(code, calls, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue(code, owner=UserFactory(), params={})
        assert calls == []
    assert calls == [("core.jobs.tasks.run_job", str(job.uuid), "reports")]


def test_enqueue_returns_the_twin_while_it_lives(code, calls, django_capture_on_commit_callbacks):
    owner = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        first = jobs.enqueue(code, owner=owner, params={"a": 1, "b": 2})
        second = jobs.enqueue(code, owner=owner, params={"b": 2, "a": 1}, labels={"unit": "x"})
    assert first == second
    assert len(calls) == 1
    assert jobs.enqueue(code, owner=owner, params={"a": 2}) != first
    assert jobs.enqueue(code, owner=UserFactory(), params={"a": 1, "b": 2}) != first


def test_enqueue_starts_anew_when_the_twin_has_ended(code):
    owner = UserFactory()
    first = jobs.enqueue(code, owner=owner, params={})
    Job.objects.update(state=JobState.SUCCEEDED)
    assert jobs.enqueue(code, owner=owner, params={}) != first


def test_enqueue_says_when_the_twin_is_just_being_cancelled(code):
    owner = UserFactory()
    jobs.enqueue(code, owner=owner, params={})
    Job.objects.update(cancel_requested=True)
    with pytest.raises(jobs.BeingCancelled):
        jobs.enqueue(code, owner=owner, params={})


def test_enqueue_meets_a_twin_that_it_did_not_see(code, monkeypatch):
    """The race of two clicks: the second looks before the first has committed, then meets its row."""
    owner = UserFactory()
    first = jobs.enqueue(code, owner=owner, params={})
    seen = []
    first_of = type(Job.objects.all()).first

    def blind_once(rows):
        seen.append(rows)
        return None if len(seen) == 1 else first_of(rows)

    monkeypatch.setattr(type(Job.objects.all()), "first", blind_once)
    assert jobs.enqueue(code, owner=owner, params={}) == first
    assert Job.objects.count() == 1


def test_enqueue_refuses_without_the_right():
    with kind(lambda ctx: None, permission="reports.never_granted") as code, pytest.raises(NotAllowed):
        jobs.enqueue(code, owner=UserFactory(), params={})
    assert not Job.objects.exists()


def test_enqueue_refuses_an_account_that_is_shut_out(code):
    with pytest.raises(NotAllowed):
        jobs.enqueue(code, owner=UserFactory(is_active=False), params={})


def test_enqueue_refuses_an_unknown_kind():
    with pytest.raises(KeyError):
        jobs.enqueue("nobody.knows", owner=UserFactory(), params={})


@pytest.mark.parametrize("bad", [{"day": object()}, {"number": float("nan")}])
def test_params_must_be_plain_json(bad):
    with pytest.raises((TypeError, ValueError)):
        params_hash(bad)


def test_cancel_ends_a_waiting_job_at_once():
    job = JobFactory()
    with kind(lambda ctx: None):
        cancel_job(job_id=job.pk, actor=job.owner)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert job.finished_at is not None


def test_cancel_asks_a_running_job_to_stop():
    job = JobFactory(state=JobState.RUNNING, lease_owner="w", lease_until="2030-01-01T00:00Z")
    with kind(lambda ctx: None):
        cancel_job(job_id=job.pk, actor=job.owner)
    job.refresh_from_db()
    assert (job.state, job.cancel_requested) == (JobState.RUNNING, True)


def test_cancel_of_an_ended_job_says_so():
    job = JobFactory(state=JobState.SUCCEEDED)
    with kind(lambda ctx: None), pytest.raises(WrongState):
        cancel_job(job_id=job.pk, actor=job.owner)


def test_nobody_cancels_or_repeats_the_job_of_another():
    job = JobFactory(state=JobState.FAILED)
    with kind(lambda ctx: None):
        with pytest.raises(Job.DoesNotExist):
            cancel_job(job_id=job.pk, actor=UserFactory(is_administrator=True))
        with pytest.raises(Job.DoesNotExist):
            retry_job(job_id=job.pk, actor=UserFactory())


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED])
def test_retry_asks_for_the_same_once_more(code, state):
    owner = UserFactory()
    old = jobs.enqueue(code, owner=owner, params={"year": 2024}, labels={"unit": "Thuận Hòa"}, queue="interactive")
    Job.objects.update(state=state)
    new = retry_job(job_id=old.pk, actor=owner)
    assert new.pk != old.pk
    assert (new.params, new.labels, new.queue, new.state) == (old.params, old.labels, old.queue, JobState.QUEUED)


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING, JobState.SUCCEEDED])
def test_retry_refuses_what_is_there_or_under_way(code, state):
    job = JobFactory(state=state, lease_until="2030-01-01T00:00Z")
    with pytest.raises(WrongState):
        retry_job(job_id=job.pk, actor=job.owner)
