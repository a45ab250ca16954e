"""Makes a report inside its job."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from core import jobs
from core.errors import ServiceError
from core.jobs.context import JobContext
from core.text.filenames import file_name
from reports.base import Report, ReportContext


class NothingInside(ServiceError):
    """The file would hold nothing; the words say why."""


def run_report(report: Report, job: JobContext) -> jobs.JobResult:
    """Make `report` from the job's stored choices, with the rights its owner has now.

    Raises ReportError if something chosen is no longer there or no longer the owner's to see, or if
    nothing would be in the file.
    """
    form = report.parameters.kept(job.params, job.owner)
    if not form.is_valid():
        raise jobs.ReportError(_("What was chosen is no longer there, or no longer within your scope. Choose again."))
    if reason := report.empty_reason(job.owner, form.cleaned_data):
        raise NothingInside(reason)
    context = ReportContext(job, form)
    path = job.temp_path(report.suffix)
    report.make(context, path)
    parts: Sequence[str] = report.file_parts(form.cleaned_data)
    name = file_name(report.file_stem or str(report.title), parts, context.day, report.suffix)
    return jobs.JobResult(path, name=name, mime=report.mime)
