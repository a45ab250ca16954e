"""One attempt at one job, from the claim to the fenced end."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.db.models import Q
from django.utils import translation

from core import clock, files
from core.db import read_snapshot
from core.errors import ServiceError
from core.files.models import StoredFile
from core.jobs import lease
from core.jobs.context import JobContext
from core.jobs.enums import Failure, JobState
from core.jobs.errors import Cancelled, DeadlineReached, LeaseLost, OwnerLostRight, stored_words
from core.jobs.heartbeat import Heartbeat, Progress
from core.jobs.kinds import KINDS, JobResult, Kind
from core.jobs.models import Job
from core.jobs.workshop import workshop
from core.log import request_id

log = logging.getLogger(__name__)


def run(uuid: str) -> None:
    """Make the job if it still waits; a second delivery of the same call finds nothing to do."""
    job = lease.claim(uuid)
    if job is None:
        return
    with in_place_of_owner(job):
        log.info("Job %s started, attempt %s", job.pk, job.attempts, extra={"job": job.pk, "kind": job.kind})
        try:
            make(job)
        except Exception as error:  # noqa: BLE001 -- each has its ending in `end_badly`, none is dropped
            end_badly(job, error)


@contextmanager
def in_place_of_owner(job: Job) -> Iterator[None]:
    """The owner's language and business day, and the log number of the request that asked."""
    day = job.owner.working_day if settings.DEMO or settings.MODE == "test" else None
    token = request_id.set(job.request_id)
    try:
        with translation.override(job.language), clock.on_day(day):
            yield
    finally:
        request_id.reset(token)


def make(job: Job) -> None:
    """Run the kind and end the job well. Raises whatever stopped it."""
    if job.kind not in KINDS:
        raise UnknownKindError(job.kind)
    kind = KINDS[job.kind]
    if not kind.allows(job.owner):
        raise OwnerLostRight
    progress = Progress()
    with workshop(job) as folder, Heartbeat(job, progress, kind.allows) as heartbeat:
        made = call(kind, JobContext(job, folder, progress, heartbeat)) or JobResult()
        heartbeat.check()
        stored = store(job, made)
        heartbeat.end()
        end_well(job, made, stored, progress.done)


class UnknownKindError(Exception):
    """The row names a kind that this version does not know."""


def call(kind: Kind, context: JobContext) -> JobResult | None:
    with read_snapshot() if kind.snapshot else nullcontext():
        return kind.run(context)


def store(job: Job, made: JobResult) -> StoredFile | None:
    """Keep the file until it expires; its checksum is taken on the way."""
    if made.path is None:
        return None
    expires = clock.real_now() + timedelta(days=settings.JOB_RESULT_DAYS)
    return files.store_path(made.path, name=made.name, mime=made.mime, owner=job.owner, expires=expires)


def end_well(job: Job, made: JobResult, stored: StoredFile | None, count: int) -> None:
    """The fenced final write. Raises Cancelled or LeaseLost if it came too late; then the file goes."""
    done = False
    try:
        done = lease.settle(
            job,
            to=JobState.SUCCEEDED,
            where=lease.mine(job.lease_owner) & Q(cancel_requested=False),
            actor=job.owner,
            result=stored,
            apply=made.apply,
            count=count,
        )
    finally:
        if not done and stored is not None:
            discard(stored)
    if done:
        log.info("Job %s is done", job.pk, extra={"job": job.pk, "kind": job.kind})
        return
    cancelled = Job.objects.filter(lease.mine(job.lease_owner), pk=job.pk, cancel_requested=True).exists()
    raise Cancelled if cancelled else LeaseLost


def discard(stored: StoredFile) -> None:
    """Let the sweep take a file that no job may keep."""
    StoredFile.objects.filter(pk=stored.pk).update(expires=clock.real_now())


def end_badly(job: Job, error: Exception) -> None:
    """The ending that belongs to `error`."""
    extra = {"job": job.pk, "kind": job.kind}
    where = lease.mine(job.lease_owner)
    if isinstance(error, LeaseLost):
        log.warning("Job %s went to another worker; what this one made is dropped", job.pk, extra=extra)
        return
    if may_pass(error) and job.attempts < job.max_attempts:
        log.warning("Job %s waits again, the database failed: %s", job.pk, error, extra=extra)
        if lease.give_back(job, where):
            return
    if isinstance(error, Cancelled):
        lease.settle(job, to=JobState.CANCELLED, where=where, actor=job.owner)
        return
    code, params = failure_of(error)
    if code == Failure.UNEXPECTED:
        log.error("Job %s failed", job.pk, exc_info=error, extra=extra)
    else:
        log.warning("Job %s failed: %s", job.pk, code, extra=extra)
    lease.settle(job, to=JobState.FAILED, where=where, actor=job.owner, code=code, params=params)


def may_pass(error: Exception) -> bool:
    """Whether the database was away or busy. SQLite says so by the same class when a snapshot is written to."""
    written_to = getattr(error.__cause__, "sqlite_errorname", "").startswith("SQLITE_READONLY")
    return isinstance(error, (OperationalError, InterfaceError)) and not written_to


GENERAL: tuple[tuple[tuple[type[Exception], ...], Failure], ...] = (
    ((DeadlineReached, SoftTimeLimitExceeded), Failure.DEADLINE),
    ((OwnerLostRight, PermissionDenied), Failure.RIGHT_LOST),
    ((UnknownKindError,), Failure.UNKNOWN_KIND),
    ((files.NotStored,), Failure.NO_SPACE),
)


def failure_of(error: Exception) -> tuple[str, dict[str, Any]]:
    """(code, what the row keeps beside it)."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Failure.NO_SPACE, {}
    for types, code in GENERAL:
        if isinstance(error, types):
            return code, {}
    if isinstance(error, ServiceError):
        return Failure.REPORTED, stored_words(error)
    return Failure.UNEXPECTED, {}
