"""The ticks of this room: what a dead worker, a lost message or a passed date left undone."""

from datetime import timedelta

from django.conf import settings

from core import audit, files
from core.clock import real_now
from core.jobs.enums import JobState
from core.jobs.models import Job
from core.jobs.services import requeue_lost, ring_again
from core.jobs.tick import register
from core.jobs.workshop import sweep_workshops

BATCH = 200
HOUR = 3600.0


def reaper_seconds() -> float:
    return float(settings.JOB_REAPER_SECONDS)


@register("jobs.reap", every=reaper_seconds)
def reap() -> None:
    """Requeue jobs whose lease ran out; ring again for jobs that nobody came for."""
    now = real_now()
    lost = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now).select_related("owner")
    for job in lost.order_by("lease_until")[:BATCH]:
        requeue_lost(job)
    # Not at each tick: while all workers are busy, each call would pile up in the broker.
    unheard = now - timedelta(seconds=4 * settings.JOB_REAPER_SECONDS)
    waiting = Job.objects.filter(state=JobState.QUEUED, rung_at__lt=unheard)
    for job in waiting.order_by("created_at")[:BATCH]:
        ring_again(job)


@register("jobs.expire", every=reaper_seconds)
def expire() -> None:
    """Results past their date are no longer offered; the files' own sweep takes the bytes."""
    Job.objects.filter(state=JobState.SUCCEEDED, expires__lte=real_now()).update(state=JobState.EXPIRED)


@register("audit.seal", every=reaper_seconds)
def seal() -> None:
    audit.seal()


@register("files.sweep", every=lambda: HOUR)
def sweep() -> None:
    """Drop expired and abandoned files, and the folders of killed attempts."""
    files.sweep()
    sweep_workshops()
