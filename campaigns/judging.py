"""The bridge from the tables to `campaigns.arithmetic`, which knows of no table."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from campaigns import arithmetic
from campaigns.arithmetic import Cumulation, Direction, FigureValue, Judgement, Kind, TargetForm, TargetTerms
from campaigns.enums import IndicatorKind, Verdict
from campaigns.models import Campaign, Indicator, Target
from campaigns.models.base import TypedValue

UNCOUNTED = (IndicatorKind.NONE.value,)
"""Kinds for which nothing is entered."""


def terms_of(indicator: Indicator, target: Target | None, campaign: Campaign, *, assigned: bool = True) -> TargetTerms:
    """What a value of `indicator` is measured by.

    A target without a due day of its own falls due with the campaign; while that end is open nothing
    has failed yet. `assigned` False is "không giao" where no target row says so (another kind of unit).
    """
    given = target or Target()
    return TargetTerms(
        kind=Kind(indicator.kind),
        direction=Direction(indicator.direction),
        form=TargetForm(indicator.form),
        assigned=assigned and given.assigned,
        low=given.low,
        high=given.high,
        low_strict=given.low_strict,
        high_strict=given.high_strict,
        due_on=given.due_on or campaign.ends_on,
        cumulation=Cumulation(indicator.cumulation),
    )


def value_of(typed: TypedValue | None) -> FigureValue | None:
    """The value of a pledge's line or of a figure; None where there is no row."""
    if typed is None:
        return None
    return FigureValue(
        number=typed.number,
        numerator=typed.numerator,
        denominator=typed.denominator,
        on_date=typed.on_date,
        yes=typed.yes,
        words=typed.words,
    )


def margin_of(campaign: Campaign) -> Fraction:
    """The share of a target by which it must be bettered to count as exceeded; stored in percent."""
    return Fraction(campaign.margin) / 100


def judge_promise(terms: TargetTerms, value: FigureValue | None) -> Judgement:
    """What a pledged value would come to: judged as if it were the result on the last day.

    A promise cannot be late yet, so the day asked about is the end of time.
    """
    final = replace(terms, due_on=terms.due_on or date.max)
    return arithmetic.judge(final, value, on=date.max, margin=0)


def is_short(judgement: Judgement) -> bool:
    """Whether what was judged stays below what was asked for."""
    return judgement.verdict == Verdict.NOT_MET
