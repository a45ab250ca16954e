"""A unit's pledge beside the plan: line by line, and what of it is still missing."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from campaigns.arithmetic import Judgement, Kind
from campaigns.judging import UNCOUNTED, judge_promise, terms_of, value_of
from campaigns.models import Participation, Pledge, PledgeLine
from campaigns.queries.plan import Plan, PlanLine, plan_of
from campaigns.typed import FIELDS, plain


def stamp_of(line: PledgeLine | None) -> str:
    """A short print of what a line holds: whoever saves says by it which content they saw."""
    held = [plain(getattr(line, name)) for name in (*FIELDS, "note")] if line is not None else []
    content = "" if not any(value not in (None, "") for value in held) else repr(held)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


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
        """Whether something is to be entered: it is assigned and has a figure."""
        return self.planned.assigned and self.planned.indicator.kind not in UNCOUNTED

    @property
    def is_entered(self) -> bool:
        """A value is there, or the note that says why there is none."""
        value = value_of(self.line)
        reported = value is not None and value.is_reported(Kind(self.planned.indicator.kind))
        return reported or bool(self.line is not None and self.line.note.strip())

    @property
    def stamp(self) -> str:
        return stamp_of(self.line)


@dataclass(frozen=True)
class PledgedArea:
    number: int
    title: str
    lines: list[PledgedLine]

    @property
    def counted(self) -> list[PledgedLine]:
        return [row for row in self.lines if row.is_counted]

    @property
    def entered(self) -> int:
        return sum(row.is_entered for row in self.counted)

    @property
    def missing(self) -> int:
        return len(self.counted) - self.entered


@dataclass(frozen=True)
class Sheet:
    """Everything of one pledge, as its pages show it."""

    plan: Plan
    pledge: Pledge | None
    areas: list[PledgedArea]

    def lines(self) -> Iterator[PledgedLine]:
        for area in self.areas:
            yield from area.lines

    @property
    def counted(self) -> int:
        return sum(len(area.counted) for area in self.areas)

    @property
    def entered(self) -> int:
        return sum(area.entered for area in self.areas)

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
        PledgedArea(
            area.number, area.area.title, [pledged(row, lines.get(row.indicator.pk), plan) for row in area.lines]
        )
        for area in plan.areas
    ]
    return Sheet(plan, pledge, areas)


def pledged(planned: PlanLine, line: PledgeLine | None, plan: Plan) -> PledgedLine:
    """A line judged by the target in force, as if the promise were the result."""
    terms = terms_of(planned.indicator, planned.target, plan.campaign, assigned=planned.assigned)
    return PledgedLine(planned, line, judge_promise(terms, value_of(line)))
