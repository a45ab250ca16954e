"""A unit in a period before there is a report to read: begun here, or entered from paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.forms.pledge import OnBehalfForm
from campaigns.models import ProgressReport, ReportingPeriod
from campaigns.services.periods import MANAGE
from campaigns.services.progress_reports import EDIT, OPEN_STATES, begin_on_behalf, start_report
from campaigns.views.joining import OfUnit
from campaigns.views.report import crumbs_for, facts_of
from campaigns.workflows import ON_PAPER
from core.ui.views import ActionView, DetailPage, FormPage


class OfPlace(OfUnit):
    """A page about one unit in one period."""

    kwargs: dict[str, Any]

    @cached_property
    def period(self) -> ReportingPeriod:
        """Raises ReportingPeriod.DoesNotExist (404) for a period of another campaign."""
        period: ReportingPeriod = self.object.campaign.periods.get(pk=self.kwargs["period"])
        return period

    @cached_property
    def report(self) -> ProgressReport | None:
        """The report as far as the person may see it."""
        visible = ProgressReport.objects.visible_to(self.request.user)
        return visible.filter(participation=self.object, period=self.period).first()

    def check_access(self) -> None:
        super().check_access()  # type: ignore[misc]
        _found = self.period

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return crumbs_for(self.object, self.of_unit, self.period)

    def get_back_url(self) -> str:
        return reverse("campaigns:report_place", args=[self.object.pk, self.period.pk])


class ReportPlace(OfPlace, DetailPage):
    """Leads to the report; where there is none to be seen, says so and offers to begin it."""

    template_name = "campaigns/report_place.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.report is not None:
            return redirect("campaigns:report_detail", self.report.pk)
        return super().get(request, *args, **kwargs)

    def get_title(self) -> Any:
        return _("Report %(period)s") % {"period": self.period.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        facts = facts_of(user, self.object, self.period, None)
        open_now = facts["running"] and not facts["declined"]
        given = {
            "may_start": open_now and user.has_perm(EDIT, self.object), "may_extend": open_now and user.has_perm(
                MANAGE, self.object), "may_enter": open_now and user.has_perm(ON_PAPER, self.object),
        }  # fmt: skip
        return super().get_context_data(**{**kwargs, **facts, **given})


class ReportStart(OfPlace, ActionView):
    """Begin the report, or go on with it."""

    title = gettext_lazy("Begin the report")
    permission = EDIT

    def perform(self, form: Any) -> ProgressReport:
        return start_report(participation_id=self.object.pk, period_id=self.period.pk, actor=self.request.user)

    def get_success_url(self, result: Any) -> str:
        return reverse("campaigns:report_edit", args=[result.pk])


class ReportOnBehalf(OfPlace, FormPage):
    """Name the paper, then enter the report for the unit."""

    title = gettext_lazy("Enter the unit's report from paper")
    permission = ON_PAPER
    form_class = OnBehalfForm
    template_name = "campaigns/report_on_behalf.html"
    submit_label = gettext_lazy("Continue to the figures")
    keeps_draft = False

    def get_initial(self) -> dict[str, Any]:
        report = self.report
        if report is None or not report.on_behalf:
            return {}
        return {"paper_symbol": report.paper_symbol, "paper_signed_on": report.paper_signed_on}

    def get_form_kwargs(self) -> dict[str, Any]:
        report = self.report
        has_scan = report is not None and report.attachments.filter(kind="paper", removed_at=None).exists()
        return {**super().get_form_kwargs(), "has_scan": has_scan}

    def perform(self, form: Any) -> ProgressReport:
        return begin_on_behalf(
            participation_id=self.object.pk, period_id=self.period.pk, paper=form.paper(), actor=self.request.user
        )

    def get_success_url(self, result: Any) -> str:
        name = "report_edit" if result.state in OPEN_STATES else "report_detail"
        return reverse(f"campaigns:{name}", args=[result.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            cancel_url=self.get_back_url(), participation=self.object, period=self.period, **kwargs
        )
