"""From a value to what stands in a cell, one way for both writers."""

from datetime import date, datetime
from decimal import Context, Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.clock import ZONE
from core.sheets.model import Column, Kind, SheetError, Typed
from core.sheets.styles import Role, Style, alignment, number_format
from core.sheets.texts import LEADS, clean
from core.text import format_date, format_number

DIGITS = 15  # numbers in a workbook are binary ones; significant digits beyond these would be changed
SMALLEST_EXPONENT = -300  # below it a double is zero
NUMERIC: frozenset[Kind] = frozenset(("ordinal", "integer", "number", "percent", "money"))
WHOLE: frozenset[Kind] = frozenset(("ordinal", "integer", "money"))
EPOCH = date(1899, 12, 30).toordinal()
FIRST_SERIAL = 61  # 01/03/1900; programs do not agree on the days before it
_MOST_PLACES = 6
_QUOTIENTS = Context(prec=DIGITS)


class Cell(NamedTuple):
    """One cell: a text "s", a number "n" as it is spelled in the file, a formula of ours "f", or empty.

    `text` is whole: it may still be longer than a cell can hold.
    """

    type: Literal["s", "n", "f", ""]
    text: str
    style: Style
    cached: str = ""


def encode(value: object, column: Column, role: Role = "body") -> Cell:
    """The cell of `column` for `value`. Raises SheetError for a value that does not belong there."""
    kind, places = column.kind, column.places
    if isinstance(value, Typed):
        kind, places = value.kind, value.places
        value = value.value
    if kind == "mixed":
        kind = _own_kind(value)
    if value is None or value == "":
        return Cell("", "", style_of(column, kind, role, places or 0))
    if kind in NUMERIC:
        return _number(value, column, kind, role, places)
    if kind in ("date", "datetime"):
        return _moment(value, column, kind, role)
    return words(as_text(value), column, role)


def words(text: str, column: Column, role: Role = "body") -> Cell:
    """A text cell of `column`, whatever the column's kind."""
    text = clean(text)
    if not text:
        return Cell("", "", style_of(column, "text", role))
    return Cell("s", text, style_of(column, "text", role, guarded=text[0] in LEADS))


def style_of(column: Column, kind: Kind, role: Role, places: int = 0, *, guarded: bool = False) -> Style:
    """What cells of `kind` look like in `column`."""
    kind = "text" if kind == "mixed" else kind
    return Style(role, number_format(kind, places), alignment(kind), kind == "text" and column.wrap, guarded)


def amount(value: object) -> Decimal | None:
    """The exact number behind `value`, for totals; None if it is none. Raises SheetError if not finite."""
    if isinstance(value, Typed):
        value = value.value
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction | float):
        return None
    if isinstance(value, Fraction):
        return _QUOTIENTS.divide(Decimal(value.numerator), Decimal(value.denominator))
    number = Decimal(f"{value:.{DIGITS}g}") if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise SheetError(f"{value!r} is not a number that can be written.")
    return number


def plain(number: Decimal) -> str:
    """The shortest spelling without an exponent; zero has no sign."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def fits(number: Decimal) -> bool:
    """Whether a workbook can hold `number` without changing it."""
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    return len(digits) <= DIGITS and SMALLEST_EXPONENT < number.adjusted() < DIGITS


def serial(day: date) -> int:
    """The number by which a workbook knows `day`."""
    return day.toordinal() - EPOCH


def _own_kind(value: object) -> Kind:
    if isinstance(value, bool | str | Promise) or value is None:
        return "text"
    if isinstance(value, datetime):
        return "datetime"
    return "date" if isinstance(value, date) else "number"


def _number(value: object, column: Column, kind: Kind, role: Role, places: int | None) -> Cell:
    number = amount(value)
    if number is None:
        raise SheetError(f"Column {str(column.header)!r} holds numbers, not {value!r}.")
    if kind in WHOLE and number != number.to_integral_value():
        raise SheetError(f"Column {str(column.header)!r} holds whole numbers, not {value!r}.")
    text = plain(number)
    if places is None:
        places = 1 if kind == "percent" else min(len(text.partition(".")[2]), _MOST_PLACES)
    style = style_of(column, kind, role, places)
    return Cell("n", text, style) if fits(number) else Cell("s", format_number(Decimal(text)), style)


def _moment(value: object, column: Column, kind: Kind, role: Role) -> Cell:
    if not isinstance(value, date):
        raise SheetError(f"Column {str(column.header)!r} holds dates, not {value!r}.")
    local = value.astimezone(ZONE) if isinstance(value, datetime) and value.tzinfo else value
    timed = kind == "datetime" and isinstance(local, datetime)
    style = style_of(column, "datetime" if timed else "date", role)
    day = local.date() if isinstance(local, datetime) else local
    if serial(day) < FIRST_SERIAL:
        return Cell("s", format_date(day), style)
    if timed and isinstance(local, datetime):
        seconds = Decimal(local.hour * 3600 + local.minute * 60 + local.second)
        share = _QUOTIENTS.divide(seconds, Decimal(86400)).quantize(Decimal("1e-9"))
        return Cell("n", plain(serial(day) + share), style)
    return Cell("n", str(serial(day)), style)


def as_text(value: object) -> str:
    """`value` in words for a person. Raises SheetError for what cannot be shown."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        local = value.astimezone(ZONE) if value.tzinfo else value
        return f"{format_date(local)} {local:%H:%M}"
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, int | str | Promise):
        return str(value)
    number = amount(value)
    if number is None:
        raise SheetError(f"{type(value).__name__} cannot stand in a cell.")
    return format_number(number)
