"""Asking for a report."""

from typing import Any

from django.db import transaction

from core import audit, jobs
from core.clock import real_now
from core.jobs.models import Job
from reports.base import Report
from reports.forms import ReportForm
from reports.registration import kind_of
from reports.running import NothingInside


@transaction.atomic
def request_report(*, report: Report, form: ReportForm, actor: Any) -> tuple[Job, bool]:
    """Put the making of `report` in line; the job, and whether it is new.

    `form` is valid and was built for `actor`. The same report with the same choices that already waits
    or runs is given back. Raises NotAllowed without the report's right, NothingInside if the file would
    hold nothing, BeingCancelled while the same file is being cancelled.
    """
    if reason := report.empty_reason(actor, form.cleaned_data):
        raise NothingInside(reason)
    before = real_now()
    scope = report.scope(form)
    job = jobs.enqueue(kind_of(report), owner=actor, params=form.stored(), labels={"scope": scope})
    is_new = job.created_at >= before
    if is_new:
        audit.record("report.requested", actor=actor, subject=job, changes={"scope": [None, scope]})
    return job, is_new
