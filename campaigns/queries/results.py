"""Results of a campaign at the end of a period: every unit by every indicator, and what they come to together.

One bulk read; verdicts and totals come from the arithmetic, in exact fractions.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from accounts.models import User
from campaigns.arithmetic import Kind, RollUp, Total, UnitFigure, total
from campaigns.arithmetic import Verdict as Judged
from campaigns.enums import INSIDE_STATES, ParticipationState, ReportState, Verdict
from campaigns.judging import UNCOUNTED, terms_of, value_of
from campaigns.models import Campaign, Figure, Indicator, Participation, PledgeLine, ProgressReport, ReportingPeriod
from campaigns.queries.plan import plan_of, plans_of
from campaigns.queries.progress import ReportedLine, against_pledge, line_of
from campaigns.queries.steps import in_order

SETTLED = (ReportState.ACCEPTED.value, ReportState.CLOSED.value, ReportState.REOPENED.value)
FAILED = (Verdict.NOT_MET, Verdict.BEHIND)
REACHED = (Verdict.MET, Verdict.ON_TRACK)


@dataclass(frozen=True)
class Cell:
    """One unit by one indicator."""

    participation: Participation
    line: ReportedLine
    pledge_ratio: Fraction | None

    @property
    def verdict(self) -> Verdict:
        return self.line.verdict

    @property
    def figure(self) -> Figure | None:
        """The figure that counts; None where nothing was reported."""
        return self.line.counting if self.line.is_reported else None


@dataclass(frozen=True)
class ResultRow:
    """One indicator across the units, in their order."""

    indicator: Indicator
    cells: list[Cell]
    total: Total


@dataclass(frozen=True)
class ResultArea:
    pk: int
    number: int
    title: str
    rows: list[ResultRow]

    def count(self, *verdicts: Verdict) -> int:
        return sum(cell.verdict in verdicts for row in self.rows for cell in row.cells)

    @property
    def reported(self) -> int:
        return self.count(Verdict.EXCEEDED, Verdict.NO_VERDICT, *REACHED, *FAILED)

    @property
    def judged(self) -> int:
        return self.count(Verdict.EXCEEDED, *REACHED, *FAILED)

    @property
    def reached_share(self) -> Fraction | None:
        """Met and exceeded among what was judged."""
        return Fraction(self.count(Verdict.EXCEEDED, *REACHED), self.judged) if self.judged else None


@dataclass(frozen=True)
class Results:
    """The table of a campaign in a period, as one person may see it."""

    campaign: Campaign
    period: ReportingPeriod
    participations: list[Participation]
    reports: dict[int, ProgressReport]
    areas: list[ResultArea]

    def count(self, *verdicts: Verdict) -> int:
        return sum(area.count(*verdicts) for area in self.areas)

    def cell(self, participation: int, indicator: int) -> Cell | None:
        """The cell of a unit and an indicator."""
        found = (
            cell for area in self.areas for row in area.rows if row.indicator.pk == indicator for cell in row.cells
        )
        return next((cell for cell in found if cell.participation.pk == participation), None)


def results_of(
    campaign: Campaign, period: ReportingPeriod, user: User, *, settled_only: bool = False,
    only: Collection[int] | None = None, indicators: Collection[int] | None = None,
) -> Results:  # fmt: skip
    """The results as `user` may see them, in a number of queries that does not grow with the units.

    Units that do not join are left out. `settled_only` leaves out what was not accepted yet; `only` keeps
    to some participations, `indicators` to some indicators.
    """
    period.campaign = campaign
    visible = Participation.objects.visible_to(user).filter(campaign=campaign)
    rows = in_order(visible.exclude(state=ParticipationState.NOT_JOINING))
    rows = [row for row in rows if only is None or row.pk in only]
    reports = _reports(rows, period, user)
    here, earlier = _figures(campaign, period, user, settled_only=settled_only)
    pledges = _pledges(campaign, user)
    plans = plans_of(campaign, [row.unit for row in rows], day=period.ends_on)
    planned = {
        row.pk: {line.indicator.pk: line for line in plans[row.unit_id].lines()} for row in rows
    }  # fmt: skip
    areas = []
    for area in plan_of(campaign, day=period.ends_on).areas:
        table = []
        for line in area.lines:
            indicator = line.indicator
            if indicator.kind in UNCOUNTED or (indicators is not None and indicator.pk not in indicators):
                continue
            cells = []
            for row in rows:
                key = (row.pk, indicator.pk)
                reported = line_of(planned[row.pk][indicator.pk], period=period, figures=here[key],
                                   earlier=earlier[key], pledged=pledges.get(key), evidence=[])  # fmt: skip
                cells.append(Cell(row, reported, _pledge_ratio(reported, campaign)))
            table.append(ResultRow(indicator, cells, total_of(indicator, cells)))
        areas.append(ResultArea(area.area.pk, area.number, area.area.title, table))
    return Results(campaign, period, rows, reports, areas)


def total_of(indicator: Indicator, cells: Sequence[Cell]) -> Total:
    """What the units come to together, by the way the indicator adds up."""
    figures = [
        UnitFigure(value=cell.line.cumulated, assigned=cell.line.planned.assigned,
                   verdict=Judged(cell.line.judgement.verdict))
        for cell in cells
    ]  # fmt: skip
    return total(figures, kind=Kind(indicator.kind), rollup=RollUp(indicator.rollup))


def _pledge_ratio(line: ReportedLine, campaign: Campaign) -> Fraction | None:
    terms = terms_of(line.planned.indicator, line.planned.target, campaign, assigned=line.planned.assigned)
    return against_pledge(terms, value_of(line.pledged), line.cumulated)


def _reports(rows: Sequence[Participation], period: ReportingPeriod, user: User) -> dict[int, ProgressReport]:
    visible = ProgressReport.objects.visible_to(user).filter(period=period, participation__in=rows)
    return {report.participation_id: report for report in visible.exclude(state__in=INSIDE_STATES)}


Keyed = dict[tuple[int, int], list[Figure]]


def _figures(campaign: Campaign, period: ReportingPeriod, user: User, *, settled_only: bool) -> tuple[Keyed, Keyed]:
    """The figures of this period and those of periods before it, by (participation, indicator)."""
    figures = Figure.objects.visible_to(user).filter(report__participation__campaign=campaign)
    figures = figures.exclude(report__state__in=INSIDE_STATES)
    if settled_only:
        figures = figures.filter(report__state__in=SETTLED)
    here: Keyed = defaultdict(list)
    earlier: Keyed = defaultdict(list)
    for figure in figures.select_related("report__period").order_by("pk"):
        key = (figure.report.participation_id, figure.indicator_id)
        (here if figure.report.period_id == period.pk else earlier)[key].append(figure)
    return here, earlier


def _pledges(campaign: Campaign, user: User) -> dict[tuple[int, int], PledgeLine]:
    rows = PledgeLine.objects.visible_to(user).filter(pledge__participation__campaign=campaign)
    rows = rows.exclude(pledge__state__in=INSIDE_STATES).select_related("pledge")
    return {(line.pledge.participation_id, line.indicator_id): line for line in rows}
