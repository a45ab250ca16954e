"""Targets and values as they are written on pages and in workbooks."""

from decimal import Decimal

from django.utils.translation import gettext as _

from campaigns.arithmetic import FigureValue, Kind, round_half_up
from campaigns.enums import Direction, IndicatorKind, RollUp, TargetForm
from campaigns.judging import value_of
from campaigns.models import Indicator, Target
from campaigns.models.base import TypedValue
from core.text import format_date, format_number

MOST_PLACES = 4
"""What is kept of a typed number."""
QUOTIENT_PLACES = 2
"""What is shown of a quotient nobody typed, such as 9.851/10.260 or a mean, unless its indicator fixes more."""


def places_of(indicator: Indicator, value: Decimal) -> int:
    """Decimals of a number, the same on pages, in workbooks and documents.

    As many as were typed, never fewer than its indicator fixes; zeros that fill a column are no decimals.
    """
    typed = max(0, -int(value.normalize().as_tuple().exponent))
    return max(indicator.decimals or 0, typed)


def number_text(indicator: Indicator, value: Decimal) -> str:
    """A number in the decimals that `places_of` says."""
    return format_number(value, places_of(indicator, value))


def rounded(indicator: Indicator, value: FigureValue, *, of_units: bool = False) -> Decimal | None:
    """The quantity rounded once, for the eye; None where the value holds none of its kind.

    `of_units`: it is what several units come to together, which may be their mean.
    """
    amount = value.amount(Kind(indicator.kind))
    if amount is None:
        return None
    is_mean = of_units and indicator.rollup == RollUp.MEAN
    is_quotient = is_mean or (bool(value.parts) and indicator.kind == IndicatorKind.PERCENT)
    return round_half_up(amount, max(indicator.decimals or 0, QUOTIENT_PLACES) if is_quotient else MOST_PLACES)


def target_text(indicator: Indicator, target: Target | None) -> str:
    """What is asked for, without the measure: "4.850,0", "7,5 – 8", "trước 30/09/2024", or its words."""
    if target is None:
        return "–"
    if indicator.kind == IndicatorKind.DATE:
        return format_date(target.due_on) if target.due_on else target.words or "–"
    if indicator.form == TargetForm.RANGE and target.low is not None and target.high is not None:
        return f"{number_text(indicator, target.low)} – {number_text(indicator, target.high)}"
    value = target.low if target.low is not None else target.high
    if value is None:
        return target.words or "–"
    if indicator.direction == Direction.ZERO:
        return "0"
    text = number_text(indicator, value)
    return _("better than %(value)s") % {"value": text} if target.low_strict or target.high_strict else text


def value_text(indicator: Indicator, value: TypedValue | None) -> str:
    """A value that was pledged or reported, without the measure; blank is a dash and not 0."""
    return exact_text(indicator, value_of(value))


def exact_text(indicator: Indicator, value: FigureValue | None, *, of_units: bool = False) -> str:
    """An exact value, also of several periods or units, rounded once for the eye; blank is a dash and not 0."""
    if value is None:
        return "–"
    if indicator.kind == IndicatorKind.DATE:
        return format_date(value.on_date) if value.on_date else "–"
    if indicator.kind == IndicatorKind.YES_NO:
        return "–" if value.yes is None else str(_("Yes") if value.yes else _("No"))
    number = rounded(indicator, value, of_units=of_units)
    return value.words or "–" if number is None else number_text(indicator, number)
