"""What the sheets of a pledge and of a report share: lines within focus areas, and the count of what is entered."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from campaigns.arithmetic import Kind
from campaigns.judging import UNCOUNTED, value_of
from campaigns.models.base import TypedValue
from campaigns.queries.plan import PlanLine


class Line(Protocol):
    """An indicator of the plan with what a unit entered for it."""

    @property
    def planned(self) -> PlanLine: ...
    @property
    def is_counted(self) -> bool: ...
    @property
    def is_entered(self) -> bool: ...


L = TypeVar("L", bound=Line)


def is_counted(planned: PlanLine) -> bool:
    """Whether something is to be entered: it is assigned and has a figure."""
    return planned.assigned and planned.indicator.kind not in UNCOUNTED


def holds_value(planned: PlanLine, typed: TypedValue | None) -> bool:
    """Whether there is a value of the indicator's kind."""
    value = value_of(typed)
    return value is not None and value.is_reported(Kind(planned.indicator.kind))


def print_of(held: Any) -> str:
    """A short print of what a line holds: whoever saves says by it which content they saw. None: nothing."""
    return hashlib.sha256(("" if held is None else repr(held)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Area(Generic[L]):
    """A focus area with its lines."""

    pk: int
    number: int
    title: str
    lines: list[L]

    @property
    def counted(self) -> list[L]:
        return [row for row in self.lines if row.is_counted]

    @property
    def entered(self) -> int:
        return sum(row.is_entered for row in self.counted)

    @property
    def missing(self) -> int:
        return len(self.counted) - self.entered


class Lines(Generic[L]):
    """The lines of all focus areas, and how many of them are entered."""

    areas: Sequence[Area[L]]

    def lines(self) -> Iterator[L]:
        for area in self.areas:
            yield from area.lines

    @property
    def counted(self) -> int:
        return sum(len(area.counted) for area in self.areas)

    @property
    def entered(self) -> int:
        return sum(area.entered for area in self.areas)

    def line(self, indicator_id: int) -> tuple[Area[L], L]:
        """The line of an indicator, with its focus area. Raises KeyError where the plan has none."""
        for area in self.areas:
            for row in area.lines:
                if row.planned.indicator.pk == indicator_id:
                    return area, row
        raise KeyError(indicator_id)
