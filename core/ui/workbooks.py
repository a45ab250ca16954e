"""A list as a sheet: the columns on show, their values as numbers, days and words."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django_tables2.rows import BoundRow

from core.errors import Text
from core.sheets import Column
from core.ui.columns import DateColumn, LinkColumn, NumberColumn, TimeColumn
from core.ui.tables import Table

BREAK = re.compile(r"</div>|<br\s*/?>|<small\b", re.IGNORECASE)


@dataclass(frozen=True)
class Field:
    """A column of the sheet: a column of the list, or the second line of one."""

    header: Text
    column: Any  # as django-tables2 bound it
    is_note: bool = False

    @property
    def sheet_column(self) -> Column:
        if self.is_note:
            return Column(self.header)
        kind = self.column.column
        if isinstance(kind, TimeColumn):
            return Column(self.header, kind="datetime")
        if isinstance(kind, DateColumn):
            return Column(self.header, kind="date")
        if isinstance(kind, NumberColumn):
            return Column(self.header, kind="number", places=kind.places)
        return Column(self.header)

    def value(self, row: BoundRow) -> object:
        """What stands in the cell; nothing where the list shows a dash."""
        kind, record = self.column.column, row.record
        if self.is_note:
            return kind.note(record) or None
        if isinstance(kind, DateColumn | NumberColumn):
            return self.column.accessor.resolve(record, quiet=True)
        if isinstance(kind, LinkColumn):
            found = self.column.accessor.resolve(record, quiet=True)
            return None if found in (None, "") else str(found)
        words = plain_words(row.get_cell(self.column.name))
        return None if words == str(row.table.default) else words


def plain_words(cell: Any) -> str:
    """The words of a drawn cell. What is not markup of ours is text as somebody typed it, and stays."""
    if not hasattr(cell, "__html__"):
        return str(cell)
    lines = strip_tags(BREAK.sub(lambda tag: f"\n{tag[0]}", str(cell))).splitlines()
    return html.unescape("\n".join(line.strip() for line in lines if line.strip()))


def fields_of(table: Table) -> list[Field]:
    """The columns of the sheet, without the buttons."""
    fields = []
    for column in table.columns:
        if column.column.exclude_from_export:
            continue
        fields.append(Field(str(column.header), column))
        if isinstance(column.column, LinkColumn) and column.column.note is not None:
            name = column.column.note_name or _("%(column)s, further") % {"column": column.header}
            fields.append(Field(name, column, is_note=True))
    return fields


def sheet_columns(fields: Iterable[Field]) -> list[Column]:
    """The columns of the sheet, the rows counted in the first."""
    return [Column(_("No."), kind="ordinal"), *(field.sheet_column for field in fields)]


def sheet_rows(table: Table, fields: list[Field], records: Iterable[Any]) -> Iterator[list[object]]:
    """The cells of each record, one record at a time."""
    for record in records:
        row = BoundRow(record, table=table)
        yield [field.value(row) for field in fields]
