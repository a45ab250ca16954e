"""The closure UnitReach, worked out from lines and successions and written as a difference."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from units.enums import ReachVia, SuccessionKind
from units.models import Succession, Unit, UnitParent, UnitReach

# Of a unit that lives on after a part was separated from it, the new unit inherits nothing.
_TAKING_OVER = (SuccessionKind.MERGE, SuccessionKind.SPLIT, SuccessionKind.REPLACE)
_CHUNK = 1000


@dataclass(frozen=True)
class Reach:
    """`ancestor` reaches `unit` from a day until before another."""

    ancestor: int
    unit: int
    via: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Step:
    """One step upward that may be taken on the days [valid_from, valid_to)."""

    up: int
    via: str
    valid_from: date
    valid_to: date | None


@transaction.atomic
def rebuild_reach() -> int:
    """Bring the closure up to date; returns how many rows were added or dropped."""
    missing, surplus = differences()
    for start in range(0, len(surplus), _CHUNK):
        UnitReach.objects.filter(pk__in=surplus[start : start + _CHUNK]).delete()
    UnitReach.objects.bulk_create([UnitReach(**named(row)) for row in missing], batch_size=_CHUNK)
    return len(missing) + len(surplus)


def differences() -> tuple[list[Reach], list[int]]:
    """What the stored closure lacks, and the keys of the rows it should not have."""
    columns = ("ancestor_id", "unit_id", "via", "valid_from", "valid_to", "pk")
    stored = {Reach(*row[:-1]): row[-1] for row in UnitReach.objects.values_list(*columns)}
    wanted = set(closure())
    surplus = [pk for row, pk in stored.items() if row not in wanted]
    return sorted(wanted - stored.keys(), key=lambda row: (row.ancestor, row.unit, row.valid_from)), surplus


def named(row: Reach) -> dict[str, object]:
    return {
        "ancestor_id": row.ancestor,
        "unit_id": row.unit,
        "via": row.via,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


def closure() -> Iterator[Reach]:
    """All pairs. A unit reaches itself from its first day on, for its own records outlive it.

    Upward leads, on each day: from a living unit to the one above it; from a closed one to those that took
    over from it and to the last one above it. A path is in line only if each of its steps is.
    """
    steps = steps_upward()
    for unit, opened, closed in Unit.objects.values_list("pk", "opened_on", "closed_on"):
        yield Reach(unit, unit, ReachVia.LINE, opened, None)
        alive = Reach(unit, unit, ReachVia.LINE, opened, closed)
        gone = [] if closed is None else [Reach(unit, unit, ReachVia.SUCCESSION, closed, None)]
        yield from joined(climb([alive, *gone], steps), unit)


def steps_upward() -> dict[int, list[Step]]:
    """For each unit the steps that lead up from it."""
    steps: dict[int, list[Step]] = defaultdict(list)
    last_above: dict[int, int] = {}
    ended = Unit.objects.filter(closed_on__isnull=False).values_list("pk", "closed_on")
    closed: dict[int, date] = {unit: day for unit, day in ended if day is not None}
    links = UnitParent.objects.order_by("valid_from").values_list("unit_id", "parent_id", "valid_from", "valid_to")
    for unit, parent, start, end in links:
        steps[unit].append(Step(parent, ReachVia.LINE, start, end))
        last_above[unit] = parent
    for unit, day in closed.items():
        if unit in last_above:
            steps[unit].append(Step(last_above[unit], ReachVia.SUCCESSION, day, None))
    taking_over = Succession.objects.filter(kind__in=_TAKING_OVER).values_list("predecessor_id", "successor_id")
    for predecessor, successor in taking_over:
        # one who lives on keeps its records to itself
        if predecessor in closed:
            steps[predecessor].append(Step(successor, ReachVia.SUCCESSION, closed[predecessor], None))
    return steps


def climb(start: list[Reach], steps: dict[int, list[Step]]) -> Iterator[Reach]:
    """Every unit above `start`, with the days on which the whole path to it stands.

    On no day can a path come back to where it was, but lines of different years may; the rows already
    seen end such a walk.
    """
    seen: set[Reach] = set()
    waiting = list(start)
    while waiting:
        row = waiting.pop()
        for step in steps.get(row.ancestor, ()):
            begin = max(row.valid_from, step.valid_from)
            end = earlier(row.valid_to, step.valid_to)
            if end is not None and end <= begin:
                continue
            via = row.via if step.via == ReachVia.LINE else ReachVia.SUCCESSION
            found = Reach(step.up, row.unit, via, begin, end)
            if found not in seen and found.ancestor != found.unit:
                seen.add(found)
                waiting.append(found)
                yield found


def earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two ends, where none is later than any day."""
    if one is None or other is None:
        return one or other
    return min(one, other)


def joined(rows: Iterable[Reach], unit: int) -> Iterator[Reach]:
    """Rows of one unit with periods that overlap or touch made one, per ancestor and kind."""
    groups: dict[tuple[int, str], list[Reach]] = defaultdict(list)
    for row in rows:
        groups[row.ancestor, row.via].append(row)
    for (ancestor, via), found in groups.items():
        periods: list[list[date | None]] = []
        for row in sorted(found, key=lambda r: r.valid_from):
            last = periods[-1] if periods else None
            if last is not None and (last[1] is None or row.valid_from <= last[1]):
                last[1] = None if last[1] is None or row.valid_to is None else max(last[1], row.valid_to)
            else:
                periods.append([row.valid_from, row.valid_to])
        for start, end in periods:
            assert start is not None  # noqa: S101 -- a period always has a first day
            yield Reach(ancestor, unit, via, start, end)
