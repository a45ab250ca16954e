"""What may be typed for each kind of indicator, how it reads back, and the bridge to the arithmetic."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from campaigns.arithmetic import FigureValue
from campaigns.enums import Direction, IndicatorKind, RollUp, TargetForm, Verdict
from campaigns.judging import is_short, judge_promise, margin_of, terms_of, value_of
from campaigns.models import Campaign, Indicator, PledgeLine, Target
from campaigns.typed import BLANK, is_blank, plain, read, settle, written
from core.errors import ServiceError

K = IndicatorKind


def indicator(kind, direction=Direction.HIGHER, **values):
    return Indicator(kind=kind, direction=direction, **values)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (K.NUMBER, "1.234,5", {"number": Decimal("1234.5")}),
        (K.NUMBER, "-0,5", {"number": Decimal("-0.5")}),
        (K.COUNT, "12", {"number": Decimal(12)}),
        (K.MONEY, "4.850", {"number": Decimal(4850)}),
        (K.PERCENT, "95,6 %", {"number": Decimal("95.6")}),
        (K.PERCENT, " 9.851 / 10.260 ", {"numerator": Decimal(9851), "denominator": Decimal(10260)}),
        (K.DATE, "30/9/2024", {"on_date": date(2024, 9, 30)}),
        (K.YES_NO, "yes", {"yes": True}),
        (K.YES_NO, "no", {"yes": False}),
        (K.TEXT, " Hai dòng\nchữ ", {"words": "Hai dòng\nchữ"}),
        (K.NUMBER, "  ", {}),
        (K.NUMBER, "0", {"number": Decimal(0)}),
    ],
)
def test_a_text_is_read_by_kind_and_blank_is_not_zero(kind, text, expected):
    values = read(indicator(kind), text)
    assert values == {**BLANK, **expected}
    assert is_blank(values) == (not expected)


@pytest.mark.parametrize(
    ("kind", "text", "more"),
    [
        (K.NUMBER, "1,500", {}), (K.NUMBER, "nhiều", {}), (K.NUMBER, "NaN", {}), (K.NUMBER, "1,23456", {}),
        (K.NUMBER, "100.000.000.000", {}), (K.NUMBER, "9/10", {}), (K.COUNT, "1,5", {}), (K.COUNT, "-1", {}),
        (K.MONEY, "-3", {}), (K.PERCENT, "9/0", {}), (K.PERCENT, "9/", {}),
        (K.PERCENT, "101", {"rollup": RollUp.RATIO}),
        (K.PERCENT, "11/10", {"rollup": RollUp.RATIO}), (K.PERCENT, "-1/10", {"rollup": RollUp.RATIO}),
        (K.DATE, "31/02/2024", {}), (K.DATE, "5", {}), (K.YES_NO, "có lẽ", {}), (K.TEXT, "x" * 2001, {}),
        (K.NUMBER, "0,5", {"direction": Direction.ZERO}), (K.NONE, "5", {}),
    ],
)  # fmt: skip
def test_what_cannot_be_the_value_is_refused_in_words(kind, text, more):
    with pytest.raises(ServiceError) as refused:
        read(indicator(kind, **more), text)
    assert str(refused.value)


@pytest.mark.parametrize("text", ["1.234,5", "4.850", "0", "-0,5", "1,1250"])
def test_what_is_written_reads_back(text):
    row = indicator(K.NUMBER)
    values = read(row, text)
    assert read(row, written(row, PledgeLine(**values))) == values


@pytest.mark.parametrize(
    ("kind", "text"),
    [(K.PERCENT, "9.851/10.260"), (K.PERCENT, "95,6"), (K.DATE, "30/09/2024"), (K.YES_NO, "no"), (K.TEXT, "chữ")],
)
def test_other_kinds_read_back_too(kind, text):
    row = indicator(kind)
    assert written(row, PledgeLine(**read(row, text))) == text
    assert written(row, None) == written(row, PledgeLine(**BLANK)) == ""


def test_a_value_of_another_kind_and_an_unknown_field_are_refused():
    with pytest.raises(ServiceError):
        settle(indicator(K.NUMBER), {"words": "năm"})
    with pytest.raises(ServiceError):
        settle(indicator(K.PERCENT), {"numerator": Decimal(1)})
    with pytest.raises(TypeError):
        settle(indicator(K.NUMBER), {"nummer": 1})


def test_the_audit_keeps_plain_values():
    assert [plain(v) for v in (Decimal("5.5000"), Decimal(100), date(2024, 9, 30), None, True)] == [
        "5.5", "100", "2024-09-30", None, True,
    ]  # fmt: skip


# --- The bridge ---


def campaign(**values):
    return Campaign(**{"ends_on": date(2024, 11, 30), "margin": Decimal(1), **values})


def test_a_target_without_its_own_day_falls_due_with_the_campaign():
    row = indicator(K.NUMBER)
    own, common = Target(low=Decimal(5), due_on=date(2024, 9, 1)), Target(low=Decimal(5))
    assert terms_of(row, own, campaign()).due_on == date(2024, 9, 1)
    assert terms_of(row, common, campaign()).due_on == date(2024, 11, 30)
    assert terms_of(row, common, campaign(ends_on=None)).due_on is None


def test_not_assigned_by_its_target_or_by_the_kind_of_unit():
    row = indicator(K.NUMBER)
    assert not terms_of(row, Target(assigned=False), campaign()).assigned
    assert not terms_of(row, None, campaign(), assigned=False).assigned
    assert terms_of(row, None, campaign()).assigned


def test_margin_is_a_share():
    assert margin_of(campaign()) == Fraction(1, 100)


def test_value_of_no_row_and_of_a_row():
    assert value_of(None) is None
    assert value_of(PledgeLine(**{**BLANK, "number": Decimal(5)})) == FigureValue(number=Decimal(5))


@pytest.mark.parametrize(
    ("kind", "direction", "target", "text", "verdict"),
    [
        (K.NUMBER, Direction.HIGHER, {"low": 100}, "100", Verdict.MET),
        (K.NUMBER, Direction.HIGHER, {"low": 100}, "99,9999", Verdict.NOT_MET),
        (K.NUMBER, Direction.HIGHER, {"low": 100}, "100,5", Verdict.EXCEEDED),
        (K.NUMBER, Direction.HIGHER, {"low": 100, "low_strict": True}, "100", Verdict.NOT_MET),
        (K.NUMBER, Direction.LOWER, {"high": 3}, "3,1", Verdict.NOT_MET),
        (K.NUMBER, Direction.KEEP, {"low": 5}, "4", Verdict.NOT_MET),
        (K.COUNT, Direction.ZERO, {"high": 0}, "1", Verdict.NOT_MET),
        (K.COUNT, Direction.ZERO, {"high": 0}, "0", Verdict.MET),
        (K.PERCENT, Direction.HIGHER, {"low": 95}, "9.851/10.260", Verdict.EXCEEDED),
        (K.DATE, Direction.HIGHER, {"due_on": date(2024, 9, 30)}, "30/09/2024", Verdict.MET),
        (K.DATE, Direction.HIGHER, {"due_on": date(2024, 9, 30)}, "01/10/2024", Verdict.NOT_MET),
        (K.YES_NO, Direction.HIGHER, {}, "no", Verdict.NOT_MET),
        (K.NUMBER, Direction.HIGHER, {"low": 100}, "", Verdict.NOT_REPORTED),
    ],
)
@pytest.mark.parametrize("ends_on", [date(2024, 11, 30), None])
def test_a_promise_is_judged_as_if_it_were_the_result(kind, direction, target, text, verdict, ends_on):
    row = indicator(kind, direction)
    asked = Target(**{k: Decimal(v) if type(v) is int else v for k, v in target.items()})
    line = PledgeLine(**read(row, text))
    judgement = judge_promise(terms_of(row, asked, campaign(ends_on=ends_on)), value_of(line))
    assert judgement.verdict == verdict
    assert is_short(judgement) == (verdict == Verdict.NOT_MET)


def test_a_range_is_kept_at_both_ends():
    row = indicator(K.NUMBER, Direction.KEEP, form=TargetForm.RANGE)
    terms = terms_of(row, Target(low=Decimal("7.5"), high=Decimal(8)), campaign())
    verdicts = [judge_promise(terms, value_of(PledgeLine(**read(row, text)))).verdict for text in ("7,4", "7,5", "8,1")]
    assert verdicts == [Verdict.NOT_MET, Verdict.MET, Verdict.NOT_MET]
