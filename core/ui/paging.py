"""Pages of a list: first the page's keys, then their rows.

A joined OFFSET reads every row before the page; keys alone are read from an index.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet
from django.db.models.expressions import BaseExpression


class KeyPaginator(Paginator):
    """Pages of a query set; a page's rows are fetched by primary key, in the order of the page."""

    def __init__(self, object_list: QuerySet[Any], per_page: int, **kwargs: Any) -> None:
        super().__init__(object_list, per_page, **kwargs)
        self.rows = object_list

    @cached_property
    def count(self) -> int:
        return self.rows.order_by().values("pk").count()

    def page(self, number: int | str) -> "Page[Any]":
        wanted = self.validate_number(number)
        start = (wanted - 1) * self.per_page
        stop = min(start + self.per_page, self.count)
        keys = list(self.rows.values_list("pk", flat=True)[start:stop])
        found = {row.pk: row for row in self.rows.order_by().filter(pk__in=keys)}
        return Page([found[key] for key in keys if key in found], wanted, self)


def with_tie_break(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same order made exact: rows without a value come last both ways, and the key stands at the end.

    Equal rows must not change places between pages. The key runs the way of the first part, so that an
    index serves both ways and turning the order turns the list.
    """
    order: Sequence[Any] = rows.query.order_by or rows.model._meta.ordering or ()
    exact = list(empty_last(rows, order))
    if not any(str(part).lstrip("-") in ("pk", "id") for part in order):
        exact.append("-pk" if is_falling(order) else "pk")
    return rows.order_by(*exact)


def is_falling(order: Sequence[Any]) -> bool:
    """Whether the order begins with the greatest."""
    first = next(iter(order), "")
    return first.startswith("-") if isinstance(first, str) else bool(getattr(first, "descending", False))


def empty_last(rows: QuerySet[Any], order: Sequence[Any]) -> Iterator[Any]:
    """The parts of `order`; those that may be empty say where, as the two databases do not agree on it."""
    for part in order:
        name = part.lstrip("-") if isinstance(part, str) else ""
        if name in ("", "?") or not may_be_empty(rows, name):
            yield part
        elif part.startswith("-"):
            yield F(name).desc(nulls_last=True)
        else:
            yield F(name).asc(nulls_last=True)


def may_be_empty(rows: QuerySet[Any], path: str) -> bool:
    """Whether a row may have no value under `path`: a column that allows it, or something worked out."""
    names = path.split("__")
    if names[0] in rows.query.annotations:
        worked_out: BaseExpression = rows.query.annotations[names[0]]
        return not isinstance(worked_out, Count)
    model: Any = rows.model
    for name in names:
        try:
            field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        except FieldDoesNotExist:
            return False  # a part of a date, as the year: what holds it was asked before
        if field.null:
            return True
        model = field.related_model
        if model is None:
            return False
    return False
