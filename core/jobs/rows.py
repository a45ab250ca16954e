"""A job as its owner sees it: one line of "My files"."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.clock import ZONE, real_now
from core.jobs.enums import REPEATABLE, JobState
from core.jobs.failures import failure_link, failure_text
from core.jobs.kinds import KINDS
from core.jobs.models import Job
from core.text import format_date, format_number

LONG_WAIT_SECONDS = 30
LEAST_PERCENT = 5  # below it, a guess at the time left is worth nothing


@dataclass
class JobRow:
    """What the template shows; nothing here asks the database."""

    job: Job
    user: Any
    now: datetime

    @property
    def state(self) -> JobState:
        return JobState.EXPIRED if self.is_past else JobState(self.job.state)

    @property
    def is_past(self) -> bool:
        """Past its date, whether or not the tick has written so already."""
        expires = self.job.expires
        return self.job.state == JobState.SUCCEEDED and expires is not None and expires <= self.now

    @property
    def is_queued(self) -> bool:
        return self.job.state == JobState.QUEUED

    @property
    def is_running(self) -> bool:
        return self.job.state == JobState.RUNNING

    @property
    def icon(self) -> str:
        return KINDS[self.job.kind].icon if self.job.kind in KINDS else "file"

    @cached_property
    def allowed(self) -> bool:
        return self.job.may_be_had_by(self.user)

    @property
    def can_fetch(self) -> bool:
        return self.state == JobState.SUCCEEDED and self.job.result_id is not None and self.allowed

    @property
    def can_cancel(self) -> bool:
        return self.job.is_live and not self.job.cancel_requested

    @property
    def can_retry(self) -> bool:
        return self.state in REPEATABLE and self.allowed

    @property
    def reason(self) -> str:
        if self.state == JobState.SUCCEEDED and not self.allowed:
            return _("The account no longer has the right to this file.")
        return failure_text(self.job)

    @property
    def link(self) -> tuple[str, str] | None:
        return failure_link(self.job)

    @property
    def asked(self) -> str:
        """When it was asked for, by the machine's clock: 08:12 today, 08:12 12/07/2024."""
        local = self.job.created_at.astimezone(ZONE)
        if local.date() == self.now.astimezone(ZONE).date():
            return _("%(time)s today") % {"time": f"{local:%H:%M}"}
        return f"{local:%H:%M} {format_date(local.date())}"

    @property
    def waits_long(self) -> bool:
        return self.is_queued and (self.now - self.job.created_at).total_seconds() > LONG_WAIT_SECONDS

    @property
    def time_left(self) -> str:
        """A guess from the pace so far; none at the start, nor after a second start."""
        job = self.job
        if not self.is_running or job.attempts != 1 or job.started_at is None or job.percent < LEAST_PERCENT:
            return ""
        spent = (self.now - job.started_at).total_seconds()
        return _("about %(span)s left") % {"span": span_words(spent * (100 - job.percent) / job.percent)}

    @property
    def size(self) -> str:
        """412 KB, 1,2 MB; nothing without a file."""
        if self.job.result is None:
            return ""
        kilobytes = max(1, round(self.job.result.size / 1024))
        return f"{format_number(kilobytes)} KB" if kilobytes < 1024 else megabytes(self.job.result.size)


def span_words(seconds: float) -> str:
    """A length of time in its largest unit: 45 seconds, 12 minutes, 3 hours, 2 days."""
    whole = max(1, round(seconds))
    if whole < 60:
        return ngettext("%(count)s second", "%(count)s seconds", whole) % {"count": whole}
    if whole < 3600:
        return ngettext("%(count)s minute", "%(count)s minutes", whole // 60) % {"count": whole // 60}
    if whole < 86400:
        return ngettext("%(count)s hour", "%(count)s hours", whole // 3600) % {"count": whole // 3600}
    return ngettext("%(count)s day", "%(count)s days", whole // 86400) % {"count": whole // 86400}


def megabytes(size: int) -> str:
    tenths = round(size * 10 / 1024**2)
    return f"{tenths // 10},{tenths % 10} MB"


def row_of(job: Job, user: Any) -> JobRow:
    return JobRow(job, user, real_now())


def rows_of(user: Any, *, limit: int | None = None) -> list[JobRow]:
    """The newest of `user`'s jobs, for "My files" and for pages that show it beside their own matter."""
    jobs = Job.objects.visible_to(user).for_rows()
    return [row_of(job, user) for job in (jobs[:limit] if limit else jobs)]
