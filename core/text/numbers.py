"""Numbers as an office writes them: 1.234,56. Never through binary fractions.

The same in every language of the interface: a figure must not change its meaning with a setting.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

from django.utils.translation import gettext as _

MAX_DIGITS = 15  # what a spreadsheet and SQLite hold exactly
_LONGEST = 60
_MINUS = re.compile("^[-\u2212\u2013]")
_PLAIN = re.compile(r"[0-9]+(?:,[0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([. ])[0-9]{3})(?:\1[0-9]{3})*(?:,[0-9]+)?")
_TWO_READINGS = re.compile(r"0*[1-9][0-9]{0,2},[0-9]{3}")


class BadNumber(ValueError):
    """What was typed is not a number; `message` says so to the person who typed it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class AmbiguousNumber(BadNumber):
    """What was typed has two readings; nobody but its writer knows which."""


def parse_number(text: str, *, percent: bool = False) -> Decimal:
    """The number written as `text`: "1.234,56", "58,6", "1.500" (= 1500), "-3", blanks for points.

    With `percent` one trailing "%" is allowed and dropped: "95,6%" is 95.6. Raises AmbiguousNumber for
    "1,500" and BadNumber for everything else that is not a number of at most 15 significant digits in
    the digits 0–9.
    """
    shown = " ".join(text[:_LONGEST].split())
    if len(text) > _LONGEST:
        raise BadNumber(_too_long(shown))
    body = shown[:-1].rstrip() if percent and shown.endswith("%") else shown
    unsigned = _MINUS.sub("", body).lstrip()
    if _TWO_READINGS.fullmatch(unsigned):
        raise AmbiguousNumber(_two_readings("-" if unsigned != body else "", unsigned, shown))
    if not (_PLAIN.fullmatch(unsigned) or _GROUPED.fullmatch(unsigned)):
        raise BadNumber(_("“%(text)s” is not a number. Write it like 1.234,56.") % {"text": shown})
    whole, _comma, part = unsigned.translate(_NO_GROUPS).partition(",")
    part = part.rstrip("0")
    if len((whole + part).lstrip("0")) > MAX_DIGITS:
        raise BadNumber(_too_long(shown))
    value = Decimal(f"{whole}.{part}" if part else whole)
    return -value if value and unsigned != body else value


_NO_GROUPS = str.maketrans("", "", ". ")


def _too_long(shown: str) -> str:
    return _("“%(text)s” has more digits than can be kept exactly (15).") % {"text": shown}


def _two_readings(sign: str, unsigned: str, shown: str) -> str:
    return _("“%(text)s” may mean %(decimal)s or %(whole)s. Please type it again.") % {
        "text": shown,
        "decimal": sign + unsigned.rstrip("0").rstrip(","),
        "whole": sign + unsigned.replace(",", "."),
    }


def format_number(value: Decimal | int, places: int | None = None) -> str:
    """`value` as 1.234,56, rounded half up to `places`; without `places` every digit it has.

    Without `places` the text can be typed back in: 1.125 is written "1,1250", because "1,125" would be
    refused as ambiguous. Raises TypeError for a float, ValueError for what is not finite.
    """
    if not isinstance(value, Decimal | int):
        raise TypeError(f"format_number takes Decimal or int, not {type(value).__name__}")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"{number} cannot be written as a number")
    with localcontext() as context:
        # Wide enough that nothing but the asked-for rounding takes place.
        context.prec = len(number.as_tuple().digits) + abs(number.adjusted()) + (places or 0) + 5
        if places is not None:
            number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        whole, _point, part = f"{abs(number):f}".partition(".")
    if places is None:
        part = part.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    if places is None and len(part) == 3 and whole != "0" and len(whole) <= 3:
        part += "0"
    sign = "-" if number < 0 else ""
    return f"{sign}{grouped},{part}" if part else f"{sign}{grouped}"
