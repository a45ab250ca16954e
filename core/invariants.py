"""What must hold between rows, whatever code wrote them: each room registers its own, one command asks.

An invariant reads as a stream and yields its offenders as short texts that name the row
("units.UnitName 12"), so that 100,000 sound rows cost time but no memory. It never mends anything.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import models

from core.errors import Text
from core.registry import Registry

CHUNK = 1000
Check = Callable[[], Iterable[str]]


@dataclass(frozen=True)
class Invariant:
    """`title` says what must hold; `check` gives whoever does not. `thorough` ones run on request only."""

    name: str
    title: Text
    check: Check
    thorough: bool = False


@dataclass
class Finding:
    """How many offenders there are, and the first of them."""

    invariant: Invariant
    count: int = 0
    first: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return self.count == 0


INVARIANTS: Registry[Invariant] = Registry("invariant")


def register(name: str, title: Text, *, thorough: bool = False) -> Callable[[Check], Check]:
    """Enter the decorated function as the invariant `name` ("room.what"). From ``AppConfig.ready()``."""

    def enter(check: Check) -> Check:
        INVARIANTS.add(name, Invariant(name, title, check, thorough))
        return check

    return enter


def ask(invariant: Invariant, *, shown: int) -> Finding:
    """Run one check, keeping only the first `shown` offenders."""
    finding = Finding(invariant)
    for offender in invariant.check():
        finding.count += 1
        if finding.count <= shown:
            finding.first.append(offender)
    return finding


def named(model: type[models.Model], pk: Any, words: str = "") -> str:
    """An offender: the row, and what is wrong where the title does not say it all."""
    return f"{model._meta.label} {pk}" + (f" ({words})" if words else "")


def chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """`rows` in lists of at most CHUNK."""
    stream = iter(rows)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def rows_of(queryset: models.QuerySet[Any], *columns: str) -> Iterator[Any]:
    """The rows, or their `columns` as tuples, streamed from the database."""
    asked = queryset.values_list(*columns) if columns else queryset
    yield from asked.iterator(chunk_size=CHUNK)


def overlaps(queryset: models.QuerySet[Any], *same: str) -> Iterator[str]:
    """Rows [valid_from, valid_to) that hold on a day on which another row with equal columns `same` holds."""
    model = queryset.model
    before: tuple[Any, ...] | None = None
    holder, until = 0, None
    ordered = queryset.order_by(*same, "valid_from", "pk")
    for pk, start, end, *key in rows_of(ordered, "pk", "valid_from", "valid_to", *same):
        if tuple(key) == before:
            if until is None or start < until:
                yield named(model, pk, f"{start} < {until or '…'}, {holder}")
            if until is None or (end is not None and end <= until):
                continue  # the earlier row reaches further: the next is compared with that one
        before, holder, until = tuple(key), pk, end
