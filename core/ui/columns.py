"""The kinds of column a list is made of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.errors import Text
from core.text import format_number
from core.ui import states
from core.ui.icons import icon as draw_icon
from core.ui.templatetags.ui import vn_date, vn_time

Address = str | Callable[[Any], str]


def address_of(record: Any, url: Address) -> str:
    """A record's address: a url name that takes its pk, or what a function returns."""
    return reverse(url, args=[record.pk]) if isinstance(url, str) else url(record)


def css_attrs(css: str, given: dict[str, Any] | None) -> dict[str, Any]:
    """Cell and head attributes with the class of the kind of column added."""
    attrs = {key: dict(value) for key, value in (given or {}).items()}
    for cell in ("td", "th"):
        own = attrs.setdefault(cell, {})
        own["class"] = f"{css} {own.get('class', '')}".strip()
    return attrs


class Column(tables.Column):
    """Plain text, escaped unless it is safe."""


class NumberColumn(tables.Column):
    """A figure: right-aligned, 1.234,56."""

    def __init__(self, *args: Any, places: int | None = None, suffix: str = "", **kwargs: Any) -> None:
        self.places, self.suffix = places, suffix
        super().__init__(*args, attrs=css_attrs("num", kwargs.pop("attrs", None)), **kwargs)

    def render(self, value: Any) -> str:
        return format_number(value, self.places) + self.suffix


class DateColumn(tables.Column):
    """A day: 30/11/2024."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, attrs=css_attrs("day", kwargs.pop("attrs", None)), **kwargs)

    def render(self, value: Any) -> str:
        return vn_date(value)


class TimeColumn(DateColumn):
    """A moment: 14:26 30/11/2024."""

    def render(self, value: Any) -> str:
        return vn_time(value)


class LinkColumn(tables.Column):
    """The record's name, leading to its page; `note` puts a second line under it.

    In a workbook the second line is a column of its own, under `note_name`.
    """

    def __init__(
        self,
        *args: Any,
        url: Address,
        note: Callable[[Any], str] | None = None,
        note_name: Text = "",
        **kwargs: Any,
    ) -> None:
        self.url, self.note, self.note_name = url, note, note_name
        super().__init__(*args, attrs=css_attrs("name", kwargs.pop("attrs", None)), **kwargs)

    def render(self, value: Any, record: Any) -> SafeString:
        link = format_html('<a href="{}">{}</a>', address_of(record, self.url), value)
        line = self.note(record) if self.note else ""
        return format_html('{}<small class="note">{}</small>', link, line) if line else link


class StateColumn(tables.Column):
    """The chip of the state in the column's field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, attrs=css_attrs("chip-cell", kwargs.pop("attrs", None)), **kwargs)

    def render(self, value: Any, record: Any, bound_column: Any) -> SafeString | str:
        path, _dot, name = str(bound_column.accessor).replace("__", ".").rpartition(".")
        owner = tables.A(path.replace(".", "__")).resolve(record) if path else record
        member = states.member_of(owner, name)
        return states.chip_of(member) if member is not None else str(value)


@dataclass(frozen=True)
class RowAction:
    """One button of a row. `post` sends a form, for an act; otherwise it is a link."""

    label: Text
    url: str
    icon: str = ""
    post: bool = False
    primary: bool = False


class ActionsColumn(tables.Column):
    """The buttons of each row, as the table's ``actions_for(user, rows)`` worked them out at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs = {"orderable": False, "empty_values": (), "verbose_name": _("Actions"), **kwargs}
        super().__init__(*args, attrs=css_attrs("actions", kwargs.pop("attrs", None)), **kwargs)
        self.exclude_from_export = True

    def render(self, record: Any, table: Any) -> SafeString:
        return draw_actions(table.actions_of(record), str(record), table.csrf_token)


def draw_actions(actions: Iterable[RowAction], name: str, csrf_token: str) -> SafeString:
    """The buttons; each one's spoken name says on what it acts."""
    return format_html_join(" ", "{}", ((draw_action(a, name, csrf_token),) for a in actions))


def draw_action(action: RowAction, name: str, csrf_token: str) -> SafeString:
    mark = draw_icon(action.icon) if action.icon else ""
    css = "btn btn-sm btn-primary" if action.primary else "btn btn-sm"
    if not action.post:
        return format_html(
            '<a class="{}" href="{}">{}{}<span class="visually-hidden"> {}</span></a>',
            css, action.url, mark, action.label, name,
        )  # fmt: skip
    return format_html(
        '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<button class="{}">{}{}<span class="visually-hidden"> {}</span></button></form>',
        action.url, csrf_token, css, mark, action.label, name,
    )  # fmt: skip
