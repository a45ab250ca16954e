"""How targets and figures of this room are written."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from campaigns.models import Figure, Indicator
from campaigns.queries.plan import PlanLine
from campaigns.texts import number_text, value_text
from campaigns.texts import target_text as write_target

register = template.Library()

ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@register.filter
def target_text(line: PlanLine) -> str:
    """The target of a line in words and figures, without its measure."""
    return write_target(line.indicator, line.target)


@register.simple_tag
def base_text(line: PlanLine) -> str:
    """What the target is compared with, as a rule last year's result."""
    base = line.target.base if line.target is not None else None
    return "–" if base is None else number_text(line.indicator, base)


@register.filter
def roman(number: int) -> str:
    """Focus areas are numbered I, II, III as on paper."""
    text = ""
    for value, sign in ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


@register.filter
def held(kept: Mapping[str, Any], indicator: Indicator) -> str:
    """What a figure held at one time, as its history keeps it."""
    if kept.get("no_data"):
        return _("No data")
    figure = Figure(
        **{name: Decimal(kept[name]) if kept.get(name) else None for name in ("number", "numerator", "denominator")},
        on_date=date.fromisoformat(kept["on_date"]) if kept.get("on_date") else None, yes=kept.get("yes"),
        words=kept.get("words") or "",
    )  # fmt: skip
    return value_text(indicator, figure)
