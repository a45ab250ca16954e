"""Targets and values as they are written on pages and in workbooks."""

from decimal import Decimal

from django.utils.translation import gettext as _

from campaigns.arithmetic import FigureValue, Kind, round_half_up
from campaigns.enums import Direction, IndicatorKind, TargetForm
from campaigns.models import Indicator, Target
from campaigns.models.base import TypedValue
from core.text import format_date, format_number


def number_text(indicator: Indicator, value: Decimal) -> str:
    """A number in the indicator's decimals; more where the stored value has more."""
    stored = max(0, -int(value.normalize().as_tuple().exponent))
    return format_number(value, max(indicator.decimals, stored))


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
    if value is None:
        return "–"
    if indicator.kind == IndicatorKind.DATE:
        return format_date(value.on_date) if value.on_date else "–"
    if indicator.kind == IndicatorKind.YES_NO:
        return "–" if value.yes is None else str(_("Yes") if value.yes else _("No"))
    if indicator.kind == IndicatorKind.TEXT:
        return value.words or "–"
    if value.numerator is not None and value.denominator is not None:
        share = value.numerator * 100 / value.denominator
        return format_number(share, max(indicator.decimals, 2))
    return number_text(indicator, value.number) if value.number is not None else "–"


def exact_text(indicator: Indicator, value: FigureValue | None) -> str:
    """An exact value of several periods or units, rounded once for the eye; blank is a dash and not 0."""
    if value is None:
        return "–"
    if indicator.kind == IndicatorKind.DATE:
        return format_date(value.on_date) if value.on_date else "–"
    if indicator.kind == IndicatorKind.YES_NO:
        return "–" if value.yes is None else str(_("Yes") if value.yes else _("No"))
    amount = value.amount(Kind(indicator.kind))
    if amount is None:
        return value.words or "–"
    if value.parts and indicator.kind == IndicatorKind.PERCENT:
        places = max(indicator.decimals, 2)
        return format_number(round_half_up(amount, places), places)
    return number_text(indicator, round_half_up(amount, 4))
