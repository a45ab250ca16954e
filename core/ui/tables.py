"""Lists: one body writer for all of them.

Cells are escaped unless they are safe. A column's attributes are worked out once, not once a cell; on a
phone the same rows become cards, so each cell carries its heading in ``data-label``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_tables2.rows import BoundRow
from django_tables2.utils import AttributeDict

from core.ui.columns import (
    ActionsColumn,
    Column,
    DateColumn,
    LinkColumn,
    NumberColumn,
    RowAction,
    StateColumn,
    TimeColumn,
)
from core.ui.paging import KeyPaginator, with_tie_break
from core.ui.preferences import page_size

__all__ = [
    "TABLES", "ActionsColumn", "Column", "DateColumn", "LinkColumn", "NumberColumn", "RowAction",
    "StateColumn", "Table", "TimeColumn",
]  # fmt: skip

TABLES: list[type["Table"]] = []
SORT_CLASSES = frozenset({"orderable", "asc", "desc"})  # say nothing in a cell


@dataclass(frozen=True)
class Head:
    """A column's heading: `sort` is the order a press asks for, `aria` the order now."""

    label: str
    css: str
    sort: str
    aria: str


@dataclass(frozen=True)
class Sort:
    """One way to order the list, for where there are no headings to press: on a phone."""

    label: str
    order: str
    falling: bool
    active: bool


class Table(tables.Table):
    """The base of every list.

    Sorting goes through keys: give a column ``order_by=("sort_key",)``. Row buttons come from one
    ``actions_for(user, rows)``, so a page asks its rights once.
    """

    class Meta:
        template_name = "ui/table.html"
        attrs = {"class": "table table-cards"}
        default = "–"
        empty_text = _("Nothing here yet.")

    request: HttpRequest | None = None
    caption: Any = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        TABLES.append(cls)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        self._actions: Mapping[Any, Sequence[RowAction]] | None = None
        super().__init__(data=data, **kwargs)

    # --- Paging ---

    def take_order(self, request: HttpRequest) -> "Table":
        """Take the order from the request."""
        self.request = request
        order = request.GET.getlist(self.prefixed_order_by_field)
        if order:
            self.order_by = order
        return self

    @property
    def all_rows(self) -> Any:
        """Every record in the order asked for: a query set, or a list where the rows are no database rows."""
        rows = getattr(self.data, "data", None)
        if isinstance(rows, QuerySet) and not (rows.query.is_sliced or rows.query.combinator):
            return with_tie_break(rows)
        return list(self.data)

    def show_page(self, request: HttpRequest) -> "Table":
        """Take order, page and page size from the request. An impossible page becomes the nearest."""
        self.take_order(request)
        rows, size = self.all_rows, page_size(request)
        self.paginator: Paginator[Any] = (KeyPaginator if isinstance(rows, QuerySet) else Paginator)(rows, size)
        self.page = self.paginator.get_page(request.GET.get(self.prefixed_page_field, "1"))
        return self

    @property
    def records(self) -> list[Any]:
        """The records of the page shown, or all of them where the list is not paged."""
        return list(self.page.object_list) if hasattr(self, "page") else list(self.data)

    # --- Columns ---

    @property
    def choosable(self) -> list[Any]:
        """The columns a person may leave out: all but the first, which says what the row is, and the buttons."""
        return [column for column in self.columns.all() if not column.column.exclude_from_export][1:]

    def leave_out(self, hidden: Iterable[str]) -> "Table":
        """Show the table without these columns; names it does not know, or cannot leave out, are passed over."""
        known = {column.name for column in self.choosable}
        for name in known.intersection(hidden):
            self.columns.hide(name)
        return self

    # --- Row buttons ---

    def actions_for(self, user: Any, rows: Sequence[Any]) -> Mapping[Any, Sequence[RowAction]]:
        """Buttons by primary key for all `rows` of the page. Overridden by lists that have buttons."""
        return {}

    def actions_of(self, record: Any) -> Sequence[RowAction]:
        """The buttons of one row."""
        if self._actions is None:
            user = getattr(self.request, "user", None)
            self._actions = self.actions_for(user, self.records)
        return self._actions.get(record.pk, ())

    @property
    def csrf_token(self) -> str:
        return get_token(self.request) if self.request is not None else ""

    # --- Drawing ---

    @property
    def heads(self) -> Iterable[Head]:
        """The headings, each with the order its press asks for."""
        for column in self.columns:
            css = str(column.attrs.get("th", {}).get("class", ""))
            if not column.orderable:
                yield Head(str(column.header), css, "", "")
                continue
            ordered = column.is_ordered
            down = ordered and str(column.order_by_alias).startswith("-")
            sort = column.name if (not ordered or down) else f"-{column.name}"
            aria = ("descending" if down else "ascending") if ordered else "none"
            yield Head(str(column.header), css, sort, aria)

    @property
    def sorts(self) -> Iterable[Sort]:
        """Every order there is, each column both ways."""
        now = set(self.order_by or ())
        for column in self.columns:
            if column.orderable:
                for order, words in (
                    (column.name, _("%(column)s, rising")),
                    (f"-{column.name}", _("%(column)s, falling")),
                ):
                    yield Sort(str(words) % {"column": column.header}, order, order != column.name, order in now)

    @property
    def body(self) -> SafeString:
        """The rows, drawn in one go."""
        plan = [(column.name, self._cell_start(column), self._cell_start(column, "blank")) for column in self.columns]
        nothing = str(self.default)
        parts: list[str] = []
        for record in self.records:
            row = BoundRow(record, table=self)
            parts.append(f"<tr{self._row_attrs(record)}>")
            for name, start, blank in plan:
                cell = conditional_escape(row.get_cell(name))
                parts += (blank if cell == nothing else start, cell, "</td>")
            parts.append("</tr>")
        return mark_safe("".join(parts))  # noqa: S308 -- every cell above is escaped unless safe

    def _row_attrs(self, record: Any) -> str:
        if not self.row_attrs:
            return ""
        return flatatt(AttributeDict({k: v(record) if callable(v) else v for k, v in self.row_attrs.items()}))

    def _cell_start(self, column: Any, css: str = "") -> str:
        """The cell's opening tag; a callable attribute could not know the record and is not supported."""
        attrs = dict(column.attrs["td"])
        classes = [name for name in str(attrs.pop("class", "") or "").split() if name not in SORT_CLASSES]
        if css or classes:
            attrs["class"] = " ".join([*classes, css]).strip()
        return format_html('<td{} data-label="{}">', flatatt(attrs), str(column.header))
