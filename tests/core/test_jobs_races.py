"""Two at once, on a database with row locks: SQLite lets nobody be second."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from core import jobs, notices
from core.jobs import lease
from core.jobs.enums import JobState
from core.jobs.models import Job
from core.jobs.services import cancel_job
from core.notices.models import Notice
from tests.core.jobs import JobFactory, kind
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that start together; what each returned."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture(autouse=True)
def code(monkeypatch):
    monkeypatch.setattr("core.jobs.bell.ring", lambda *call, line: None)
    with kind(lambda ctx: None) as code:
        yield code


def test_two_workers_claim_a_job_once():
    for _ in range(10):
        uuid = str(JobFactory().uuid)
        claims = at_once(*[lambda uuid=uuid: lease.claim(uuid)] * 4)
        assert sum(claim is not None for claim in claims) == 1
        assert Job.objects.get(uuid=uuid).attempts == 1


def test_two_clicks_make_one_job(code):
    for _ in range(10):
        owner = UserFactory()
        made = at_once(*[lambda owner=owner: jobs.enqueue(code, owner=owner, params={"a": 1})] * 4)
        assert len({job.pk for job in made}) == 1
        assert Job.objects.filter(owner=owner).count() == 1


def test_cancel_and_claim_do_not_both_win():
    for _ in range(10):
        job = JobFactory()
        uuid = str(job.uuid)
        claimed, _cancelled = at_once(
            lambda uuid=uuid: lease.claim(uuid), lambda job=job: cancel_job(job_id=job.pk, actor=job.owner)
        )
        job.refresh_from_db()
        if claimed is None:
            assert (job.state, job.attempts) == (JobState.CANCELLED, 0)
        else:
            assert (job.state, job.cancel_requested) == (JobState.RUNNING, True)


def test_a_person_is_told_once_by_two_at_once():
    people, target = UserFactory.create_batch(5), JobFactory()

    def tell(order):
        notices.after_commit("job_failed", recipients=order, target=target, params={"kind": "x"}, dedupe="d")

    for dedupe_round in range(5):
        Notice.objects.all().delete()
        at_once(lambda: tell(people), lambda: tell(people[::-1]))
        assert Notice.objects.count() == 5, dedupe_round
