"""Every case of the mission's row "Verdict of a figure", and the same against plain fractions."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.arithmetic import (
    Cumulation,
    Direction,
    FigureValue,
    Kind,
    TargetForm,
    TargetTerms,
    Verdict,
    against_base,
    judge,
)

DUE = date(2024, 11, 30)
EVE = DUE - timedelta(days=1)
D, F, V = Decimal, Fraction, Verdict
HIGHER, LOWER, KEEP, ZERO = Direction
RANGE = TargetForm.RANGE


def terms(low: str | None = None, high: str | None = None, **given: object) -> TargetTerms:
    bounds = {"low": None if low is None else D(low), "high": None if high is None else D(high)}
    return TargetTerms(**{"due_on": DUE, **bounds, **given})  # type: ignore[arg-type]


def number(text: str) -> FigureValue:
    return FigureValue(number=D(text))


FINAL = [
    # higher is better
    (terms("100"), "99.9999", V.NOT_MET, F(999999, 1000000)),
    (terms("100"), "100", V.MET, F(1)),
    (terms("100"), "100.9999", V.MET, F(1009999, 1000000)),
    (terms("100"), "101", V.EXCEEDED, F(101, 100)),
    (terms("100"), "0", V.NOT_MET, F(0)),
    (terms("100"), "-5", V.NOT_MET, F(-1, 20)),
    (terms("58.6"), "58.6", V.MET, F(1)),
    (terms(None, "58.6"), "58.6", V.MET, F(1)),  # a single value may stand at either end
    (terms("43.45", kind=Kind.MONEY), "296.2421", V.EXCEEDED, F(2962421, 434500)),  # 681,8 %
    (terms("3", kind=Kind.COUNT), "3", V.MET, F(1)),
    # strict bound: "trên 95 %"
    (terms("95", low_strict=True), "95", V.NOT_MET, F(1)),
    (terms("95", low_strict=True), "95.0001", V.MET, F(950001, 950000)),
    (terms("95", low_strict=True), "95.95", V.EXCEEDED, F(101, 100)),
    # lower is better: % is target ÷ actual
    (terms("1.54", direction=LOWER), "1.54", V.MET, F(1)),
    (terms(None, "1.54", direction=LOWER), "1.5401", V.NOT_MET, F(15400, 15401)),
    (terms(None, "1.54", direction=LOWER), "1.53", V.MET, F(154, 153)),
    (terms(None, "1.54", direction=LOWER), "1.5246", V.EXCEEDED, F(15400, 15246)),
    (terms(None, "20", direction=LOWER), "25", V.NOT_MET, F(4, 5)),
    (terms(None, "20", direction=LOWER), "0", V.EXCEEDED, None),  # nothing can be divided by zero
    (terms(None, "5", direction=LOWER, high_strict=True), "5", V.NOT_MET, F(1)),
    (terms(None, "5", direction=LOWER, high_strict=True), "4.96", V.MET, F(125, 124)),
    # target zero: no %
    (terms("0"), "0", V.MET, None),
    (terms("0"), "0.0001", V.EXCEEDED, None),
    (terms("0"), "-1", V.NOT_MET, None),
    (terms("0", direction=LOWER), "0", V.MET, None),
    (terms("0", direction=LOWER), "1", V.NOT_MET, None),
    # a negative target: better is still better
    (terms("-10"), "-10", V.MET, None),
    (terms("-10"), "-9.9", V.EXCEEDED, None),
    (terms("-10"), "-10.1", V.NOT_MET, None),
    # keep: neither more nor less, never exceeded, no %
    (terms("100", direction=KEEP), "100", V.MET, None),
    (terms("100", direction=KEEP), "99.9999", V.NOT_MET, None),
    (terms("100", direction=KEEP), "150", V.NOT_MET, None),
    (terms("100", direction=KEEP, low_strict=True), "100", V.MET, None),
    (terms("2", "2.2", direction=KEEP, form=RANGE), "2.1", V.MET, None),
    (terms("2", "2.2", direction=KEEP, form=RANGE), "2.2001", V.NOT_MET, None),
    # zero cases: met or not met, never exceeded, with or without a target written down
    (terms(direction=ZERO, kind=Kind.COUNT), "0", V.MET, None),
    (terms("0", direction=ZERO, kind=Kind.COUNT), "0", V.MET, None),
    (terms(direction=ZERO, kind=Kind.COUNT, form=TargetForm.NONE), "1", V.NOT_MET, None),
    # range: no %
    (terms("7.5", "8", form=RANGE), "7.4999", V.NOT_MET, None),
    (terms("7.5", "8", form=RANGE), "7.5", V.MET, None),
    (terms("7.5", "8", form=RANGE), "8", V.MET, None),
    (terms("7.5", "8", form=RANGE), "8.0799", V.MET, None),
    (terms("7.5", "8", form=RANGE), "8.08", V.EXCEEDED, None),
    (terms("7.5", "8", form=RANGE, low_strict=True), "7.5", V.NOT_MET, None),
    (terms("58.6", form=RANGE), "58.6", V.MET, None),  # "từ 58,6"
    (terms("58.6", form=RANGE), "59.186", V.EXCEEDED, None),
    (terms(None, "8", form=RANGE), "8.1", V.NOT_MET, None),  # "đến 8"
    (terms("1", "2", form=RANGE, direction=LOWER), "2.0001", V.NOT_MET, None),
    (terms("1", "2", form=RANGE, direction=LOWER), "1.5", V.MET, None),
    (terms("1", "2", form=RANGE, direction=LOWER), "0.99", V.EXCEEDED, None),
    (terms("1", form=RANGE, direction=LOWER), "0.9", V.NOT_MET, None),
    # nothing to judge by
    (terms(), "5", V.NO_VERDICT, None),
    (terms("5", form=TargetForm.NONE), "5", V.NO_VERDICT, None),
    (terms("5", kind=Kind.NONE), "5", V.NO_VERDICT, None),
]


@pytest.mark.parametrize(("asked", "reached", "verdict", "ratio"), FINAL)
def test_verdict_from_the_due_day_on(
    asked: TargetTerms, reached: str, verdict: Verdict, ratio: Fraction | None
) -> None:
    for day in (DUE, DUE + timedelta(days=400)):
        judgement = judge(asked, number(reached), on=day)
        assert (judgement.verdict, judgement.ratio) == (verdict, ratio)


@pytest.mark.parametrize(("asked", "reached", "verdict", "ratio"), FINAL)
def test_no_figure_fails_before_its_due_day(
    asked: TargetTerms, reached: str, verdict: Verdict, ratio: Fraction | None
) -> None:
    judgement = judge(asked, number(reached), on=EVE)
    assert (judgement.verdict, judgement.ratio) == (V.NO_VERDICT, ratio)
    assert judge(asked, number(reached), on=EVE, expected_share=1).verdict in (V.NO_VERDICT, V.ON_TRACK, V.BEHIND)
    assert judge(replace(asked, due_on=None), number(reached), on=DUE).verdict == V.NO_VERDICT


@pytest.mark.parametrize(
    ("margin", "reached", "verdict"),
    [
        (F(0), "100", V.MET),  # not worse is not yet better
        (F(0), "100.0001", V.EXCEEDED),
        (F(1, 100), "100.9999", V.MET),
        (D("0.05"), "104.9999", V.MET),
        (D("0.05"), "105", V.EXCEEDED),
        (F(1, 3), "133.3333", V.MET),
        (F(1, 3), "133.3334", V.EXCEEDED),
    ],
)
def test_the_campaign_sets_its_margin(margin: Fraction, reached: str, verdict: Verdict) -> None:
    assert judge(terms("100"), number(reached), on=DUE, margin=margin).verdict == verdict


def test_zero_cases_are_not_exceeded_by_a_margin_of_nothing() -> None:
    assert judge(terms(direction=ZERO), number("0"), on=DUE, margin=0).verdict == V.MET
    assert judge(terms("5", direction=KEEP), number("5"), on=DUE, margin=0).verdict == V.MET


PERCENT = [
    # numerator, denominator, target, verdict, share of the plan
    ("9851", "10260", "96", V.MET, F(985100, 10260) / 96),
    ("9851", "10260", "96.1", V.NOT_MET, F(985100, 10260) / F(961, 10)),
    ("2", "3", "66.6667", V.NOT_MET, F(200, 3) / F(666667, 10000)),  # 66,67 % when rounded
    ("8", "8", "100", V.MET, F(1)),
    ("7", "8", "100", V.NOT_MET, F(7, 8)),
    ("0", "8", "100", V.NOT_MET, F(0)),
    ("201", "100", "100", V.EXCEEDED, F(201, 100)),
]


@pytest.mark.parametrize(("numerator", "denominator", "target", "verdict", "ratio"), PERCENT)
def test_percent_is_judged_by_its_parts(
    numerator: str, denominator: str, target: str, verdict: Verdict, ratio: Fraction
) -> None:
    value = FigureValue(number=D("50"), numerator=D(numerator), denominator=D(denominator))
    judgement = judge(terms(target, kind=Kind.PERCENT), value, on=DUE)
    assert (judgement.verdict, judgement.ratio) == (verdict, ratio)


def test_percent_without_parts_is_judged_by_its_number() -> None:
    assert judge(terms("95", kind=Kind.PERCENT), number("95.6"), on=DUE).ratio == F(956, 950)


# --- reported, assigned ---------------------------------------------------------------------------

BLANK = [
    (Kind.NUMBER, None),
    (Kind.NUMBER, FigureValue()),
    (Kind.NUMBER, FigureValue(words="khoảng 5")),
    (Kind.COUNT, FigureValue(yes=True)),
    (Kind.PERCENT, FigureValue()),
    (Kind.MONEY, FigureValue(on_date=DUE)),
    (Kind.DATE, number("5")),
    (Kind.YES_NO, FigureValue()),
    (Kind.TEXT, FigureValue(words=" \n")),
]


@pytest.mark.parametrize(("kind", "value"), BLANK)
@pytest.mark.parametrize("day", [EVE, DUE])
def test_blank_is_not_zero(kind: Kind, value: FigureValue | None, day: date) -> None:
    assert judge(terms("5", kind=kind), value, on=day, expected_share=F(1, 2)).verdict == V.NOT_REPORTED


def test_zero_reported_is_reported() -> None:
    assert judge(terms("5"), number("0"), on=DUE).verdict == V.NOT_MET
    assert judge(terms(direction=ZERO), None, on=DUE).verdict == V.NOT_REPORTED


@pytest.mark.parametrize("value", [None, number("7")])
def test_not_assigned_is_neither_zero_nor_unreported(value: FigureValue | None) -> None:
    assert judge(terms("5", assigned=False), value, on=DUE).verdict == V.NOT_ASSIGNED


# --- dates, yes or no, words ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "asked_on", "verdict", "days"),
    [
        (DUE - timedelta(days=12), EVE, V.MET, 12),  # early: a thing done in time stays so
        (DUE - timedelta(days=12), DUE, V.MET, 12),
        (DUE, DUE, V.MET, 0),
        (DUE + timedelta(days=1), DUE + timedelta(days=1), V.NOT_MET, -1),
        (DUE + timedelta(days=1), DUE, V.NOT_MET, -1),
        (EVE, EVE - timedelta(days=1), V.NO_VERDICT, 1),  # a day to come is a hope, not a figure
        (DUE + timedelta(days=9), EVE, V.NO_VERDICT, -9),
    ],
)
def test_dates(done: date, asked_on: date, verdict: Verdict, days: int) -> None:
    judgement = judge(terms(kind=Kind.DATE), FigureValue(on_date=done), on=asked_on)
    assert (judgement.verdict, judgement.ratio, judgement.days) == (verdict, None, days)


def test_a_date_without_a_due_day_has_no_verdict() -> None:
    assert judge(terms(kind=Kind.DATE, due_on=None), FigureValue(on_date=EVE), on=DUE).verdict == V.NO_VERDICT


@pytest.mark.parametrize(
    ("yes", "day", "verdict"),
    [(True, DUE, V.MET), (False, DUE, V.NOT_MET), (True, EVE, V.NO_VERDICT), (False, EVE, V.NO_VERDICT)],
)
def test_yes_or_no(yes: bool, day: date, verdict: Verdict) -> None:
    judgement = judge(terms(kind=Kind.YES_NO), FigureValue(yes=yes), on=day)
    assert (judgement.verdict, judgement.ratio) == (verdict, None)


def test_words_have_no_verdict() -> None:
    assert judge(terms(kind=Kind.TEXT), FigureValue(words="Đã làm"), on=DUE).verdict == V.NO_VERDICT


# --- on track, behind -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "reached", "share", "verdict"),
    [
        (terms("100"), "25", F(1, 4), V.ON_TRACK),
        (terms("100"), "24.9999", F(1, 4), V.BEHIND),
        (terms("100"), "33.3333", F(1, 3), V.BEHIND),
        (terms("100"), "120", F(3, 4), V.ON_TRACK),
        (terms("100"), "0", F(0), V.ON_TRACK),
        (terms("0"), "0", F(1, 2), V.ON_TRACK),
        # a level on its way down: target ÷ actual
        (terms("2", direction=LOWER), "4", F(1, 2), V.ON_TRACK),
        (terms("2", direction=LOWER), "4.0001", F(1, 2), V.BEHIND),
        (terms("2", direction=LOWER), "0", F(1), V.ON_TRACK),
        # cases that add up over the year: half the year, half the allowance
        (terms("20", direction=LOWER, cumulation=Cumulation.SUM), "10", F(1, 2), V.ON_TRACK),
        (terms("20", direction=LOWER, cumulation=Cumulation.SUM), "11", F(1, 2), V.BEHIND),
        # what must hold all along
        (terms("100", direction=KEEP), "100", F(1, 4), V.ON_TRACK),
        (terms("100", direction=KEEP), "99", F(1, 4), V.BEHIND),
        (terms(direction=ZERO), "0", F(1, 4), V.ON_TRACK),
        (terms(direction=ZERO), "1", F(1, 4), V.BEHIND),
        # what may still come
        (terms("7.5", "8", form=RANGE), "7.6", F(1, 4), V.ON_TRACK),
        (terms("7.5", "8", form=RANGE), "2", F(1, 4), V.NO_VERDICT),
    ],
)
def test_pace_before_the_due_day(asked: TargetTerms, reached: str, share: Fraction, verdict: Verdict) -> None:
    assert judge(asked, number(reached), on=EVE, expected_share=share).verdict == verdict


def test_pace_of_yes_or_no() -> None:
    asked = terms(kind=Kind.YES_NO)
    assert judge(asked, FigureValue(yes=True), on=EVE, expected_share=F(1, 2)).verdict == V.ON_TRACK
    assert judge(asked, FigureValue(yes=False), on=EVE, expected_share=F(1, 2)).verdict == V.NO_VERDICT


def test_from_the_due_day_on_pace_no_longer_counts() -> None:
    assert judge(terms("100"), number("50"), on=DUE, expected_share=F(1, 4)).verdict == V.NOT_MET


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [{"margin": F(-1, 100)}, {"expected_share": F(-1)}, {"expected_share": D("1.01")}])
def test_impossible_margins_and_shares_are_refused(given: dict[str, Fraction]) -> None:
    with pytest.raises(ValueError, match="margin"):
        judge(terms("5"), number("5"), on=DUE, **given)


def test_impossible_terms_are_refused() -> None:
    with pytest.raises(ValueError, match="lower bound"):
        terms("8", "7.5", form=RANGE)
    with pytest.raises(ValueError, match="sideways"):
        TargetTerms(direction="sideways")  # type: ignore[arg-type]


def test_stored_strings_are_taken_for_the_enumerations() -> None:
    asked = TargetTerms(kind="percent", direction="lower", form="value", cumulation="sum")  # type: ignore[arg-type]
    assert (asked.kind, asked.direction, asked.form, asked.cumulation) == (
        Kind.PERCENT, LOWER, TargetForm.VALUE, Cumulation.SUM,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"number": 1.5}, TypeError),
        ({"number": "5"}, TypeError),
        ({"number": D("NaN")}, ValueError),
        ({"number": D("Infinity")}, ValueError),
        ({"numerator": D(1)}, ValueError),
        ({"numerator": D(1), "denominator": D(0)}, ValueError),
        ({"numerator": D(1), "denominator": D(-1)}, ValueError),
    ],
)
def test_inexact_and_impossible_values_are_refused(given: dict[str, Decimal], error: type[Exception]) -> None:
    with pytest.raises(error):
        FigureValue(**given)


@pytest.mark.parametrize(
    ("actual", "base", "ratio"),
    [
        (D("68.454"), D(29), F(68454, 29000)),
        (D(5), D(0), None),
        (None, D(5), None),
        (D(5), None, None),
        (D(5), D(-1), None),
    ],
)
def test_against_base(actual: Decimal | None, base: Decimal | None, ratio: Fraction | None) -> None:
    assert against_base(actual, base) == ratio


# --- against plain fractions ----------------------------------------------------------------------

AMOUNTS = st.decimals(D("-1000000"), D("1000000"), places=4)
POSITIVE = st.decimals(D("0.0001"), D("1000000"), places=4)
MARGINS = st.fractions(0, 1)


@settings(deadline=None, max_examples=200)
@given(POSITIVE, AMOUNTS, MARGINS)
def test_higher_against_fractions(target: Decimal, actual: Decimal, margin: Fraction) -> None:
    judgement = judge(TargetTerms(low=target, due_on=DUE), FigureValue(number=actual), on=DUE, margin=margin)
    ratio = F(actual) / F(target)
    assert judgement.ratio == ratio
    wanted = V.NOT_MET if ratio < 1 else V.EXCEEDED if ratio > 1 and ratio >= 1 + margin else V.MET
    assert judgement.verdict == wanted


@settings(deadline=None, max_examples=200)
@given(POSITIVE, POSITIVE, MARGINS)
def test_lower_against_fractions(target: Decimal, actual: Decimal, margin: Fraction) -> None:
    asked = TargetTerms(high=target, direction=LOWER, due_on=DUE)
    judgement = judge(asked, FigureValue(number=actual), on=DUE, margin=margin)
    assert judgement.ratio == F(target) / F(actual)
    share = F(actual) / F(target)
    wanted = V.NOT_MET if share > 1 else V.EXCEEDED if share < 1 and share <= 1 - margin else V.MET
    assert judgement.verdict == wanted


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(Direction), st.sampled_from(TargetForm), st.booleans(), st.booleans(),
    st.none() | AMOUNTS, st.none() | AMOUNTS, AMOUNTS, MARGINS, st.none() | st.fractions(0, 1),
)  # fmt: skip
def test_no_terms_break_the_rules(
    direction: Direction, form: TargetForm, low_strict: bool, high_strict: bool,
    low: Decimal | None, high: Decimal | None, actual: Decimal, margin: Fraction, share: Fraction | None,
) -> None:  # fmt: skip
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    asked = TargetTerms(
        direction=direction, form=form, low=low, high=high, low_strict=low_strict, high_strict=high_strict, due_on=DUE
    )
    value = FigureValue(number=actual)
    after = judge(asked, value, on=DUE, margin=margin, expected_share=share)
    before = judge(asked, value, on=EVE, margin=margin, expected_share=share)
    assert after.verdict in (V.NOT_MET, V.MET, V.EXCEEDED, V.NO_VERDICT)
    assert before.verdict in ((V.NO_VERDICT,) if share is None else (V.NO_VERDICT, V.ON_TRACK, V.BEHIND))
    assert after.ratio == before.ratio
    if direction in (KEEP, ZERO):
        assert after.verdict != V.EXCEEDED
    if direction in (KEEP, ZERO) or form != TargetForm.VALUE:
        assert after.ratio is None
