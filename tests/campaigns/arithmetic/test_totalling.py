"""Totals say of how many units they are, and weigh by what stands below the line."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.arithmetic import FigureValue, Kind, RollUp, TargetTerms, UnitFigure, Verdict, judge, percent, total

_DAY = date(2024, 6, 30)
# Households with clean water in eight communes, and all their households.
COMMUNES = [(1980, 2000), (1330, 1400), (1250, 1250), (1176, 1260), (999, 1100), (1105, 1150), (1111, 1150), (900, 950)]


def part(numerator: int, denominator: int) -> UnitFigure:
    return UnitFigure(value=FigureValue(numerator=numerator, denominator=denominator))


def unit(value: int | str | None, **given: object) -> UnitFigure:
    figure = None if value is None else FigureValue(number=Decimal(value))
    return UnitFigure(value=figure, **given)  # type: ignore[arg-type]


def test_a_percentage_of_the_whole_is_not_the_mean_of_percentages() -> None:
    result = total([part(*pair) for pair in COMMUNES], kind=Kind.PERCENT, rollup=RollUp.RATIO)
    assert (result.numerator, result.denominator) == (9851, 10260)
    assert result.value == Fraction(985100, 10260)
    assert percent(Fraction(9851, 10260), 2) == Decimal("96.01")
    mean = total([part(*pair) for pair in COMMUNES], kind=Kind.PERCENT, rollup=RollUp.MEAN)
    assert mean.value == sum((Fraction(n * 100, d) for n, d in COMMUNES), Fraction()) / 8
    assert mean.value != result.value


def test_the_total_of_a_percentage_can_be_judged_like_a_figure() -> None:
    result = total([part(*pair) for pair in COMMUNES], kind=Kind.PERCENT, rollup=RollUp.SUM)
    terms = TargetTerms(kind=Kind.PERCENT, low=96, due_on=None)
    assert judge(terms, result.figure, on=_DAY).ratio == Fraction(985100, 10260) / 96


def test_total_says_of_how_many_units_it_is() -> None:
    units = [*(part(*pair) for pair in COMMUNES[:7]), UnitFigure(value=None)]
    result = total(units, kind=Kind.PERCENT, rollup=RollUp.RATIO)
    assert (result.n_reported, result.n_assigned, result.is_complete) == (7, 8, False)
    assert (result.numerator, result.denominator) == (8951, 9310)


@pytest.mark.parametrize("rollup", RollUp)
def test_units_not_assigned_are_in_neither_number(rollup: RollUp) -> None:
    units = [unit(5), unit(None), unit(7, assigned=False), unit(None, assigned=False)]
    result = total(units, kind=Kind.NUMBER, rollup=rollup)
    assert result.n_assigned == 2


@pytest.mark.parametrize(
    ("rollup", "values", "value", "reported"),
    [
        (RollUp.SUM, ["215818", "39178", "24021", "20173", "19247"], Fraction(318437), 5),
        (RollUp.SUM, ["1.5", None, "0"], Fraction(3, 2), 2),
        (RollUp.SUM, [None, None], None, 0),
        (RollUp.SUM, [], None, 0),
        (RollUp.MEAN, ["1", "2", None], Fraction(3, 2), 2),
        (RollUp.MEAN, [None], None, 0),
        (RollUp.NONE, ["1", None], None, 1),
        (RollUp.RATIO, ["1", "2"], None, 0),  # without parts there is nothing to weigh by
    ],
)
def test_rollups_of_numbers(rollup: RollUp, values: list[str | None], value: Fraction | None, reported: int) -> None:
    result = total([unit(each) for each in values], kind=Kind.NUMBER, rollup=rollup)
    assert (result.value, result.n_reported, result.n_assigned) == (value, reported, len(values))
    assert (result.figure is None) == (value is None)


def test_mean_weighs() -> None:
    units = [unit(60, weight=3), unit(100, weight=Decimal(1)), unit(None, weight=9)]
    assert total(units, kind=Kind.NUMBER, rollup=RollUp.MEAN).value == 70
    assert total([unit(60, weight=0)], kind=Kind.NUMBER, rollup=RollUp.MEAN).value is None


def test_bare_percentages_are_left_out_and_counted_as_missing() -> None:
    result = total([part(1, 2), unit("99")], kind=Kind.PERCENT, rollup=RollUp.SUM)
    assert (result.value, result.n_reported, result.n_assigned) == (Fraction(50), 1, 2)


def test_count_met_counts_verdicts() -> None:
    yes = FigureValue(yes=True)
    units = [
        UnitFigure(value=yes, verdict=Verdict.MET),
        UnitFigure(value=yes, verdict=Verdict.EXCEEDED),
        UnitFigure(value=yes, verdict=Verdict.NOT_MET),
        UnitFigure(value=None, verdict=Verdict.NOT_REPORTED),
    ]
    result = total(units, kind=Kind.YES_NO, rollup=RollUp.COUNT_MET)
    assert (result.value, result.n_reported, result.n_assigned) == (2, 3, 4)
    assert total(units[3:], kind=Kind.YES_NO, rollup=RollUp.COUNT_MET).value is None


def test_a_ratio_that_is_no_percentage() -> None:
    result = total([part(600, 10), part(300, 10)], kind=Kind.MONEY, rollup=RollUp.RATIO)
    assert result.value == 45
    assert result.figure is not None
    assert result.figure.amount(Kind.MONEY) == 45


def test_stored_strings_are_taken_for_the_enumerations() -> None:
    assert total([part(1, 2)], kind="percent", rollup="sum").value == 50  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.lists(st.none() | st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), max_size=12))
def test_ratio_against_fractions(pairs: list[tuple[int, int] | None]) -> None:
    units = [UnitFigure(value=None) if pair is None else part(*pair) for pair in pairs]
    result = total(units, kind=Kind.PERCENT, rollup=RollUp.RATIO)
    known = [pair for pair in pairs if pair is not None]
    below = sum(d for _n, d in known)
    assert result.value == (Fraction(100 * sum(n for n, _d in known), below) if known else None)
    assert (result.n_reported, result.n_assigned) == (len(known), len(pairs))
