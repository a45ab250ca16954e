"""Rounding is half up, exact, and only for the eye."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.arithmetic import percent, round_half_up


@pytest.mark.parametrize(
    ("ratio", "places", "shown"),
    [
        (Fraction(1, 3), 1, "33.3"),
        (Fraction(2, 3), 2, "66.67"),
        (Fraction(1), 1, "100.0"),
        (Fraction(9996, 10000), 1, "100.0"),  # the verdict is still "not met"
        (Fraction(5, 1000), 0, "1"),
        (Fraction(-5, 1000), 0, "-1"),
        (Fraction(-1, 10**6), 1, "0.0"),
        (Fraction(6818, 1000), 1, "681.8"),
        (Fraction(10**40), 1, "1" + "0" * 42 + ".0"),
    ],
)
def test_percent(ratio: Fraction, places: int, shown: str) -> None:
    assert f"{percent(ratio, places):f}" == shown


@settings(deadline=None)
@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 5))
def test_rounding_agrees_with_decimal(value: Decimal, places: int) -> None:
    with localcontext(prec=50):
        wanted = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert round_half_up(Fraction(value), places) == wanted
    assert round_half_up(Fraction(value), places).as_tuple().exponent == -places
