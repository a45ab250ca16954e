"""Dated rows are laid end to end: a new one begins where the one in force ends."""

from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.text import format_date
from units.models.dated import Dated, DatedQuerySet, Withdrawable

D = TypeVar("D", bound=Dated)


def put_in(rows: DatedQuerySet[D], *, on: date, field: str = "on") -> date | None:
    """Make room in `rows` for one that begins `on`: the row in force ends there.

    Returns the day at which the next row, if there is one, takes over again. Raises ServiceError at
    `field` if a row begins on that very day: it would leave the other without a day.
    """
    if rows.filter(valid_from=on).exists():
        raise ServiceError(
            _("An entry already begins on %(day)s. Correct that one instead.") % {"day": format_date(on)}, field=field
        )
    for row in rows.on(on):
        row.valid_to = on
        row.save(update_fields=["valid_to"])
    later = rows.filter(valid_from__gt=on).order_by("valid_from").first()
    return later.valid_from if later else None


def refuse_overlap(rows: DatedQuerySet[Any], *, start: date, end: date | None, field: str = "valid_from") -> None:
    """Raises ServiceError if a row already holds on a day of [start, end)."""
    clash = rows.touching(start, end).order_by("valid_from").first()
    if clash is None:
        return
    if clash.valid_to is None:
        text = _("The same is already recorded from %(start)s on.") % {"start": format_date(clash.valid_from)}
    else:
        text = _("The same is already recorded from %(start)s until before %(end)s.") % {
            "start": format_date(clash.valid_from),
            "end": format_date(clash.valid_to),
        }
    raise ServiceError(text, field=field)


def refuse_backwards(start: date, end: date | None, *, field: str = "valid_to") -> None:
    """Raises ServiceError if a period would not hold on any day."""
    if end is not None and end <= start:
        raise ServiceError(_("The end must come after %(start)s.") % {"start": format_date(start)}, field=field)


def end_row(row: Dated, *, on: date, field: str = "on") -> dict[str, list[Any]]:
    """Let `row` hold until before `on`; a `Withdrawable` one may end on its first day and so hold on none.

    Raises ServiceError if it would end before it begins or has ended already.
    """
    if not isinstance(row, Withdrawable):
        refuse_backwards(row.valid_from, on, field=field)
    elif on < row.valid_from:
        raise ServiceError(
            _("It begins on %(start)s only: choose that day, and it never holds.")
            % {"start": format_date(row.valid_from)},
            field=field,
        )
    if row.valid_to is not None and row.valid_to <= on:
        raise ServiceError(_("It ends on %(day)s already.") % {"day": format_date(row.valid_to)}, field=field)
    before, row.valid_to = row.valid_to, on
    row.save(update_fields=["valid_to"])
    return {"valid_to": [before, on]}
