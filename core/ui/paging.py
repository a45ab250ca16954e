"""Pages of a list: first the page's keys, then their rows.

A joined OFFSET reads every row before the page; keys alone are read from an index.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

COOKIE = "page_size"


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
    """The same order, with the key at its end: equal rows must not change places between pages."""
    order: Sequence[Any] = rows.query.order_by or rows.model._meta.ordering or ()
    if any(str(part).lstrip("-") in ("pk", "id") for part in order):
        return rows
    return rows.order_by(*order, "pk")


def page_size(request: HttpRequest) -> int:
    """Rows a page: asked for in the address, else as last chosen on this machine, else the smallest."""
    for given in (request.GET.get("per_page", ""), request.COOKIES.get(COOKIE, "")):
        if given.isdecimal() and int(given) in settings.PAGE_SIZES:
            return int(given)
    return int(settings.PAGE_SIZES[0])
