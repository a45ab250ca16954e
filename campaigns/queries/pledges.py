"""A unit's pledge beside the plan: line by line, and what of it is still missing."""

from dataclasses import dataclass
from fractions import Fraction

from campaigns.arithmetic import Judgement
from campaigns.judging import judge_promise, terms_of, value_of
from campaigns.models import Participation, Pledge, PledgeLine
from campaigns.queries.lines import Area, Lines, holds_value, is_counted, print_of
from campaigns.queries.plan import Plan, PlanLine, plan_of
from campaigns.typed import FIELDS, plain


def stamp_of(line: PledgeLine | None) -> str:
    """The print of what a line holds."""
    held = [plain(getattr(line, name)) for name in (*FIELDS, "note")] if line is not None else []
    return print_of(held if any(value not in (None, "") for value in held) else None)


@dataclass(frozen=True)
class PledgedLine:
    """An indicator of the plan with what the unit pledges for it."""

    planned: PlanLine
    line: PledgeLine | None
    judgement: Judgement

    @property
    def ratio(self) -> Fraction | None:
        """The pledge as a share of the plan, 1 is 100 %."""
        return self.judgement.ratio

    @property
    def is_counted(self) -> bool:
        return is_counted(self.planned)

    @property
    def is_entered(self) -> bool:
        """A value is there, or the note that says why there is none."""
        return holds_value(self.planned, self.line) or bool(self.line is not None and self.line.note.strip())

    @property
    def stamp(self) -> str:
        return stamp_of(self.line)


@dataclass(frozen=True)
class Sheet(Lines[PledgedLine]):
    """Everything of one pledge, as its pages show it."""

    plan: Plan
    pledge: Pledge | None
    areas: list[Area[PledgedLine]]

    @property
    def missing(self) -> list[PledgedLine]:
        return [row for row in self.lines() if row.is_counted and not row.is_entered]

    @property
    def below(self) -> int:
        return sum(bool(row.line and row.line.is_below) for row in self.lines() if row.is_counted)


def sheet_of(participation: Participation, pledge: Pledge | None) -> Sheet:
    """The pledge of a participation beside its plan. The caller has checked that `pledge` may be read."""
    plan = plan_of(participation.campaign, unit=participation.unit)
    lines = {line.indicator_id: line for line in pledge.lines.all()} if pledge is not None else {}
    areas = [
        Area(area.area.pk, area.number, area.area.title,
             [pledged(row, lines.get(row.indicator.pk), plan) for row in area.lines])
        for area in plan.areas
    ]  # fmt: skip
    return Sheet(plan, pledge, areas)


def pledged(planned: PlanLine, line: PledgeLine | None, plan: Plan) -> PledgedLine:
    """A line judged by the target in force, as if the promise were the result."""
    terms = terms_of(planned.indicator, planned.target, plan.campaign, assigned=planned.assigned)
    return PledgedLine(planned, line, judge_promise(terms, value_of(line)))
