"""One figure: read with every change of it; confirmed or replaced by the office that follows its indicator."""

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.forms.figure import SupplyFigureForm
from campaigns.models import Figure, FigureAttachment, FigureChange, ProgressReport
from campaigns.models.scope import OFFICE
from campaigns.queries.progress import ReportedLine, report_sheet
from campaigns.services.office_figures import confirm_figure, is_open, supply_figure
from campaigns.views.report import row_of
from core.ui.views import ActionView, DetailPage, FormPage


class OfFigure:
    """A page about the figure of one indicator in one report."""

    model: type[Model] | None = Figure
    object: Figure
    request: Any

    def get_object_queryset(self) -> Any:
        rows = super().get_object_queryset()  # type: ignore[misc]
        return rows.select_related(
            "report__participation__campaign", "report__participation__unit", "report__period", "indicator__office",
            "indicator__campaign",
        )  # fmt: skip

    def line(self) -> ReportedLine:
        return report_sheet(self.object.report).line(self.object.indicator_id)[1]

    def facts(self) -> dict[str, Any]:
        """Plan, pledge and figures of the indicator in this report."""
        figure = self.object
        line = self.line()
        open_now = is_open(figure.report, figure.report.participation.campaign)
        return {
            "row": row_of(line), "report": figure.report, "indicator": figure.indicator,
            "may_follow": open_now and self.request.user.has_perm(OFFICE, figure.indicator),
        }  # fmt: skip

    def get_success_url(self, result: Any) -> str:
        """Back to the indicator across the units, in the same period."""
        page = reverse("campaigns:followed_indicator", args=[self.object.indicator_id])
        return f"{page}?period={self.object.report.period_id}"


class FigureDetail(OfFigure, DetailPage):
    """Value, explanation, evidence, what its office says of it and every change."""

    template_name = "campaigns/report_figure.html"

    def get_title(self) -> Any:
        return f"{self.object.indicator.code} {self.object.indicator.name}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figure = self.object
        same = {"figure__report": figure.report_id, "figure__indicator": figure.indicator_id}
        report_open = ProgressReport.objects.visible_to(self.request.user).filter(pk=figure.report_id).exists()
        changes = FigureChange.objects.filter(**same).select_related("by", "figure")
        given = {
            "may_open_report": report_open, "changes": changes.order_by("-pk"),
            "evidence": FigureAttachment.objects.filter(**same, removed_at=None).select_related("file"),
        }  # fmt: skip
        return super().get_context_data(**{**self.facts(), **given, **kwargs})


class FigureConfirm(OfFigure, ActionView):
    """The office confirms what the unit reported."""

    title = _("Confirm the unit's figure")
    permission = OFFICE
    success_message = _("The figure is confirmed; the unit and the standing body were told.")

    def get_back_url(self) -> str:
        return reverse("campaigns:figure_detail", args=[self.object.pk])

    def perform(self, form: Any) -> Figure:
        stamp = self.request.POST.get("stamp") or None
        return confirm_figure(figure_id=self.object.pk, stamp=stamp, actor=self.request.user)


class FigureSupply(OfFigure, FormPage):
    """The office gives its own official figure; the unit's stays beside it."""

    title = _("Give the official figure")
    permission = OFFICE
    form_class = SupplyFigureForm
    template_name = "campaigns/figure_supply.html"
    submit_label = _("Give this figure")
    success_message = _("Your office's figure counts from now on; the unit and the standing body were told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "indicator": self.object.indicator}

    def perform(self, form: Any) -> Figure:
        data = form.cleaned_data
        return supply_figure(
            figure_id=self.object.pk, values=data["value"], note=data["note"], actor=self.request.user,
            stamp=self.request.POST.get("stamp") or None,
        )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**self.facts(), "cancel_url": self.get_success_url(None), **kwargs})
