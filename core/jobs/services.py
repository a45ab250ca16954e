"""Asking for a job, cancelling it, making it again."""

import hashlib
import json
import uuid as uuids
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.clock import real_now
from core.errors import NotAllowed, WrongState
from core.jobs import bell, lease
from core.jobs.enums import REPEATABLE, Failure, JobState, Queue
from core.jobs.errors import BeingCancelled
from core.jobs.kinds import KINDS
from core.jobs.models import Job
from core.log import request_id

RUN_TASK = "core.jobs.tasks.run_job"


def params_hash(params: Mapping[str, Any]) -> str:
    """The same for the same parameters in whatever order. Raises TypeError for what JSON cannot hold."""
    text = json.dumps(params, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def enqueue_job(
    kind: str,
    *,
    owner: Any,
    params: Mapping[str, Any],
    queue: str = Queue.REPORTS,
    labels: Mapping[str, str] | None = None,
) -> Job:
    """See `core.jobs.enqueue`."""
    if not KINDS[kind].allows(owner):
        raise NotAllowed(KINDS[kind].permission)
    digest = params_hash(params)
    twins = Job.objects.live().filter(owner=owner, kind=kind, params_hash=digest)
    for _try in range(3):
        if twin := twins.first():
            if twin.cancel_requested:
                raise BeingCancelled
            return twin
        try:
            with transaction.atomic():
                return put_in_line(
                    Job(
                        uuid=uuids.uuid4(), kind=kind, params=dict(params), params_hash=digest, owner=owner,
                        labels=dict(labels or {}), language=get_language() or owner.language, queue=Queue(queue),
                        max_attempts=settings.JOB_MAX_ATTEMPTS, request_id=request_id.get(),
                    )
                )  # fmt: skip
        except IntegrityError:
            # Somebody, most often the same finger, asked for the same in the same moment.
            continue
    raise BeingCancelled


def put_in_line(job: Job) -> Job:
    job.save(force_insert=True)
    ring_on_commit(job)
    return job


def ring_on_commit(job: Job) -> None:
    uuid, line = str(job.uuid), str(job.queue)
    transaction.on_commit(lambda: bell.ring(RUN_TASK, uuid, line=line), robust=True)


@transaction.atomic
def cancel_job(*, job_id: int, actor: Any) -> Job:
    """Cancel a waiting job at once; ask a running one to stop at its next checkpoint.

    Raises Job.DoesNotExist for somebody else's job, WrongState if it has ended meanwhile.
    """
    job = Job.objects.visible_to(actor).get(pk=job_id)
    if lease.settle(job, to=JobState.CANCELLED, where=Q(state=JobState.QUEUED), actor=actor):
        job.refresh_from_db()
        return job
    if not Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_requested=True):
        raise WrongState(_("It has ended already."))
    job.refresh_from_db()
    return job


@transaction.atomic
def retry_job(*, job_id: int, actor: Any) -> Job:
    """Ask once more for what a job that ended without a file was to make; the new row.

    Raises Job.DoesNotExist for somebody else's job, WrongState if its file is there or being made,
    NotAllowed if the right is gone.
    """
    job = Job.objects.visible_to(actor).get(pk=job_id)
    if job.state not in REPEATABLE or job.kind not in KINDS:
        raise WrongState(_("This file cannot be made again from here."))
    return enqueue_job(job.kind, owner=actor, params=job.params, queue=job.queue, labels=job.labels)


def requeue_lost(job: Job) -> None:
    """Bring a job whose worker is gone to an end or back into line; nothing if somebody was faster."""
    lost = Q(state=JobState.RUNNING, lease_owner=job.lease_owner, lease_until__lt=real_now())
    if lease.settle(job, to=JobState.CANCELLED, where=lost & Q(cancel_requested=True), actor=job.owner):
        return
    if job.attempts >= job.max_attempts:
        lease.settle(job, to=JobState.FAILED, where=lost, actor=None, code=Failure.POISON)
    elif lease.give_back(job, lost):
        ring_on_commit(job)


def ring_again(job: Job) -> None:
    """Ring once more for a waiting job, unless another worker did so just now."""
    unheard = Job.objects.filter(pk=job.pk, state=JobState.QUEUED, rung_at=job.rung_at)
    if unheard.update(rung_at=real_now()):
        ring_on_commit(job)
