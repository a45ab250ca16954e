"""The figures of many units brought together, saying of how many of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from campaigns.arithmetic.enums import REACHED, Kind, RollUp, Verdict
from campaigns.arithmetic.values import Exact, FigureValue, exact


@dataclass(frozen=True, kw_only=True)
class UnitFigure:
    """One unit's place in a total: its figure (None: not reported), its verdict, its weight in a mean."""

    value: FigureValue | None
    assigned: bool = True
    verdict: Verdict | None = None
    weight: Exact = 1


@dataclass(frozen=True, kw_only=True)
class Total:
    """`value` out of the figures of `n_reported` among the `n_assigned` units asked ("7/8 đơn vị").

    A percent is 96.01… for 9851 out of 10260, which stand in `numerator` and `denominator`. Value None:
    nothing was reported, or figures of this kind make no total.
    """

    value: Fraction | None
    n_reported: int
    n_assigned: int
    numerator: Fraction | None = None
    denominator: Fraction | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every unit asked is in it."""
        return self.n_reported == self.n_assigned

    @property
    def figure(self) -> FigureValue | None:
        """The total as a figure, to be judged by the target of the whole."""
        if self.numerator is not None and self.denominator is not None:
            return FigureValue(numerator=self.numerator, denominator=self.denominator)
        return None if self.value is None else FigureValue(number=self.value)


def total(units: Iterable[UnitFigure], *, kind: Kind, rollup: RollUp) -> Total:
    """The total of the units asked; a unit that was not assigned the indicator is left out altogether.

    SUM adds amounts up, RATIO numerators and denominators; a percentage is never added, so SUM of
    percentages is their RATIO. MEAN weighs each unit's amount by its weight. COUNT_MET counts the units
    that reached their target. A figure that the roll-up cannot use (a percentage whose parts are
    unknown) counts as not reported: the total then says that it is not of all.
    """
    asked = [unit for unit in units if unit.assigned]
    chosen = RollUp(rollup)
    if Kind(kind) == Kind.PERCENT and chosen == RollUp.SUM:
        chosen = RollUp.RATIO
    return _WAYS[chosen](asked, Kind(kind))


def _reported(units: list[UnitFigure], kind: Kind) -> list[UnitFigure]:
    return [unit for unit in units if unit.value is not None and unit.value.is_reported(kind)]


def _sum(units: list[UnitFigure], kind: Kind) -> Total:
    amounts = [amount for _weight, amount in _amounts(units, kind)]
    value = sum(amounts, Fraction()) if amounts else None
    return Total(value=value, n_reported=len(amounts), n_assigned=len(units))


def _ratio(units: list[UnitFigure], kind: Kind) -> Total:
    parts = [unit.value.parts for unit in _reported(units, kind) if unit.value is not None]
    known = [pair for pair in parts if pair is not None]
    if not known:
        return Total(value=None, n_reported=0, n_assigned=len(units))
    numerator = sum((pair[0] for pair in known), Fraction())
    denominator = sum((pair[1] for pair in known), Fraction())
    return Total(
        value=numerator / denominator * (100 if kind == Kind.PERCENT else 1),
        n_reported=len(known),
        n_assigned=len(units),
        numerator=numerator,
        denominator=denominator,
    )


def _mean(units: list[UnitFigure], kind: Kind) -> Total:
    weighed = _amounts(units, kind)
    weight = sum((weight for weight, _amount in weighed), Fraction())
    value = sum((weight * amount for weight, amount in weighed), Fraction()) / weight if weight else None
    return Total(value=value, n_reported=len(weighed), n_assigned=len(units))


def _count_met(units: list[UnitFigure], kind: Kind) -> Total:
    reported = _reported(units, kind)
    met = sum(unit.verdict in REACHED for unit in reported)
    return Total(value=Fraction(met) if reported else None, n_reported=len(reported), n_assigned=len(units))


def _none(units: list[UnitFigure], kind: Kind) -> Total:
    return Total(value=None, n_reported=len(_reported(units, kind)), n_assigned=len(units))


def _amounts(units: list[UnitFigure], kind: Kind) -> list[tuple[Fraction, Fraction]]:
    """(weight, amount) of the units that reported a quantity."""
    pairs = ((exact(unit.weight), unit.value.amount(kind)) for unit in units if unit.value is not None)
    return [(weight, amount) for weight, amount in pairs if amount is not None]


_WAYS: dict[RollUp, Callable[[list[UnitFigure], Kind], Total]] = {
    RollUp.SUM: _sum,
    RollUp.RATIO: _ratio,
    RollUp.MEAN: _mean,
    RollUp.COUNT_MET: _count_met,
    RollUp.NONE: _none,
}
