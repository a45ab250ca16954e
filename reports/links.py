"""From pages of the floors below to the reports of what they show, with their filter."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.queries.late import late_units
from core.ui import exports
from reports.callers import CALLERS, FROM
from reports.steps import step_code

PLEDGES_OF_STATE = {"waiting": "sent", "returned": "sent", "approved": "accepted"}


def catalogue_address(report: str, caller: str, **chosen: Any) -> str:
    """The catalogue with `report` chosen and its parameters filled in."""
    given = {name: str(value) for name, value in chosen.items() if value not in (None, "")}
    return f"{reverse('reports:catalogue')}?{urlencode({'report': report, FROM: caller, **given})}"


def board_address(campaign: Any, request: Any) -> str:
    """The register of the campaign's pledges, of the state the board is filtered by."""
    if not request.user.has_perm("reports.run_report") or request.GET.get("period"):
        return ""
    pledges = PLEDGES_OF_STATE.get(request.GET.get("state", ""), "all")
    return catalogue_address("pledge-register", "board", campaign=campaign.pk, pledges=pledges)


def late_address(record: Any, request: Any) -> str:
    """The letter to the units that are late with the step on show."""
    campaign, step = record
    if not request.user.has_perm("reports.run_report") or not late_units(campaign, step):
        return ""
    return catalogue_address("late-letter", "remind", campaign=campaign.pk, step=step_code(step))


def titles_address(_record: Any, request: Any) -> str:
    """The register of titles of the year and unit the list is filtered by."""
    if not request.user.has_perm("reports.run_report"):
        return ""
    state = request.GET.get("state", "")
    return catalogue_address(
        "title-register", "title_registrations", year=request.GET.get("year", ""), unit=request.GET.get("unit", ""),
        rows="every" if state == "withdrawn" else "live",
    )  # fmt: skip


def results_address(record: Any, request: Any) -> str:
    """The summary of the period on show, of accepted reports alone where the page is narrowed to them."""
    campaign, period = record
    if period is None or not request.user.has_perm("reports.run_report"):
        return ""
    settled = "on" if request.GET.get("settled") == "1" else ""
    return catalogue_address("results", "results", campaign=campaign.pk, period=period.pk, settled=settled)


def enter_links() -> None:
    """Called when the application starts."""
    CALLERS.add("board", pgettext_lazy("page", "Units of the campaign"))
    CALLERS.add("title_registrations", _("Title registrations"))
    CALLERS.add("results", pgettext_lazy("page", "Results of the campaign"))
    CALLERS.add("remind", pgettext_lazy("page", "Reminding the units"))
    label = _("Export to Excel")
    exports.register("remind", "late-letter", label=_("Reminder letter (Word)"), address=late_address)
    exports.register("results", "results", label=_("Summary of results (Excel)"), address=results_address)
    exports.register("board", "pledge-register", label=label, address=board_address)
    register = _("Register of titles (Excel)")
    exports.register("title_registrations", "title-register", label=register, address=titles_address)
