"""Invariants of this room: state, lease, result and trail of a job agree."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.audit.models import Entry
from core.clock import real_now
from core.files.enums import FileState
from core.invariants import chunks, named, register, rows_of
from core.jobs.enums import LIVE, JobState
from core.jobs.models import Job

ENDED = (JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED)


@register("jobs.lease", _("Only a running job has a lease, and no lease ran out long ago"))
def lease() -> Iterator[str]:
    """A lease some reaper rounds old means that no worker ticks; on a stopped system that is a fault too."""
    long_ago = real_now() - timedelta(seconds=settings.JOB_LEASE_SECONDS + 20 * settings.JOB_REAPER_SECONDS)
    held = Q(lease_until__isnull=False) | ~Q(lease_owner="")
    empty = Q(lease_until__isnull=True) | Q(lease_owner="")
    wrong = Q(state=JobState.RUNNING) & (empty | Q(lease_until__lt=long_ago)) | ~Q(state=JobState.RUNNING) & held
    for pk, state in rows_of(Job.objects.filter(wrong).order_by("pk"), "pk", "state"):
        yield named(Job, pk, state)


@register("jobs.end", _("An ended job has its time, a live one has not; no more attempts than allowed"))
def end() -> Iterator[str]:
    wrong = (
        Q(state__in=ENDED, finished_at__isnull=True)
        | Q(state__in=LIVE, finished_at__isnull=False)
        | Q(attempts__gt=F("max_attempts"))
        | Q(state=JobState.FAILED, error_code="")
        | Q(state=JobState.SUCCEEDED) & (~Q(error_code="") | ~Q(percent=100))
    )
    for pk, state in rows_of(Job.objects.filter(wrong).order_by("pk"), "pk", "state"):
        yield named(Job, pk, state)


@register("jobs.result", _("A file is offered only by a job that succeeded, and is there until its day"))
def result() -> Iterator[str]:
    now = real_now()
    offered = Q(state=JobState.SUCCEEDED, result__isnull=False) & (Q(expires__isnull=True) | Q(expires__gt=now))
    wrong = offered & ~Q(result__state=FileState.READY) | Q(result__isnull=False) & ~Q(
        state__in=(JobState.SUCCEEDED, JobState.EXPIRED)
    )
    for pk, state in rows_of(Job.objects.filter(wrong).order_by("pk"), "pk", "state"):
        yield named(Job, pk, state)


@register("jobs.trail", _("Each ended job stands in the audit trail under the state it ended in"))
def trail() -> Iterator[str]:
    ended = Job.objects.filter(state__in=ENDED).order_by("pk")
    for chunk in chunks(rows_of(ended, "pk", "state")):
        entries = Entry.objects.filter(
            subject_type=Job._meta.label_lower, subject_id__in=[str(pk) for pk, _state in chunk],
            action__in=[f"job.{state.value}" for state in ENDED],
        )  # fmt: skip
        said = dict(entries.order_by("pk").values_list("subject_id", "action"))
        for pk, state in chunk:
            # The end of keeping is nobody's deed: such a job succeeded once.
            ended_as = JobState.SUCCEEDED if state == JobState.EXPIRED else state
            if said.get(str(pk)) != f"job.{ended_as}":
                yield named(Job, pk, state)
