"""The heartbeat of one attempt, on a database connection of its own.

The working thread may hold a read snapshot for minutes: it can neither write its progress nor see a
cancel request through it. This thread does both, in short statements, at most one a pulse.
"""

import contextvars
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connections, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from core.jobs.errors import Cancelled, DeadlineReached, LeaseLost, OwnerLostRight, Stop
from core.jobs.lease import lease_end, mine
from core.jobs.models import Job

log = logging.getLogger(__name__)

PULSE_SECONDS = 1.0  # how soon new progress is written, where beats are further apart


@dataclass
class Progress:
    """How far the work is; written by the working thread, read by the heartbeat."""

    done: int = 0
    total: int | None = None
    step: str = ""

    @property
    def percent(self) -> int:
        """Of the whole, at most 99: the last one is written with the result."""
        return min(99, self.done * 100 // self.total) if self.total else 0

    @property
    def mark(self) -> tuple[int, int | None, str]:
        return self.done, self.total, self.step


class Heartbeat:
    """Renews the lease, writes progress, and learns whether to stop."""

    def __init__(self, job: Job, progress: Progress, allows: Callable[[Any], bool]) -> None:
        self.job_id = job.pk
        self.owner_id = job.owner_id
        self.token = job.lease_owner
        self.progress = progress
        self.allows = allows
        self.stop_with: type[Stop] | None = None
        self.trouble: Exception | None = None
        self.started = self.renewed = time.monotonic()
        self.written = progress.mark
        self._over = threading.Event()
        self._thread = threading.Thread(
            # The clock's shift travels in the context: rights are asked on the owner's business day.
            target=contextvars.copy_context().run,
            args=(self._live,),
            name=f"heartbeat-{job.pk}",
            daemon=True,
        )

    def __enter__(self) -> Self:
        # Inside a transaction, as in a TestCase, no other connection would see the row.
        if not transaction.get_connection().in_atomic_block:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """Beat no more; a beat that hangs in the database is left to itself."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=settings.JOB_BEAT_SECONDS)

    def check(self) -> None:
        """Raise the order to stop, if there is one. Asks nothing of the database."""
        if self.trouble is not None:
            raise self.trouble
        if self.stop_with is not None:
            raise self.stop_with
        now = time.monotonic()
        if now - self.renewed > settings.JOB_LEASE_SECONDS:
            raise LeaseLost
        if now - self.started > settings.JOB_DEADLINE_SECONDS:
            raise DeadlineReached

    def beat(self) -> None:
        """Renew the lease with the progress so far; then read cancel and right as they stand now.

        Work that passed its deadline and never comes to a checkpoint is renewed no more: its lease runs
        out, and the reaper counts it as a broken attempt.
        """
        asked = time.monotonic()
        if asked - self.started > settings.JOB_DEADLINE_SECONDS + settings.JOB_LEASE_SECONDS:
            self.stop_with = DeadlineReached
            return
        mark, progress = self.progress.mark, self.progress
        kept = Job.objects.filter(mine(self.token), pk=self.job_id).update(
            lease_until=lease_end(),
            done=Greatest(F("done"), progress.done),
            total=progress.total,
            percent=Greatest(F("percent"), progress.percent),
            step=progress.step[:200],
        )
        if not kept:
            self.stop_with = LeaseLost
            return
        self.renewed, self.written = asked, mark
        if Job.objects.filter(pk=self.job_id, cancel_requested=True).exists():
            self.stop_with = Cancelled
            return
        owner = get_user_model()._default_manager.get(pk=self.owner_id)  # rights are cached on the object
        if not self.allows(owner):
            self.stop_with = OwnerLostRight

    def _live(self) -> None:
        pulse = min(settings.JOB_BEAT_SECONDS, PULSE_SECONDS)
        try:
            while self.stop_with is None and not self._over.wait(pulse):
                due = time.monotonic() - self.renewed >= settings.JOB_BEAT_SECONDS
                if due or self.progress.mark != self.written:
                    self._try_to_beat()
        finally:
            connections.close_all()

    def _try_to_beat(self) -> None:
        try:
            self.beat()
        except DatabaseError as error:
            # The database may be back for the next beat; if it is not, `check` lets the lease go.
            log.warning("A heartbeat of job %s failed: %s", self.job_id, error, extra={"job": self.job_id})
        except Exception as error:  # noqa: BLE001 -- raised again by the working thread, in `check`
            self.trouble = error
