"""Previous and this period make the cumulated figure."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.arithmetic import Cumulation, FigureValue, Kind, cumulate

SUM, LATEST = Cumulation


def number(text: str) -> FigureValue:
    return FigureValue(number=Decimal(text))


def share(numerator: str, denominator: str) -> FigureValue:
    return FigureValue(numerator=Decimal(numerator), denominator=Decimal(denominator))


YES, NO = FigureValue(yes=True), FigureValue(yes=False)
FIRST, SECOND = FigureValue(on_date=date(2024, 3, 1)), FigureValue(on_date=date(2024, 6, 1))


@pytest.mark.parametrize(
    ("kind", "mode", "previous", "this", "result"),
    [
        (Kind.NUMBER, SUM, [number("1.5"), number("2")], number("0.25"), number("3.75")),
        (Kind.MONEY, SUM, [], number("16.9"), number("16.9")),
        (Kind.COUNT, SUM, [number("3"), None], number("0"), number("3")),
        (Kind.COUNT, SUM, [number("3")], None, number("3")),  # blank adds nothing and takes nothing away
        (Kind.COUNT, SUM, [None, FigureValue()], None, None),  # all blank is blank, not zero
        (Kind.COUNT, SUM, [], number("0"), number("0")),
        (Kind.COUNT, LATEST, [number("3")], number("5"), number("5")),
        (Kind.COUNT, LATEST, [number("3"), None], FigureValue(), number("3")),
        (Kind.PERCENT, SUM, [share("90", "100")], share("1", "50"), share("91", "150")),
        (Kind.PERCENT, SUM, [number("90")], number("2"), number("2")),  # bare percentages are never added
        (Kind.PERCENT, SUM, [share("90", "100")], number("2"), number("2")),
        (Kind.PERCENT, LATEST, [share("90", "100")], share("1", "50"), share("1", "50")),
        (Kind.NUMBER, SUM, [share("1", "2")], share("1", "4"), share("2", "6")),
        (Kind.NUMBER, SUM, [share("1", "2")], number("1"), number("1.5")),
        (Kind.YES_NO, SUM, [YES], NO, NO),
        (Kind.YES_NO, SUM, [YES], None, YES),
        (Kind.DATE, SUM, [FIRST], SECOND, SECOND),
        (Kind.TEXT, SUM, [FigureValue(words="quý I")], FigureValue(words=" "), FigureValue(words="quý I")),
    ],
)
def test_cumulate(
    kind: Kind,
    mode: Cumulation,
    previous: list[FigureValue | None],
    this: FigureValue | None,
    result: FigureValue | None,
) -> None:
    assert cumulate(previous, this, kind=kind, mode=mode) == result


@settings(deadline=None)
@given(st.lists(st.none() | st.decimals(-1000, 1000, places=4), max_size=8))
def test_sums_are_exact(periods: list[Decimal | None]) -> None:
    values = [None if value is None else FigureValue(number=value) for value in periods]
    for split in range(len(values)):
        result = cumulate(values[:split], values[split], kind=Kind.NUMBER, mode=SUM)
        upto = [Fraction(value) for value in periods[: split + 1] if value is not None]
        assert (result.amount(Kind.NUMBER) if result else None) == (sum(upto) if upto else None)
