"""A unit's report of a period beside plan and pledge: this period, the time before it, both together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from django.db.models import Q

from campaigns import arithmetic
from campaigns.arithmetic import Cumulation, FigureValue, Judgement, Kind, TargetTerms, cumulate
from campaigns.enums import CLOSING_SECTIONS, INSIDE_STATES, Basis, Demand, PledgeState, Verdict
from campaigns.judging import margin_of, terms_of, value_of
from campaigns.models import Figure, FigureAttachment, PledgeLine, ProgressReport, ReportingPeriod, ReportPart
from campaigns.queries.lines import Area, Lines, holds_value, is_counted, print_of
from campaigns.queries.periods import before
from campaigns.queries.plan import Plan, PlanLine, plan_of
from campaigns.typed import FIELDS, plain

HELD = (*FIELDS, "no_data", "explanation")
SHORT = (Verdict.NOT_MET, Verdict.BEHIND)


def stamp_of(figure: Figure | None) -> str:
    """The print of what a figure holds."""
    if figure is None or not (is_filled(figure) or figure.explanation):
        return print_of(None)
    return print_of([[plain(getattr(figure, name)) for name in HELD], figure.basis])


def is_filled(figure: Figure) -> bool:
    """Whether the figure says anything, be it that there is no data."""
    return figure.no_data or any(getattr(figure, name) not in (None, "") for name in FIELDS)


BEFORE = (Basis.OFFICE.value, Basis.OFFICIAL.value, Basis.ESTIMATE.value)


def of_unit(figures: Iterable[Figure]) -> list[Figure]:
    """Without the office's own."""
    return [figure for figure in figures if figure.basis != Basis.OFFICE]


def chosen(figures: Iterable[Figure]) -> Figure | None:
    """Of the figures of one indicator in one report the one that counts.

    The office's where it says anything, else the unit's official one, else its estimate.
    """
    rows = sorted(figures, key=lambda figure: BEFORE.index(figure.basis))
    return next((figure for figure in rows if is_filled(figure)), rows[0] if rows else None)


@dataclass(frozen=True)
class ReportedLine:
    """An indicator of the plan with what the unit pledged and reached.

    `figure` is the unit's own; `office` the one of the office that follows the indicator, which counts
    before it where there is one.
    """

    planned: PlanLine
    pledged: PledgeLine | None
    figure: Figure | None
    office: Figure | None
    estimate: Figure | None
    previous: FigureValue | None
    cumulated: FigureValue | None
    judgement: Judgement
    evidence: list[FigureAttachment] = field(default_factory=list)

    @property
    def is_counted(self) -> bool:
        return is_counted(self.planned)

    @property
    def counting(self) -> Figure | None:
        """The figure that counts."""
        return self.office or self.figure

    @property
    def is_reported(self) -> bool:
        return holds_value(self.planned, self.counting)

    @property
    def explanation(self) -> str:
        return self.figure.explanation.strip() if self.figure is not None else ""

    @property
    def is_entered(self) -> bool:
        """A value is there, or it is said that there is none."""
        said_none = self.figure is not None and self.figure.no_data
        return said_none or holds_value(self.planned, self.figure)

    @property
    def verdict(self) -> Verdict:
        return Verdict(self.judgement.verdict.value)

    @property
    def wants_explanation(self) -> bool:
        """Where the plan asks for it; where it is said that there is no figure, always."""
        if self.figure is not None and self.figure.no_data:
            return True
        return self.is_entered and self._asked(self.planned.indicator.explanation)

    @property
    def wants_evidence(self) -> bool:
        return self.is_entered and self._asked(self.planned.indicator.evidence)

    def _asked(self, demand: str) -> bool:
        return demand == Demand.ALWAYS or (demand == Demand.WHEN_SHORT and self.verdict == Verdict.NOT_MET)

    @property
    def lacks(self) -> list[str]:
        """What is still to be done before the report may be sent: "figure", "explanation", "evidence"."""
        if not self.is_counted:
            return []
        if not self.is_entered:
            return ["figure"]
        found = ["explanation"] if self.wants_explanation and not self.explanation else []
        return [*found, "evidence"] if self.wants_evidence and not self.evidence else found

    @property
    def stamp(self) -> str:
        return stamp_of(self.figure)


@dataclass(frozen=True)
class ReportSheet(Lines[ReportedLine]):
    """Everything of one report in figures, as its pages show it."""

    plan: Plan
    report: ProgressReport
    areas: list[Area[ReportedLine]]

    @property
    def missing(self) -> list[ReportedLine]:
        """Lines that keep the report from being sent."""
        return [row for row in self.lines() if row.lacks]

    def count(self, *verdicts: Verdict) -> int:
        return sum(row.verdict in verdicts for row in self.lines() if row.is_counted)

    @property
    def exceeded(self) -> int:
        return self.count(Verdict.EXCEEDED)

    @property
    def met(self) -> int:
        return self.count(Verdict.MET, Verdict.ON_TRACK)

    @property
    def short(self) -> int:
        return self.count(*SHORT)


