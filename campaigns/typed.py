"""What may be the value of an indicator, by its kind. The same for pledges and for figures."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from campaigns.enums import Direction, IndicatorKind, RollUp
from campaigns.models import Indicator
from campaigns.models.base import TypedValue
from core.errors import ServiceError
from core.text import BadDate, BadNumber, format_date, format_number, nfc, parse_date, parse_number

FIELDS: tuple[str, ...] = ("number", "numerator", "denominator", "on_date", "yes", "words")
BLANK: dict[str, Any] = {
    "number": None, "numerator": None, "denominator": None, "on_date": None, "yes": None, "words": "",
}  # fmt: skip
YES, NO = "yes", "no"
MOST_WORDS = 2000
PLACES = 4
MOST = Decimal(10) ** 11  # 11 digits before the comma and 4 after it: the 15 that are kept exactly
HOLDS: dict[str, frozenset[str]] = {
    IndicatorKind.NUMBER: frozenset({"number"}),
    IndicatorKind.COUNT: frozenset({"number"}),
    IndicatorKind.MONEY: frozenset({"number"}),
    IndicatorKind.PERCENT: frozenset({"number", "numerator", "denominator"}),
    IndicatorKind.DATE: frozenset({"on_date"}),
    IndicatorKind.YES_NO: frozenset({"yes"}),
    IndicatorKind.TEXT: frozenset({"words"}),
    IndicatorKind.NONE: frozenset(),
}


def settle(indicator: Indicator, values: dict[str, Any]) -> dict[str, Any]:
    """`values` completed to every field of a typed value, as the indicator's kind allows them.

    Raises ServiceError in words for whoever typed it; TypeError for a field that does not exist.
    """
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"not a field of a value: {', '.join(sorted(unknown))}")
    settled = {**BLANK, **values}
    settled["words"] = nfc(settled["words"] or "").strip()
    given = {name for name, value in settled.items() if value is not None and value != ""}
    if given - HOLDS[indicator.kind]:
        raise ServiceError(_("A value of this kind does not belong to this indicator."))
    for name in ("number", "numerator", "denominator"):
        if settled[name] is not None:
            settled[name] = _exact(settled[name])
    if indicator.kind == IndicatorKind.PERCENT:
        _check_share(indicator, settled)
    elif settled["number"] is not None:
        _check_number(indicator, settled["number"])
    if len(settled["words"]) > MOST_WORDS:
        raise ServiceError(_("At most %(most)s characters.") % {"most": MOST_WORDS})
    return settled


def _exact(value: Decimal) -> Decimal:
    number = Decimal(value)
    if not number.is_finite() or abs(number) >= MOST:
        raise ServiceError(_("The number is larger than can be kept exactly."))
    if number != round(number, PLACES):
        raise ServiceError(_("Enter at most %(places)s digits after the comma.") % {"places": PLACES})
    return number


def _check_number(indicator: Indicator, number: Decimal) -> None:
    counted = indicator.kind == IndicatorKind.COUNT or indicator.direction == Direction.ZERO
    if counted and number != number.to_integral_value():
        raise ServiceError(_("Enter a whole number."))
    if number < 0 and (counted or indicator.kind == IndicatorKind.MONEY):
        raise ServiceError(_("The number must be greater than or equal to 0."))


def _check_share(indicator: Indicator, values: dict[str, Any]) -> None:
    """A percentage bare, or as a part of a whole; never both."""
    upper, lower = values["numerator"], values["denominator"]
    if (upper is None) != (lower is None):
        raise ServiceError(_("Enter both the part and the whole, for instance 9.851/10.260."))
    if upper is None:
        if indicator.rollup == RollUp.RATIO and values["number"] is not None and not 0 <= values["number"] <= 100:
            raise ServiceError(_("A share lies between 0 and 100."))
        return
    values["number"] = None
    if lower <= 0:
        raise ServiceError(_("The whole must be greater than 0."))
    if indicator.rollup == RollUp.RATIO and not 0 <= upper <= lower:
        raise ServiceError(_("The part lies between 0 and the whole."))


def read(indicator: Indicator, text: str) -> dict[str, Any]:
    """The value typed as `text` into one box: 1.234,5 · 95,6 or 9.851/10.260 · 30/09/2024 · yes, no · words.

    Blank is no value, which is not 0. Raises ServiceError with the words of what cannot be read.
    """
    text = text.strip()
    if not text:
        return dict(BLANK)
    try:
        return settle(indicator, _parsed(indicator.kind, text))
    except (BadNumber, BadDate) as error:
        raise ServiceError(error.message) from error


def _parsed(kind: str, text: str) -> dict[str, Any]:
    if kind == IndicatorKind.DATE:
        return {"on_date": parse_date(text)}
    if kind == IndicatorKind.YES_NO:
        if text not in (YES, NO):
            raise ServiceError(_("Choose yes or no."))
        return {"yes": text == YES}
    if kind == IndicatorKind.TEXT:
        return {"words": text}
    if kind == IndicatorKind.PERCENT and "/" in text:
        upper, lower = text.split("/", 1)
        return {"numerator": parse_number(upper.strip()), "denominator": parse_number(lower.strip())}
    return {"number": parse_number(text, percent=kind == IndicatorKind.PERCENT)}


def written(indicator: Indicator, value: TypedValue | None) -> str:
    """The text that reads back as `value`; empty where there is none."""
    if value is None:
        return ""
    if indicator.kind == IndicatorKind.DATE:
        return format_date(value.on_date) if value.on_date else ""
    if indicator.kind == IndicatorKind.YES_NO:
        return "" if value.yes is None else (YES if value.yes else NO)
    if indicator.kind == IndicatorKind.TEXT:
        return value.words
    if value.numerator is not None and value.denominator is not None:
        return f"{format_number(value.numerator)}/{format_number(value.denominator)}"
    return "" if value.number is None else format_number(value.number)


def is_blank(values: dict[str, Any]) -> bool:
    return all(value is None or value == "" for value in values.values())


def plain(value: Any) -> Any:
    """A part of a value as the audit keeps it."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else value
