"""The tab «Kết quả»: the colour table of units by indicators, the figure behind a cell, bars by focus area."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.arithmetic import percent
from campaigns.enums import BoardState, Verdict
from campaigns.models import ReportingPeriod
from campaigns.queries.period_steps import BOARD_STATES
from campaigns.queries.periods import judged, periods_of
from campaigns.queries.progress import evidence_of
from campaigns.queries.results import FAILED, REACHED, Cell, ResultRow, Results, results_of
from campaigns.texts import exact_text
from campaigns.views.campaign import CampaignPage
from campaigns.views.report import Row, row_of
from core import clock
from core.text import format_number
from core.ui.charts import BarChart, Series
from core.ui.exports import exports_for

PLAN, PLEDGE, VALUE = "plan", "pledge", "value"
WIDE, DENSE = 12, 20  # units from which the table takes the whole width, and shows signs in place of figures
SIGNS = {Verdict.NOT_REPORTED: "–", Verdict.NO_VERDICT: "·"}
SHOWN = {
    PLAN: gettext_lazy("% of the plan"), PLEDGE: gettext_lazy("% of the pledge"), VALUE: gettext_lazy("Value"),
}  # fmt: skip
LOOKS: dict[Verdict, tuple[str, str]] = {
    Verdict.EXCEEDED: ("heat-exceeded", "arrow-up"),
    Verdict.MET: ("heat-met", "check"),
    Verdict.ON_TRACK: ("heat-met", "check"),
    Verdict.NOT_MET: ("heat-short", "arrow-down"),
    Verdict.BEHIND: ("heat-short", "arrow-down"),
    Verdict.NO_VERDICT: ("heat-0", ""),
    Verdict.NOT_REPORTED: ("heat-missing", ""),
    Verdict.NOT_ASSIGNED: ("heat-none", ""),
}


@dataclass(frozen=True)
class ShownCell:
    """A cell as it is drawn: class, sign, text, and what it says aloud."""

    css: str
    icon: str
    text: str
    spoken: str
    query: str
    is_active: bool


@dataclass(frozen=True)
class Head:
    """A unit at the head of its column, with where its report stands."""

    name: str
    state: BoardState


class CampaignResults(CampaignPage):
    template_name = "campaigns/results.html"
    permission = "campaigns.view_participation"
    tab = "results"

    def check_access(self) -> None:
        super().check_access()
        if self.object.launched_at is None:
            raise Http404

    @cached_property
    def periods(self) -> list[ReportingPeriod]:
        return list(periods_of(self.object))

    @cached_property
    def period(self) -> ReportingPeriod | None:
        """The one in the address, else the one people mean today. Raises Http404 for another campaign's."""
        asked = self.request.GET.get("period", "")
        if not asked:
            return judged(self.periods, clock.today())
        found = next((period for period in self.periods if str(period.pk) == asked), None)
        if found is None:
            raise Http404
        return found

    @property
    def shown(self) -> str:
        asked = self.request.GET.get("show", PLAN)
        return asked if asked in SHOWN else PLAN

    @property
    def settled_only(self) -> bool:
        return self.request.GET.get("settled") == "1"

    def query(self, **changes: str) -> str:
        given = {"period": str(self.period.pk) if self.period else "", "show": self.shown,
                 "settled": "1" if self.settled_only else ""}  # fmt: skip
        return "?" + urlencode({name: value for name, value in (given | changes).items() if value})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        period = self.period
        given: dict[str, Any] = {
            "periods": [(one, self.query(period=str(one.pk)), one == period) for one in self.periods],
            "exports": exports_for("results", (self.object, period), self.request),
            "period": period, "settled_only": self.settled_only, "shown": self.shown,
            "shows": [(label, self.query(show=code), code == self.shown) for code, label in SHOWN.items()],
        }  # fmt: skip
        if period is not None:
            results = results_of(self.object, period, self.request.user, settled_only=self.settled_only)
            given |= self.table(results) | {"charts": charts_of(results), "chosen": self.chosen(results)}
        return super().get_context_data(**{**kwargs, **given})

    def table(self, results: Results) -> dict[str, Any]:
        heads = [Head(str(row), state_of(results, row.pk)) for row in results.participations]
        is_dense = len(heads) > DENSE
        areas = [
            (area, [(row, [self.cell(cell, row, is_dense=is_dense) for cell in row.cells], total_text(row),
                     count_text(row)) for row in area.rows])
            for area in results.areas
        ]  # fmt: skip
        legend = [
            ("heat-exceeded", "arrow-up", _("Target exceeded"), results.count(Verdict.EXCEEDED)),
            ("heat-met", "check", _("Met or on schedule"), results.count(*REACHED)),
            ("heat-short", "arrow-down", _("Not met or behind"), results.count(*FAILED)),
            ("heat-0", "", _("No verdict yet"), results.count(Verdict.NO_VERDICT)),
            ("heat-missing", "", _("Not reported"), results.count(Verdict.NOT_REPORTED)),
            ("heat-none", "", _("Not assigned"), results.count(Verdict.NOT_ASSIGNED)),
        ]
        return {
            "heads": heads,
            "areas": areas,
            "legend": legend,
            "is_wide": len(heads) > WIDE,
            "is_dense": is_dense,
        }

    def cell(self, cell: Cell, row: ResultRow, *, is_dense: bool) -> ShownCell:
        css, icon = LOOKS[cell.verdict]
        indicator = row.indicator
        text = self.cell_text(cell)
        spoken = f"{cell.participation}, {indicator.code}: {text} {cell.verdict.label}"
        if is_dense:
            text = SIGNS.get(cell.verdict, "")
        unit, code = str(cell.participation.pk), str(indicator.pk)
        active = self.request.GET.get("unit") == unit and self.request.GET.get("indicator") == code
        link = "" if cell.verdict == Verdict.NOT_ASSIGNED else self.query(unit=unit, indicator=code) + "#cell"
        return ShownCell(css, icon, text, spoken, link, active)

    def cell_text(self, cell: Cell) -> str:
        """The percentage asked for; where there is none, the value itself."""
        if cell.verdict == Verdict.NOT_ASSIGNED:
            return ""
        ratio = {PLAN: cell.line.judgement.ratio, PLEDGE: cell.pledge_ratio}.get(self.shown)
        if ratio is not None:
            return format_number(percent(ratio), 1)
        return exact_text(cell.line.planned.indicator, cell.line.cumulated)[:16]

    def chosen(self, results: Results) -> dict[str, Any] | None:
        """The figure behind the cell that was pressed, with its explanation and evidence."""
        unit, indicator = self.request.GET.get("unit", ""), self.request.GET.get("indicator", "")
        if not (unit.isdecimal() and indicator.isdecimal()):
            return None
        cell = results.cell(int(unit), int(indicator))
        if cell is None:
            return None
        row: Row = row_of(cell.line)
        figure, own = cell.line.counting, cell.line.figure
        evidence = evidence_of([own.pk])[int(indicator)] if own is not None else []
        return {
            "cell": cell, "row": row, "figure": figure, "evidence": evidence,
            "report": results.reports.get(cell.participation.pk),
            "pledge_ratio": format_number(percent(cell.pledge_ratio), 1) if cell.pledge_ratio is not None else "",
        }  # fmt: skip


