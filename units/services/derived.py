"""The present name, code and unit above, kept on the unit's own row for lists, search and order.

They follow the real day, as they are the same for everybody; a page about another day asks
`Unit.objects.named_on(day)`.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from core.clock import real_today
from units.models import Unit, UnitName, UnitParent

FIELDS = ("name", "short_name", "code", "parent_id", "known_names")
SEPARATOR = " · "  # between the names in `known_names`
_CHUNK = 500


def refresh_units(unit_ids: Iterable[int] | None = None) -> int:
    """Write what differs for `unit_ids` (None: all units); returns how many units changed."""
    stale = list(stale_units(unit_ids))
    for unit, values in stale:
        for field, value in values.items():
            setattr(unit, field, value)
    columns = ["name", "short_name", "code", "parent", "known_names", "search", "sort_key"]
    Unit.objects.bulk_update([unit for unit, _values in stale], columns, batch_size=_CHUNK)
    return len(stale)


def stale_units(unit_ids: Iterable[int] | None = None) -> Iterable[tuple[Unit, dict[str, Any]]]:
    """The units whose derived columns are not what their dated rows say, each with what they should be."""
    day = real_today()
    only: dict[str, Any] = {} if unit_ids is None else {"unit__in": set(unit_ids)}
    names: dict[int, list[UnitName]] = defaultdict(list)
    for row in UnitName.objects.filter(**only).order_by("valid_from"):
        names[row.unit_id].append(row)
    links: dict[int, list[UnitParent]] = defaultdict(list)
    for link in UnitParent.objects.filter(**only).order_by("valid_from"):
        links[link.unit_id].append(link)
    units = Unit.objects.all() if unit_ids is None else Unit.objects.filter(pk__in=set(unit_ids))
    for unit in units:
        values = derive(names[unit.pk], links[unit.pk], day)
        if any(getattr(unit, field) != value for field, value in values.items()):
            yield unit, values


def derive(names: list[UnitName], links: list[UnitParent], day: date) -> dict[str, Any]:
    """The derived columns of one unit from its dated rows, both in the order of their days."""
    name = standing(names, day)
    # of a living unit without anything above it now, an ended link is no longer its parent
    link = standing(links, day)
    if link is not None and link.valid_to is not None and link.valid_to <= day and not closed(names, day):
        link = None
    known = dict.fromkeys(text for row in names for text in (row.name, row.short_name, row.code) if text)
    return {
        "name": name.name if name else "",
        "short_name": name.short_name if name else "",
        "code": name.code if name else "",
        "parent_id": link.parent_id if link else None,
        "known_names": SEPARATOR.join(known),
    }


def standing(rows: list[Any], day: date) -> Any:
    """The row in force on `day`, else the last one before, else the first there is."""
    begun = [row for row in rows if row.valid_from <= day]
    return begun[-1] if begun else (rows[0] if rows else None)


def closed(names: list[UnitName], day: date) -> bool:
    """Whether the unit has ended: its last name does."""
    return bool(names) and names[-1].valid_to is not None and names[-1].valid_to <= day
