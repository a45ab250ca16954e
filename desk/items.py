"""What is to be done by a person, by the day it is due: read from the registries of core.turns."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.errors import Text
from core.turns import BEGINNINGS, DESKS, Desk, Entry, Item
from desk.days import how_far

SHOWN = 6
"""Items of a group on the desk; the rest stands behind «xem tất cả»."""
MOST = 200
"""Items of a group on its own page."""
DAYS_OF_WEEK = 7
NAMES: dict[str, Text] = {
    "late": _("Overdue"), "now": _("Today and tomorrow"), "week": _("Within the week"),
    "later": pgettext_lazy("group of tasks", "After that"), "none": _("Without a fixed day"),
}  # fmt: skip
Pending = Entry | Item


@dataclass(frozen=True)
class Row:
    """An item as it stands on the desk on `day`."""

    item: Item
    day: date

    @property
    def is_late(self) -> bool:
        return self.item.due_on is not None and self.item.due_on < self.day

    @property
    def how_far(self) -> str:
        """The due day as people say it; empty without one."""
        return how_far(self.item.due_on, self.day) if self.item.due_on is not None else ""


@dataclass(frozen=True)
class Group:
    """Items of one urgency; `count` of them all, `rows` those shown."""

    code: str
    label: Text
    rows: list[Row]
    count: int

    @property
    def has_more(self) -> bool:
        return self.count > len(self.rows)


def pending_of(user: Any) -> list[Pending]:
    """Everything that waits for `user`, the most urgent first; words are made later."""
    found: list[Pending] = [entry for desk in DESKS.values() for entry in desk.entries(user)]
    found += [item for source in BEGINNINGS.values() for item in source(user)]
    return sorted(found, key=urgency)


def urgency(one: Pending) -> tuple[date, date, int]:
    """By the due day; on one day, and without any, what has waited longest, then what is most."""
    since = one.since if isinstance(one, Entry) else None
    return one.due_on or date.max, since or date.max, -one.count


def group_code(due_on: date | None, day: date) -> str:
    """Which group a due day falls into on `day`."""
    if due_on is None:
        return "none"
    if due_on < day:
        return "late"
    if due_on <= day + timedelta(days=1):
        return "now"
    return "week" if due_on <= day + timedelta(days=DAYS_OF_WEEK) else "later"


def in_words(rows: Iterable[Pending]) -> list[Item]:
    """Items in the order given, one query a table for the records their words name."""
    rows = list(rows)
    by_desk: dict[str, list[Entry]] = defaultdict(list)
    desks: dict[str, Desk] = {}
    for row in rows:
        if isinstance(row, Entry):
            by_desk[row.desk.code].append(row)
            desks[row.desk.code] = row.desk
    made: dict[int, Item] = {}
    for code, entries in by_desk.items():
        said = desks[code].items(entries)
        made |= {id(entry): item for entry, item in zip(entries, said, strict=True)}
    return [row if isinstance(row, Item) else made[id(row)] for row in rows]


def grouped(pending: Iterable[Pending], only: str = "") -> list[Group]:
    """The groups of a desk in order; with `only`, that one alone and not cut at SHOWN."""
    day = clock.today()
    parts: dict[str, list[Pending]] = {code: [] for code in NAMES}
    for row in pending:
        parts[group_code(row.due_on, day)].append(row)
    cut = {code: rows[: MOST if only else SHOWN] for code, rows in parts.items() if rows and only in {"", code}}
    items = iter(in_words([row for rows in cut.values() for row in rows]))
    return [
        Group(code, NAMES[code], [Row(next(items), day) for _row in rows], len(parts[code]))
        for code, rows in cut.items()
    ]  # fmt: skip


def items_of(user: Any) -> list[Item]:
    """Every item of `user` in words, the most urgent first."""
    return in_words(pending_of(user))
