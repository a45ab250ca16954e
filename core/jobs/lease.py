"""Taking a job, keeping it, giving it back, ending it: conditional updates and nothing else.

Each update names the state and the lease it starts from. Zero rows changed means that the job went to
somebody else meanwhile; the caller then keeps nothing of what it made.
"""

import os
import socket
import uuid as uuids
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest

from core import audit
from core.clock import real_now
from core.files.models import StoredFile
from core.jobs.enums import JobState
from core.jobs.hooks import on_finished
from core.jobs.models import Job


def new_token() -> str:
    """A name for one attempt; two attempts of one process differ."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{uuids.uuid4().hex[:12]}"


def lease_end() -> Any:
    return real_now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def mine(token: str) -> Q:
    """The fence: the row is still this attempt's."""
    return Q(state=JobState.RUNNING, lease_owner=token)


def claim(uuid: str) -> Job | None:
    """Take the job if it waits; None if it does not. The attempt is counted before the work begins.

    A poisoned job would otherwise be started for ever, since it never lives to count.
    """
    token = new_token()
    taken = Job.objects.filter(uuid=uuid, state=JobState.QUEUED, attempts__lt=F("max_attempts")).update(
        state=JobState.RUNNING,
        attempts=F("attempts") + 1,
        lease_owner=token,
        lease_until=lease_end(),
        started_at=real_now(),
        step="",
    )
    if not taken:
        return None
    return Job.objects.select_related("owner").get(uuid=uuid, lease_owner=token)


def give_back(job: Job, where: Q) -> bool:
    """Let the job wait again, unless somebody has asked to cancel it; False if it was not ours to give."""
    given = Job.objects.filter(where, pk=job.pk, cancel_requested=False).update(
        state=JobState.QUEUED, lease_owner="", lease_until=None, rung_at=real_now()
    )
    return bool(given)


@transaction.atomic
def settle(
    job: Job,
    *,
    to: JobState,
    where: Q,
    actor: Any,
    code: str = "",
    params: dict[str, Any] | None = None,
    result: StoredFile | None = None,
    apply: Callable[[], object] | None = None,
    count: int = 0,
) -> bool:
    """End the job if the row still fulfils `where`; False, and nothing written, if it does not.

    State, effect, audit entry and whatever hangs on `on_finished` are one transaction.
    """
    before = job.state
    values: dict[str, Any] = {
        "state": to, "finished_at": real_now(), "lease_owner": "", "lease_until": None, "step": "",
        "error_code": code, "error_params": params or {},
    }  # fmt: skip
    if to == JobState.SUCCEEDED:
        values |= {"percent": 100, "result": result, "expires": result.expires if result else None}
        values |= {"done": Greatest(F("done"), count), "total": Coalesce("total", count)}
    if not Job.objects.filter(where, pk=job.pk).update(**values):
        return False
    if apply is not None:
        apply()
    # A copy: if all this is rolled back, the caller still knows its lease.
    ended = Job.objects.get(pk=job.pk)
    audit.record(f"job.{to.value}", actor=actor, subject=ended, changes={"state": [before, to.value]}, reason=code)
    for hook in on_finished:
        hook(ended)
    return True
