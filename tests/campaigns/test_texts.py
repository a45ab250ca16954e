"""Targets and values as they are written: as many decimals as were typed, or as the indicator fixes."""

from decimal import Decimal as D

import pytest

from campaigns.arithmetic import FigureValue
from campaigns.enums import IndicatorKind as K
from campaigns.enums import RollUp
from campaigns.models import Indicator, PledgeLine, Target
from campaigns.texts import exact_text, target_text, value_text
from reports.reporting import figure_cell, number_cell


def indicator(kind=K.NUMBER, decimals=None):
    return Indicator(kind=kind, decimals=decimals)


@pytest.mark.parametrize(
    ("decimals", "stored", "expected"),
    [
        (None, "420.0000", "420"), (None, "4850.5000", "4.850,5"), (None, "0.0250", "0,025"), (None, "0", "0"),
        (1, "420.0000", "420,0"), (1, "58.2500", "58,25"), (2, "7.5000", "7,50"), (0, "420", "420"),
    ],
)  # fmt: skip
def test_a_number_has_the_decimals_typed_or_fixed(decimals, stored, expected):
    row = indicator(decimals=decimals)
    assert value_text(row, PledgeLine(number=D(stored))) == expected
    assert target_text(row, Target(low=D(stored))) == expected
    assert exact_text(row, FigureValue(number=D(stored))) == expected


@pytest.mark.parametrize(
    ("decimals", "parts", "expected"),
    [(None, (9851, 10260), "96,01"), (None, (1, 2), "50"), (1, (1, 2), "50,0"), (3, (1, 3), "33,333")],
)
def test_a_quotient_is_rounded_once_to_two_decimals_or_those_fixed(decimals, parts, expected):
    line = PledgeLine(numerator=D(parts[0]), denominator=D(parts[1]))
    assert value_text(indicator(K.PERCENT, decimals), line) == expected


def test_the_mean_of_units_is_a_quotient_and_a_sum_is_not():
    figure = FigureValue(number=D("63.5075"))
    assert exact_text(Indicator(kind=K.NUMBER, rollup=RollUp.MEAN), figure, of_units=True) == "63,51"
    assert exact_text(Indicator(kind=K.NUMBER, rollup=RollUp.SUM), figure, of_units=True) == "63,5075"
    cell = figure_cell(Indicator(kind=K.NUMBER, rollup=RollUp.MEAN), figure, of_units=True)
    assert (cell.value, cell.places) == (D("63.5075"), 2)


def test_a_cell_holds_the_exact_number_and_shows_what_the_page_shows():
    typed = number_cell(indicator(decimals=1), D("420.0000"))
    assert (typed.value, typed.places) == (D(420), 1)
    assert figure_cell(indicator(), FigureValue(number=D("420.0000"))).places == 0
    share = figure_cell(indicator(K.PERCENT), FigureValue(numerator=D(9851), denominator=D(10260)))
    assert (share.value, share.places) == (D("96.0136"), 2)
    assert figure_cell(indicator(), FigureValue()) is None
