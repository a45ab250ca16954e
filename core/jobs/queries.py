"""Questions about the jobs as a whole."""

from django.db.models import Max, Min

from core.clock import real_now
from core.jobs.enums import JobState
from core.jobs.models import Job, TickMark


def health_figures() -> dict[str, float | None]:
    """See `core.jobs.health`."""
    now = real_now()
    oldest = Job.objects.filter(state=JobState.QUEUED).aggregate(at=Min("created_at"))["at"]
    ticked = TickMark.objects.aggregate(at=Max("finished_at"))["at"]
    return {
        "oldest_queued_seconds": (now - oldest).total_seconds() if oldest else None,
        "last_tick_seconds": (now - ticked).total_seconds() if ticked else None,
    }