def judged(terms: TargetTerms, value: FigureValue | None, period: ReportingPeriod) -> Judgement:
    """The verdict of what is reached at the end of `period`."""
    share = None if period.expected_share is None else Fraction(period.expected_share) / 100
    return arithmetic.judge(terms, value, on=period.ends_on, margin=margin_of(period.campaign), expected_share=share)


def against_pledge(terms: TargetTerms, pledged: FigureValue | None, reached: FigureValue | None) -> Fraction | None:
    """What is reached as a share of the pledge; None where no percentage is shown."""
    amount = pledged.amount(terms.kind) if pledged is not None else None
    if amount is None or reached is None:
        return None
    return arithmetic.plan_ratio(replace(terms, low=amount, high=None), reached)


def line_of(
    planned: PlanLine, *, period: ReportingPeriod, figures: Iterable[Figure], earlier: Iterable[Figure],
    pledged: PledgeLine | None, evidence: list[FigureAttachment],
) -> ReportedLine:  # fmt: skip
    """One line of a report. `earlier` are the unit's figures of the same indicator in reports already sent."""
    indicator, rows = planned.indicator, list(figures)
    kind, mode = Kind(indicator.kind), Cumulation(indicator.cumulation)
    now = chosen(of_unit(rows))
    office = next((figure for figure in rows if figure.basis == Basis.OFFICE and is_filled(figure)), None)
    past = by_period(earlier)
    chain = before(period, past, kind)
    value = value_of(office or now)
    reached = cumulate(chain, value, kind=kind, mode=mode) if value is not None and value.is_reported(kind) else None
    terms = terms_of(indicator, planned.target, period.campaign, assigned=planned.assigned)
    return ReportedLine(
        planned, pledged, now, office, next((f for f in rows if f.basis == Basis.ESTIMATE), None),
        cumulate(chain, None, kind=kind, mode=mode), reached, judged(terms, reached, period), evidence,
    )  # fmt: skip


def by_period(figures: Iterable[Figure]) -> list[tuple[ReportingPeriod, FigureValue]]:
    """The value that counts of each earlier period."""
    grouped: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        grouped[figure.report.period_id].append(figure)
    found = []
    for rows in grouped.values():
        counting = chosen(rows)
        value = value_of(counting)
        if counting is not None and value is not None:
            found.append((counting.report.period, value))
    return found


def report_sheet(report: ProgressReport) -> ReportSheet:
    """The report beside plan and pledge. The caller has checked that `report` may be read."""
    participation, period = report.participation, report.period
    period.campaign = participation.campaign
    plan = plan_of(participation.campaign, unit=participation.unit, day=period.ends_on)
    here: dict[int, list[Figure]] = defaultdict(list)
    earlier: dict[int, list[Figure]] = defaultdict(list)
    rows = Figure.objects.filter(report__participation=participation).filter(
        Q(report=report) | ~Q(report__state__in=INSIDE_STATES)
    )
    for figure in rows.select_related("report__period").order_by("pk"):
        (here if figure.report_id == report.pk else earlier)[figure.indicator_id].append(figure)
    pledges = {line.indicator_id: line for line in pledge_lines([participation.pk])}
    files = evidence_of([figure.pk for figures in here.values() for figure in figures])
    areas = [
        Area(area.area.pk, area.number, area.area.title, [
            line_of(row, period=period, figures=here[row.indicator.pk], earlier=earlier[row.indicator.pk],
                    pledged=pledges.get(row.indicator.pk), evidence=files[row.indicator.pk])
            for row in area.lines
        ])
        for area in plan.areas
    ]  # fmt: skip
    return ReportSheet(plan, report, areas)


def pledge_lines(participations: Iterable[int]) -> list[PledgeLine]:
    """What the units pledged, as far as it was sent."""
    rows = PledgeLine.objects.filter(pledge__participation__in=participations).select_related("pledge")
    return list(rows.exclude(pledge__state__in=(PledgeState.DRAFT, PledgeState.WITH_HEAD)))


def evidence_of(figures: Iterable[int]) -> dict[int, list[FigureAttachment]]:
    """The evidence that stands, by indicator."""
    found: dict[int, list[FigureAttachment]] = defaultdict(list)
    rows = FigureAttachment.objects.filter(figure__in=list(figures), removed_at=None)
    for row in rows.select_related("file", "figure").order_by("position", "pk"):
        found[row.figure.indicator_id].append(row)
    return found


def words_of(report: ProgressReport) -> list[ReportPart]:
    """The parts in words: the focus areas in their order, then the four closing sections."""
    order = [section.value for section in CLOSING_SECTIONS]
    parts = report.parts.select_related("focus_area")
    return sorted(
        parts, key=lambda p: (p.focus_area is None, p.focus_area.position if p.focus_area else order.index(p.section))
    )