def state_of(results: Results, participation: int) -> BoardState:
    report = results.reports.get(participation)
    return BOARD_STATES[report.state] if report is not None else BoardState.NOT_SENT


def total_text(row: ResultRow) -> str:
    """The total of the units; a dash where figures of this kind make none."""
    figure = row.total.figure
    return exact_text(row.indicator, figure, of_units=True) if figure is not None else "–"


def count_text(row: ResultRow) -> str:
    return _("%(reported)s/%(assigned)s units") % {
        "reported": row.total.n_reported, "assigned": row.total.n_assigned,
    }  # fmt: skip


def charts_of(results: Results) -> list[BarChart]:
    """Two charts by focus area: how many cells of each verdict, and the share that was reached."""
    areas = [area for area in results.areas if area.rows]
    labels = [area.title for area in areas]
    parts = [
        (_("Target exceeded"), "exceeded", (Verdict.EXCEEDED,)), (_("Met or on schedule"), "met", REACHED),
        (_("Not met or behind"), "failed", FAILED), (_("No verdict yet"), "draft", (Verdict.NO_VERDICT,)),
        (_("Not reported"), "not_sent", (Verdict.NOT_REPORTED,)),
    ]  # fmt: skip
    series = [Series(label, tone, [area.count(*verdicts) for area in areas]) for label, tone, verdicts in parts]
    shares = [None if area.reached_share is None else percent(area.reached_share) for area in areas]
    return [
        BarChart("areas", _("By focus area"), labels, [one for one in series if any(one.values)] or series[-1:],
                 note=_("Number of figures by verdict"), stacked=True),
        BarChart("shares", _("Met and exceeded"), labels, [Series(_("Met and exceeded"), "approved", shares)],
                 note=_("Share of the figures judged"), places=1, suffix="%"),
    ]  # fmt: skip
