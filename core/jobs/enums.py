"""Where a job can stand, and which line it waits in."""

from django.db import models
from django.utils.translation import pgettext_lazy


class JobState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("job", "Waiting")
    RUNNING = "running", pgettext_lazy("job", "Being made")
    SUCCEEDED = "succeeded", pgettext_lazy("job", "Done")
    FAILED = "failed", pgettext_lazy("job", "Could not be made")
    CANCELLED = "cancelled", pgettext_lazy("job", "Cancelled")
    EXPIRED = "expired", pgettext_lazy("job", "No longer kept")


LIVE = (JobState.QUEUED, JobState.RUNNING)
REPEATABLE = (JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED)


class Queue(models.TextChoices):
    """Lines of the broker; one worker may serve all of them, or one line each."""

    INTERACTIVE = "interactive", pgettext_lazy("job line", "Answers somebody waits for")
    REPORTS = "reports", pgettext_lazy("job line", "Files")
    MAIL = "mail", pgettext_lazy("job line", "Mail")
    MAINTENANCE = "maintenance", pgettext_lazy("job line", "Upkeep")


class Failure(models.TextChoices):
    """Why a job failed, as stored; the words are in `core.jobs.failures`."""

    REPORTED = "reported"  # the kind itself said why: jobs.ReportError
    UNEXPECTED = "unexpected"
    POISON = "poison"
    DEADLINE = "deadline"
    RIGHT_LOST = "right_lost"
    NO_SPACE = "no_space"
    UNKNOWN_KIND = "unknown_kind"
