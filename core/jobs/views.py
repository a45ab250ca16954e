"""My files: asking, watching, fetching; and the administrators' view of all that waits."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import ListView, View

from core import files
from core.errors import ServiceError
from core.jobs.enums import JobState
from core.jobs.models import Job
from core.jobs.queries import health_figures
from core.jobs.rows import JobRow, row_of, span_words
from core.jobs.services import cancel_job, retry_job

STOP_POLLING = 286  # htmx's own status: swap, and ask no more
PER_PAGE = 20


class JobListView(LoginRequiredMixin, ListView):
    """The files one has asked for, the newest first."""

    template_name = "jobs/list.html"
    paginate_by = PER_PAGE

    def get_queryset(self) -> QuerySet[Job]:
        return Job.objects.visible_to(self.request.user).for_rows()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = [row_of(job, self.request.user) for job in context["object_list"]]
        return context | {"title": _("My files"), "rows": rows, "any_live": any(row.job.is_live for row in rows)}


class OwnJobView(LoginRequiredMixin, View):
    """Base: the job in the address, if it is one's own; else it is not there."""

    def job(self) -> Job:
        jobs = Job.objects.visible_to(self.request.user).select_related("result")
        return get_object_or_404(jobs, uuid=self.kwargs["uuid"])

    def back(self) -> HttpResponseRedirect:
        """To the page whose list was used, if that is one of ours."""
        wanted = self.request.POST.get("next", "")
        ours = url_has_allowed_host_and_scheme(wanted, {self.request.get_host()}, self.request.is_secure())
        return HttpResponseRedirect(wanted if ours else reverse("jobs:list"))


class JobRowView(OwnJobView):
    """One line, asked for again and again while the file is being made; such asking is no activity."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        row = row_of(self.job(), request.user)
        if not getattr(request, "htmx", False):
            return HttpResponseRedirect(reverse("jobs:list"))
        status = 200 if row.job.is_live else STOP_POLLING
        response = render(
            request, "jobs/_row_answer.html", {"row": row, "next": request.GET.get("next", "")}, status=status
        )
        response["Cache-Control"] = "no-store"
        return response


class JobDownloadView(OwnJobView):
    """The file, to its owner, who must still have the right, until its date."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponseBase:
        job = self.job()
        row = row_of(job, request.user)
        if not row.allowed:
            raise PermissionDenied
        if row.state == JobState.EXPIRED:
            return self.gone(row, "")
        if row.state != JobState.SUCCEEDED or job.result is None:
            raise Http404
        try:
            return files.download_response(job.result)
        except files.FileLost as error:
            return self.gone(row, str(error))

    def gone(self, row: JobRow, reason: str) -> HttpResponse:
        title = _("The file is no longer kept")
        return render(self.request, "jobs/gone.html", {"row": row, "reason": reason, "title": title}, status=410)


class JobCancelView(OwnJobView):
    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        try:
            job = cancel_job(job_id=self.job().pk, actor=request.user)
        except ServiceError as error:
            messages.warning(request, str(error))
            return self.back()
        if job.is_live:
            messages.info(request, _("“%(title)s” stops at its next step.") % {"title": job.title})
        else:
            messages.success(request, _("“%(title)s” is cancelled.") % {"title": job.title})
        return self.back()


class JobRetryView(OwnJobView):
    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        try:
            job = retry_job(job_id=self.job().pk, actor=request.user)
        except ServiceError as error:
            messages.warning(request, str(error))
            return self.back()
        messages.success(request, _("“%(title)s” is being made again.") % {"title": job.title})
        return self.back()


class JobOverviewView(LoginRequiredMixin, ListView):
    """All jobs, for administrators: kinds, states and times, never what they hold or are about."""

    template_name = "jobs/overview.html"
    paginate_by = PER_PAGE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not request.user.is_administrator:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Job]:
        jobs = Job.objects.supervised_by(self.request.user).select_related("owner")
        return jobs.defer("params", "labels", "error_params", "step").order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        spans = {name: span_words(age) for name, age in health_figures().items() if age is not None}
        return context | {"title": _("Files being made and waiting"), "spans": spans}
