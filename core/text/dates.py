"""Dates as an office writes them: dd/mm/yyyy, and nothing guessed from a locale."""

import re
from datetime import date

from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2100
_WRITTEN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


class BadDate(ValueError):
    """What was typed is not a date; `message` says so to the person who typed it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def parse_date(text: str) -> date:
    """The day written as "05/03/2024" or "5/3/2024": day, month, year in four digits.

    Raises BadDate for any other form, for days that do not exist and for years outside 1900–2100.
    """
    shown = text.strip()
    found = _WRITTEN.fullmatch(shown)
    if found is None:
        raise BadDate(_("“%(text)s” is not a date. Write it like 05/03/2024.") % {"text": shown[:60]})
    day, month, year = map(int, found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadDate(
            _("The year of “%(text)s” must lie between %(first)d and %(last)d.")
            % {"text": shown, "first": FIRST_YEAR, "last": LAST_YEAR}
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDate(_("There is no day “%(text)s”. Write it like 05/03/2024.") % {"text": shown}) from None


def format_date(day: date) -> str:
    """05/03/2024. Of a moment, the day it stands on as it is given: bring it to local time first."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_long_date(day: date) -> str:
    """The date line of a document: "ngày 05 tháng 3 năm 2024".

    Days below 10 and the months 1 and 2 carry a zero, so that no stroke can be added later
    (NĐ 30/2020/NĐ-CP, Phụ lục I).
    """
    return _("day %(day)s month %(month)s year %(year)s") % {
        "day": f"{day.day:02d}",
        "month": f"{day.month:02d}" if day.month < 3 else str(day.month),
        "year": day.year,
    }
