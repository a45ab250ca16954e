"""What an office follows: the list of its indicators, and one of them across the units."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.followed_table import FollowedTable
from campaigns.models import Campaign, Indicator, ReportingPeriod
from campaigns.models.scope import OFFICE
from campaigns.queries.followed import FollowedRow, followed_by, followed_sheet
from campaigns.queries.periods import judged, periods_of
from campaigns.queries.plan import PlanLine, plan_of
from campaigns.services.office_figures import is_open
from campaigns.texts import exact_text, value_text
from campaigns.views.report import row_of
from core import clock
from core.ui.views import DetailPage, ListPage


class FollowedList(ListPage):
    """The indicators of all campaigns that name my office."""

    title = _("Indicators that my office follows")
    permission = OFFICE
    table_class = FollowedTable
    empty_icon = "target"
    empty_text = _("No launched campaign names your office at an indicator. The standing body does so in the plan.")

    def get_queryset(self) -> Any:
        rows = followed_by(self.request.user).prefetch_related("unit_kinds")
        return rows.order_by("-campaign__starts_on", "-campaign", "focus_area__position", "position", "pk")


class FollowedIndicator(DetailPage):
    """One indicator: what each unit is given, pledged and reached in a period; only what was sent."""

    model = Indicator
    permission = OFFICE
    template_name = "campaigns/followed_indicator.html"

    def get_object_queryset(self) -> Any:
        rows = super().get_object_queryset()
        return rows.select_related("campaign__organiser", "focus_area").prefetch_related("unit_kinds")

    def get_title(self) -> Any:
        return f"{self.object.code} {self.object.name}"

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [(_("Indicators that my office follows"), reverse("campaigns:followed_list"))]

    @cached_property
    def periods(self) -> list[ReportingPeriod]:
        return list(periods_of(self.object.campaign))

    @cached_property
    def period(self) -> ReportingPeriod | None:
        """The one in the address, else the one read today. Raises Http404 for another campaign's."""
        asked = self.request.GET.get("period", "")
        if not asked:
            return judged(self.periods, clock.today())
        found = next((period for period in self.periods if str(period.pk) == asked), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        indicator, period = self.object, self.period
        sheet = followed_sheet(indicator, period, self.request.user)
        common = plan_of(indicator.campaign, day=period.ends_on if period else None)
        line = next((line for line in common.lines() if line.indicator.pk == indicator.pk), None)
        total = sheet.total.figure if sheet.total is not None else None
        given = {
            "indicator": indicator, "campaign": indicator.campaign, "sheet": sheet, "period": period,
            "periods": [(one, f"?period={one.pk}", one == period) for one in self.periods],
            "line": line or PlanLine(indicator, None, assigned=True), "stands": line is not None,
            "rows": [shown(row, indicator.campaign) for row in sheet.rows],
            "total": exact_text(indicator, total, of_units=True) if total is not None else "–",
        }  # fmt: skip
        return super().get_context_data(**{**given, **kwargs})


def shown(row: FollowedRow, campaign: Campaign) -> dict[str, Any]:
    """A row as the table draws it. What was reported may be confirmed or replaced while its report is open to it."""
    cell = row.cell
    figure = cell.line.counting if cell is not None else None
    return {
        "row": row, "line": row.planned, "pledged": value_text(row.planned.indicator, row.pledged),
        "reported": row_of(cell.line) if cell is not None else None,
        "figure": figure, "participation": row.participation,
        "is_open": figure is not None and is_open(figure.report, campaign),
    }  # fmt: skip
