"""The job row, which *is* the job, and the marks of the regular ticks."""

import logging
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.clock import real_now
from core.jobs.enums import LIVE, JobState, Queue
from core.jobs.failures import general_text
from core.jobs.kinds import KINDS

log = logging.getLogger(__name__)


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: Any) -> Self:
        """A file belongs to whoever asked for it: nobody else sees the row."""
        return self.filter(owner_id=user.pk) if user.is_authenticated else self.none()

    def supervised_by(self, user: Any) -> Self:
        """All rows for administrators, who watch kinds and states, never content; none for others."""
        return self.all() if user.is_authenticated and user.is_administrator else self.none()

    def for_rows(self) -> Self:
        """The newest first, with the file each row tells the size of."""
        return self.select_related("result").order_by("-pk")

    def live(self) -> Self:
        return self.filter(state__in=LIVE)


class Job(models.Model):
    """One thing to make or do in the background.

    Nothing but conditional updates writes the state: each names the state and the lease it starts
    from, and counts the rows it changed, so of two writers one learns that it came too late. That
    stands in for the `version` of other records.
    """

    uuid = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    params_hash = models.CharField(max_length=64)
    labels = models.JSONField(default=dict)  # names as they stood when asked, for the line under the title
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs")
    language = models.CharField(max_length=5)
    queue = models.CharField(max_length=20, choices=Queue.choices, default=Queue.REPORTS)
    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    lease_owner = models.CharField(max_length=120, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)  # never goes back, whatever an attempt repeats
    step = models.CharField(max_length=200, blank=True)
    cancel_requested = models.BooleanField(default=False)
    error_code = models.CharField(max_length=40, blank=True)
    error_params = models.JSONField(default=dict)
    result = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="made_by_jobs"
    )
    expires = models.DateTimeField(null=True, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=real_now)
    rung_at = models.DateTimeField(default=real_now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("file being made")
        constraints = [
            models.UniqueConstraint(
                fields=("owner", "kind", "params_hash"), condition=Q(state__in=LIVE), name="jobs_one_live_twin"
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | Q(lease_until__isnull=False), name="jobs_running_has_lease"
            ),
        ]
        indexes = [
            models.Index(fields=("state", "queue", "created_at"), name="jobs_waiting"),
            models.Index(fields=("state", "lease_until"), name="jobs_leases"),
            models.Index(fields=("owner", "-id"), name="jobs_of_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"

    @property
    def title(self) -> str:
        """The name of the kind; the bare code if no such kind is made any more."""
        return str(KINDS[self.kind].title) if self.kind in KINDS else self.kind

    @property
    def scope(self) -> str:
        """The sentence under the title: of what, for whom, since when."""
        if self.kind not in KINDS:
            return ""
        try:
            return KINDS[self.kind].describe(self)
        except (LookupError, TypeError, ValueError):
            # A row outlives the version of the code that wrote its parameters; the list must still show.
            log.warning("Job %s cannot be described", self.pk, extra={"job": self.pk, "kind": self.kind})
            return ""

    @property
    def state_member(self) -> JobState:
        return JobState(self.state)

    @property
    def general_reason(self) -> str:
        """Why it failed, in words that say nothing of the content: for administrators."""
        return general_text(self) if self.error_code else ""

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    def may_be_had_by(self, user: Any) -> bool:
        """Whether `user` owns it and still has the right to what it holds."""
        return user.pk == self.owner_id and self.kind in KINDS and KINDS[self.kind].allows(user)


class TickMark(models.Model):
    """When a regular task is due again; claiming it is moving `next_at`, so only one worker does it."""

    name = models.CharField(max_length=60, unique=True)
    next_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
