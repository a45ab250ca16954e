"""A list: filter bar, table, pager. htmx asks for the part that changes."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from core.errors import Text
from core.jobs.models import Job
from core.jobs.rows import JobRow, row_of
from core.ui.filters import Chip, FilterSet
from core.ui.listings import is_exportable
from core.ui.preferences import preference_of
from core.ui.tables import Table
from core.ui.views.base import Page

FILE = "file"  # in the address: a file of this list that is being made, to be watched on the page
NOT_OF_THE_LIST = frozenset({"page", "per_page", FILE})


@dataclass(frozen=True)
class PageAction:
    """A button at the top of a page; at most one of them is primary."""

    label: Text
    url: str
    icon: str = ""
    primary: bool = False
    post: bool = False


@dataclass(frozen=True)
class Tile:
    """A count that filters the list: `value` goes into the query under the tiles' name."""

    label: Text
    count: int
    value: str = ""
    icon: str = ""
    note: Text = ""
    tone: str = ""


class ListPage(Page):
    """A page with one table.

    Subclasses give `title`, `table_class`, `get_queryset()` and, where wanted, `filterset_class`,
    `get_page_actions()`, `get_tiles()` and the words for an empty list.
    """

    template_name = "ui/list.html"
    area_template = "ui/_list_area.html"
    table_class: type[Table]
    filterset_class: type[FilterSet] | None = None
    lead: Any = ""
    empty_icon = "inbox"
    empty_text: Any = ""
    tiles_field = "state"
    filterset: FilterSet | None = None
    table: Table

    def get_queryset(self) -> Any:
        """The rows the person may see."""
        raise NotImplementedError

    def get_page_actions(self) -> list[PageAction]:
        return []

    def get_empty_action(self) -> PageAction | None:
        """The act that an empty list leads to: by default the page's primary one."""
        return next((action for action in self.get_page_actions() if action.primary), None)

    def get_tiles(self) -> list[Tile]:
        """Counts above the list."""
        return []

    def get_table_kwargs(self) -> dict[str, Any]:
        return {}

    def get_filterset(self, rows: Any) -> FilterSet | None:
        if self.filterset_class is None:
            return None
        return self.filterset_class(self.request.GET, queryset=rows, request=self.request)

    def get_parameters(self) -> list[tuple[str, str]]:
        """What the address asks for besides the page: order, tile, size."""
        given = self.request.GET.lists()
        return [(name, text) for name, texts in given if name != "page" for text in texts]

    def get_template_names(self) -> list[str]:
        htmx: Any = getattr(self.request, "htmx", None)
        return [self.area_template if htmx and not htmx.boosted else self.template_name]

    # --- What the page and its workbook share ---

    def open_table(self) -> Table:
        """The rows as filtered, in the order asked for."""
        rows = self.get_queryset()
        self.filterset = self.get_filterset(rows)
        data = self.filterset.qs if self.filterset is not None else rows
        self.table = self.table_class(data=data, **self.get_table_kwargs())
        return self.table.take_order(self.request)

    @property
    def chips(self) -> list[Chip]:
        """What is chosen in the filter bar."""
        return self.filterset.chip_list if self.filterset is not None else []

    @property
    def order_words(self) -> str:
        """The order in words, once the table is open."""
        parts = []
        for alias in self.table.order_by or ():
            text = _("%(column)s, falling") if alias.startswith("-") else _("%(column)s, rising")
            parts.append(text % {"column": self.table.columns[alias.lstrip("-")].header})
        return "; ".join(parts)

    def hidden_columns(self) -> Sequence[str]:
        """The columns the person leaves out."""
        kept = preference_of(self.request)
        return kept.hidden if kept is not None else ()

    def watched_files(self) -> list[JobRow]:
        """The file named in the address, if it is the person's own."""
        try:
            uuid = UUID(self.request.GET.get(FILE, ""))
        except ValueError:
            return []
        user = self.request.user
        return [row_of(job, user) for job in Job.objects.visible_to(user).for_rows().filter(uuid=uuid)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table, filterset = self.open_table(), self.filterset
        table.leave_out(self.hidden_columns()).show_page(self.request)
        match = self.request.resolver_match
        asked = set(filterset.form.fields) if filterset is not None else set()
        given = {
            "table": table,
            "filterset": filterset,
            "kept": [pair for pair in self.get_parameters() if pair[0] not in asked],
            "exportable": match is not None and is_exportable(match.view_name),
            "once_export": secrets.token_urlsafe(18),
            "file_rows": self.watched_files(),
            "tiles": self.get_tiles(),
            "tiles_field": self.tiles_field,
            "tile_chosen": self.request.GET.get(self.tiles_field, ""),
            "page_actions": self.get_page_actions(),
            "lead": self.lead,
            "empty_icon": self.empty_icon,
            "empty_text": self.empty_text or table.empty_text,
            "empty_action": self.get_empty_action(),
        }
        return super().get_context_data(**{**given, **kwargs})
