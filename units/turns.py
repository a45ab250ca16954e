"""At which rows a user holds a permission, as a condition of a query: the twin of `Seat.may`."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from core.turns import Right
from units.grants import ABOVE, ANY, ASSIGNED, ORGANISER, UNIT
from units.seats import seat_of


def held(*, organiser: str = "", unit: str = "", assigned: Callable[[Any], Q] | None = None) -> Right:
    """For rows whose organiser and unit stand at the given paths; `assigned` are those given by name."""
    paths = {ORGANISER: organiser, ABOVE: organiser, UNIT: unit}

    def right(user: Any, permission: str) -> Q | None:
        found: Q | None = None
        for side, ids in seat_of(user).sides_for(permission).items():
            if side == ANY:
                return ~Q(pk__in=[])
            if side == ASSIGNED:
                rows = assigned(user) if assigned is not None else None
            else:
                rows = Q(**{f"{paths[side]}__in": ids}) if paths[side] else None
            if rows is not None:
                found = rows if found is None else found | rows
        return found

    return right
