"""Which units are reached from which: the closure, asked."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from units.enums import ReachVia
from units.models.reach import UnitReach


def reach_of(unit_ids: Iterable[int], on: date) -> QuerySet[UnitReach, Any]:
    """Ids of the units that `unit_ids` reach on the day, themselves among them, in line or by succession.

    For reading. What is reached by succession may be read and never written: ask `line_of` for that.
    """
    return UnitReach.objects.on(on).filter(ancestor__in=set(unit_ids)).order_by().values("unit")


def line_of(unit_ids: Iterable[int], on: date) -> QuerySet[UnitReach, Any]:
    """Ids of the units at and below `unit_ids` in line on the day: where one may write."""
    return reach_of(unit_ids, on).filter(via=ReachVia.LINE)


def above(unit_ids: Iterable[int], on: date) -> QuerySet[UnitReach, Any]:
    """Ids of the units in whose line `unit_ids` stand on the day, themselves among them."""
    rows = UnitReach.objects.on(on).filter(unit__in=set(unit_ids), via=ReachVia.LINE)
    return rows.order_by().values("ancestor")
