"""Work in the background: a Job row *is* the job, Celery only wakes somebody to do it.

``from core import jobs`` is the door of this room. The functions import their modules when called:
services of other apps import this package while Django is still loading its models.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from core.jobs.errors import (
    BeingCancelled,
    Cancelled,
    DeadlineReached,
    LeaseLost,
    OwnerLostRight,
    ReportError,
    Stop,
)
from core.jobs.hooks import on_finished
from core.jobs.kinds import KINDS, JobResult, Kind, register

if TYPE_CHECKING:
    from core.jobs.models import Job

# Pages that ask by themselves: they must not count as the person's activity (decision 14).
POLL_URL_NAMES = frozenset({"jobs:row"})

__all__ = [
    "KINDS",
    "POLL_URL_NAMES",
    "BeingCancelled",
    "Cancelled",
    "DeadlineReached",
    "JobResult",
    "Kind",
    "LeaseLost",
    "OwnerLostRight",
    "ReportError",
    "Stop",
    "enqueue",
    "health",
    "on_finished",
    "register",
]


def enqueue(
    kind: str,
    *,
    owner: Any,
    params: Mapping[str, Any],
    queue: str = "reports",
    labels: Mapping[str, str] | None = None,
) -> "Job":
    """Put a job in line, in the caller's transaction; workers hear of it when that commits.

    While the same owner has the same kind with the same `params` waiting or running, that job is
    returned instead of a second one. `params` is plain JSON; `labels` are names for the line under the
    title, kept as they stand now. Raises KeyError for an unknown kind, NotAllowed if the owner lacks the
    kind's permission, BeingCancelled if the twin is just being cancelled.
    """
    from core.jobs.services import enqueue_job  # noqa: PLC0415 -- models load later

    return enqueue_job(kind, owner=owner, params=params, queue=queue, labels=labels)


def health() -> dict[str, float | None]:
    """`oldest_queued_seconds` and `last_tick_seconds`, each None where there is nothing to measure."""
    from core.jobs.queries import health_figures  # noqa: PLC0415 -- models load later

    return health_figures()
