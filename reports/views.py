"""The catalogue of reports: choose a report, choose its scope, press; one's files above."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import ServiceError, Text
from core.jobs.models import Job
from core.jobs.rows import rows_of
from core.ui.choices import SEARCH_BUTTON
from core.ui.views import PostPage
from reports.base import Report
from reports.callers import FROM, caller_name
from reports.enums import ReportGroup
from reports.forms import ReportForm
from reports.registration import REPORTS, open_to
from reports.services import request_report

SHOWN_FILES = 5
REFRESH = "_refresh"  # the button that applies a choice where there is no script


@dataclass(frozen=True)
class Card:
    """A report on the page."""

    report: Report
    chosen: bool
    url: str


@dataclass(frozen=True)
class Shelf:
    """A group of reports, or all of them, as a segment above the cards."""

    label: Text
    count: int
    url: str
    active: bool


class CataloguePage(PostPage):
    """The cards, the scope of the chosen report, and the newest files."""

    title = gettext_lazy("Reports")
    permission = "reports.run_report"
    template_name = "reports/catalogue.html"
    http_method_names = ["get", "head", "options"]

    def check_access(self) -> None:
        super().check_access()
        self.reports = open_to(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        report = self.chosen_report(request.GET)
        form = report.parameters.carried(request.GET, request.user) if report else None
        return self.render_to_response(self.get_context_data(report=report, form=form, query=request.GET))

    def shelf(self, query: QueryDict) -> str:
        group = query.get("group", "")
        return group if group in ReportGroup else ""

    def on_shelf(self, group: str) -> list[Report]:
        return [report for report in self.reports if not group or report.group == group]

    def chosen_report(self, query: QueryDict) -> Report | None:
        """The report named in the address, else the first of the shelf. None if there are none."""
        shown = self.on_shelf(self.shelf(query))
        return next((report for report in shown if report.code == query.get("report")), shown[0] if shown else None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report, form, query = kwargs["report"], kwargs["form"], kwargs.pop("query")
        group = self.shelf(query)
        files = rows_of(self.request.user, limit=SHOWN_FILES + 1)
        given: dict[str, Any] = {
            "group": group,
            "shelves": self.shelves(query, group),
            "cards": [Card(one, one is report, self.address(query, report=one.code)) for one in self.on_shelf(group)],
            "rows": files[:SHOWN_FILES],
            "more_files": len(files) > SHOWN_FILES,
            "caller": caller_name(query.get(FROM, "")),
            "caller_code": query.get(FROM, ""),
            "reset_url": self.reset_address(query, report, form),
            "here": self.address(query),
        }
        if report is not None:
            given |= self.act(report, form)
        return super().get_context_data(**{**given, **kwargs})

    def act(self, report: Report, form: ReportForm) -> dict[str, Any]:
        """The words of the button, or the reason why there is nothing to make."""
        if not form.is_complete:
            return {"act_label": report.act, "empty_reason": _("Choose the scope above first.")}
        if not form.is_valid():
            return {"act_label": report.act, "empty_reason": ""}
        return {
            "act_label": report.act_label(self.request.user, form.cleaned_data),
            "empty_reason": report.empty_reason(self.request.user, form.cleaned_data),
        }

    def shelves(self, query: QueryDict, group: str) -> list[Shelf]:
        """All, then each shelf that holds a report; none where one shelf holds them all."""
        counts = {shelf: len(self.on_shelf(shelf)) for shelf in ReportGroup}
        filled = [shelf for shelf, count in counts.items() if count]
        if len(filled) < 2:
            return []
        first = Shelf(_("All"), len(self.reports), self.address(query, group=""), not group)
        rest = [Shelf(one.label, counts[one], self.address(query, group=one), one == group) for one in filled]
        return [first, *rest]

    def address(self, query: QueryDict, **changes: str) -> str:
        """The catalogue as it stands, with some names changed."""
        kept = QueryDict(mutable=True)
        for name, values in query.lists():
            if not name.startswith("_") and name != "csrfmiddlewaretoken":
                kept.setlist(name, values)
        for name, value in changes.items():
            kept[name] = value
        pairs = kept.urlencode()
        return reverse("reports:catalogue") + (f"?{pairs}" if pairs else "")

    def reset_address(self, query: QueryDict, report: Report | None, form: ReportForm | None) -> str:
        """Where "Reset" leads; empty if the address carries no scope."""
        if report is None or form is None or not any(name in query for name in form.fields):
            return ""
        return self.address(QueryDict(mutable=True), report=report.code, group=self.shelf(query))


class RequestPage(CataloguePage):
    """Ask for a report. A refusal comes back on the same page, at its field."""

    http_method_names = ["post", "options"]

    def chosen_report(self, query: QueryDict) -> Report:
        """The report that was sent. Raises Http404 for one that does not exist, PermissionDenied for a closed one."""
        code = query.get("report", "")
        if code not in REPORTS:
            raise Http404
        report = REPORTS[code]
        if report not in self.reports:
            raise PermissionDenied
        return report

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.report = self.chosen_report(request.POST)
        if REFRESH in request.POST or SEARCH_BUTTON in request.POST:
            return HttpResponseRedirect(self.address(request.POST))
        form = self.report.parameters(request.POST, user=request.user)
        if not form.is_valid():
            return self.refused(form)
        try:
            return self.once(lambda: self.perform(form))
        except ServiceError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.refused(form)

    def refused(self, form: ReportForm) -> HttpResponse:
        query = self.request.POST
        return self.render_to_response(self.get_context_data(report=self.report, form=form, query=query))

    def perform(self, form: ReportForm) -> tuple[Job, bool]:
        return request_report(report=self.report, form=form, actor=self.request.user)

    def get_success_url(self, result: tuple[Job, bool]) -> str:
        return self.address(self.request.POST)

    def get_success_message(self, result: tuple[Job, bool]) -> str:
        job, is_new = result
        text = (
            _("“%(title)s” is being made. You may leave the page; you are told when it is ready.")
            if is_new
            else _("“%(title)s” with this very scope is being made already.")
        )
        return text % {"title": job.title}
