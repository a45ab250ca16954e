"""The verdict of a figure (mission: "Verdict of a figure").

Everything is compared as exact fractions. Before the due date nobody has failed: there is the share
of the plan reached and, where a share is expected by then, on track or behind. From the due date on
the target is met, exceeded or not met.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from campaigns.arithmetic.enums import Cumulation, Direction, Kind, TargetForm, Verdict
from campaigns.arithmetic.terms import TargetTerms
from campaigns.arithmetic.values import Exact, FigureValue, exact

MARGIN = Fraction(1, 100)


@dataclass(frozen=True)
class Judgement:
    """A verdict; `ratio` is the share of the plan reached (1 is 100 %), None where no percentage is shown.

    `days` is told of dates only: how many days before the due day (after it, if negative).
    """

    verdict: Verdict
    ratio: Fraction | None = None
    days: int | None = None


def judge(
    terms: TargetTerms,
    value: FigureValue | None,
    *,
    on: date,
    margin: Exact = MARGIN,
    expected_share: Exact | None = None,
) -> Judgement:
    """The verdict of `value` as it stood on the day `on`.

    `on` is the day the figure speaks of, as a rule the last of its period, not the day of asking: a
    first quarter read next year is still no failure. `margin` is the part of the target by which it
    must be bettered to count as exceeded; 0 lets any betterment count. `expected_share` is the part of
    the plan expected by then. Raises ValueError for a negative margin and a share outside 0 … 1.
    """
    least = exact(margin)
    share = None if expected_share is None else exact(expected_share)
    if least < 0 or (share is not None and not 0 <= share <= 1):
        raise ValueError("The margin is not negative, the expected share lies between 0 and 1.")
    if not terms.assigned:
        return Judgement(Verdict.NOT_ASSIGNED)
    if terms.kind == Kind.NONE:
        return Judgement(Verdict.NO_VERDICT)
    if value is None or not value.is_reported(terms.kind):
        return Judgement(Verdict.NOT_REPORTED)
    if not terms.asks:
        return Judgement(Verdict.NO_VERDICT)
    if terms.kind == Kind.DATE:
        return _judge_date(terms, value, on)
    ratio = plan_ratio(terms, value)
    if terms.due_on is not None and on >= terms.due_on:
        return Judgement(_final(terms, value, least), ratio)
    return Judgement(Verdict.NO_VERDICT if share is None else _underway(terms, value, share), ratio)


def plan_ratio(terms: TargetTerms, value: FigureValue) -> Fraction | None:
    """Actual ÷ target, target ÷ actual where lower is better; None where no percentage is shown."""
    actual, bound = value.amount(terms.kind), terms.bound
    if actual is None or bound is None or not terms.has_ratio or bound[0] <= 0:
        return None
    if terms.direction == Direction.HIGHER:
        return actual / bound[0]
    return bound[0] / actual if actual > 0 else None


def against_base(actual: Exact | None, base: Exact | None) -> Fraction | None:
    """Actual ÷ base (last year's result, say); None if either is missing or the base is not above zero."""
    if actual is None or base is None or base <= 0:
        return None
    return exact(actual) / exact(base)


def _judge_date(terms: TargetTerms, value: FigureValue, on: date) -> Judgement:
    """Done by the due day or late. What is done in time stays so, whenever it is asked."""
    if value.on_date is None or terms.due_on is None:
        raise ValueError("A date is judged by a date.")
    days = (terms.due_on - value.on_date).days
    if days >= 0 and value.on_date <= on:
        return Judgement(Verdict.MET, days=days)
    if on >= terms.due_on:
        return Judgement(Verdict.NOT_MET, days=days)
    return Judgement(Verdict.NO_VERDICT, days=days)


def _final(terms: TargetTerms, value: FigureValue, margin: Fraction) -> Verdict:
    if not _holds(terms, value):
        return Verdict.NOT_MET
    return Verdict.EXCEEDED if _betters(terms, value, margin) else Verdict.MET


def _holds(terms: TargetTerms, value: FigureValue) -> bool:
    """Whether the target is reached as things stand."""
    if terms.kind == Kind.YES_NO:
        return value.yes is True
    actual = _amount(terms, value)
    if terms.direction == Direction.ZERO:
        return actual == 0
    floor, ceiling = _limits(terms)
    above = floor is None or (actual > floor[0] if floor[1] else actual >= floor[0])
    below = ceiling is None or (actual < ceiling[0] if ceiling[1] else actual <= ceiling[0])
    return above and below


Limit = tuple[Fraction, bool] | None


def _limits(terms: TargetTerms) -> tuple[Limit, Limit]:
    """The bounds a value must keep, each with its strictness; on the better side there is none."""
    if terms.form == TargetForm.VALUE and terms.bound is not None:
        if terms.direction == Direction.KEEP:
            return (terms.bound[0], False), (terms.bound[0], False)  # there is no keeping beside a value
        return (terms.bound, None) if terms.direction == Direction.HIGHER else (None, terms.bound)
    floor = None if terms.floor is None else (terms.floor, terms.low_strict)
    ceiling = None if terms.ceiling is None else (terms.ceiling, terms.high_strict)
    if terms.direction == Direction.HIGHER and floor is not None:
        ceiling = None
    if terms.direction == Direction.LOWER and ceiling is not None:
        floor = None
    return floor, ceiling


def _betters(terms: TargetTerms, value: FigureValue, margin: Fraction) -> bool:
    """Whether a target that is reached is bettered, by `margin` of it at least."""
    if not terms.is_measured or terms.direction not in (Direction.HIGHER, Direction.LOWER):
        return False
    best = _best(terms)
    if best is None:
        return False
    actual = _amount(terms, value)
    ahead = actual - best if terms.direction == Direction.HIGHER else best - actual
    return ahead > 0 and ahead >= margin * abs(best)


def _best(terms: TargetTerms) -> Fraction | None:
    """The best that was asked for: the value, or the far end of the range."""
    if terms.form == TargetForm.VALUE:
        return terms.bound[0] if terms.bound else None
    if terms.direction == Direction.HIGHER:
        return terms.floor if terms.ceiling is None else terms.ceiling
    return terms.ceiling if terms.floor is None else terms.floor


def _underway(terms: TargetTerms, value: FigureValue, share: Fraction) -> Verdict:
    """On track or behind before the due date; no verdict where a share of the target means nothing."""
    if terms.has_ratio and terms.bound is not None:
        on_pace = _keeps_pace(terms, _amount(terms, value), terms.bound[0], share)
        return Verdict.ON_TRACK if on_pace else Verdict.BEHIND
    if _holds(terms, value):
        return Verdict.ON_TRACK
    # What must hold all along is behind as soon as it does not; a range or a yes may still come.
    all_along = terms.is_measured and terms.direction in (Direction.KEEP, Direction.ZERO)
    return Verdict.BEHIND if all_along else Verdict.NO_VERDICT


def _keeps_pace(terms: TargetTerms, actual: Fraction, target: Fraction, share: Fraction) -> bool:
    if terms.direction == Direction.HIGHER:
        return actual >= target * share
    if terms.cumulation == Cumulation.SUM:
        return actual <= target * share  # 15 of at most 20 cases by midyear leave too few
    return target >= actual * share  # a level on its way down: target ÷ actual


def _amount(terms: TargetTerms, value: FigureValue) -> Fraction:
    amount = value.amount(terms.kind)
    if amount is None:
        raise ValueError("The figure holds no quantity.")
    return amount
