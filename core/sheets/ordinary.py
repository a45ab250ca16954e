"""Spells rows that hold nothing unusual, without an object for each cell.

A row is ordinary when each value is of its column's plain type, short, and needs no care in a file. Any
other goes the long way through `cells.encode`; what stands in the file is the same.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from core.sheets.cells import DIGITS, EPOCH, FIRST_SERIAL, encode, style_of
from core.sheets.model import Column
from core.sheets.styles import Style
from core.sheets.texts import CELL_END, LEADS

Reader = Callable[[object], str]
_CARE = re.compile("[\x00-\x08\x0b\x0c\r\x0e-\x1e\ud800-\udfff\ufffe\uffff_]")
_MARKUP = re.compile("[&<>]")


class Unusual(Exception):
    """A value that needs more care than is taken here."""


class OrdinaryRows:
    """The ordinary rows of one table: a reader for each column, one form for each pattern of empty cells."""

    def __init__(self, columns: Sequence[Column], number_of: Callable[[Style], int], longest_text: int) -> None:
        self.short = longest_text // 2  # a row of fewer characters has no cell that is too long
        self.readers = [reader(column) for column in columns]
        self.texts = [column.kind == "text" for column in columns]
        self.filled = [_filled(column, number_of) for column in columns]
        self.empty = [f'<c s="{number_of(encode(None, column).style)}"/>' for column in columns]
        self.ends = len(columns) - 1
        self.possible = all(one is not unusual for one in self.readers)
        self.full = self._form([True] * len(columns))
        self.forms: dict[tuple[bool, ...], str] = {}

    def spell(self, number: int, values: Sequence[object]) -> tuple[list[str], str] | None:
        """What the cells hold, and the row as it stands in the file; None if the row is not ordinary."""
        if not self.possible or len(values) != len(self.readers):
            return None
        try:
            contents = [read(value) for read, value in zip(self.readers, values, strict=True)]
        except Unusual:
            return None
        joined = CELL_END.join(contents)
        if len(joined) > self.short or joined.count(CELL_END) != self.ends or _CARE.search(joined):
            return None
        shown = [escape(text) for text in contents] if _MARKUP.search(joined) else contents
        if "" not in contents:
            return contents, self.full % (number, *shown)
        pattern = tuple(map(bool, contents))
        form = self.forms.get(pattern)
        if form is None:
            form = self.forms[pattern] = self._form(pattern)
        return contents, form % (number, *filter(None, shown))

    def _form(self, pattern: Sequence[bool]) -> str:
        cells = (self.filled[place] if holds else self.empty[place] for place, holds in enumerate(pattern))
        return f'<row r="%d">{"".join(cells)}</row>'


def _filled(column: Column, number_of: Callable[[Style], int]) -> str:
    places = column.places if column.places is not None else int(column.kind == "percent")
    number = number_of(style_of(column, column.kind, "body", places))
    if column.kind == "text":
        return f'<c s="{number}" t="inlineStr"><is><t>%s</t></is></c>'
    return f'<c s="{number}"><v>%s</v></c>'


def reader(column: Column) -> Reader:
    """What reads the ordinary values of `column`; each raises Unusual for any other."""
    if column.kind == "number" and column.places is None:  # each value has a style of its own
        return unusual
    return _moment(column) if column.kind == "datetime" else _READERS.get(column.kind, unusual)


def unusual(value: object) -> str:
    raise Unusual


def _text(value: object) -> str:
    if value.__class__ is str:
        text: str = value
        if not text:
            return ""
        if text[0] in LEADS or text.strip() != text:
            raise Unusual
        return text
    if value is None:
        return ""
    raise Unusual


def _whole(value: object) -> str:
    if value.__class__ is int:
        text = str(value)
        if len(text) > DIGITS:
            raise Unusual
        return text
    if value is None:
        return ""
    raise Unusual


def _number(value: object) -> str:
    if value.__class__ is not Decimal:
        return _whole(value)
    text = str(value)
    if len(text) > DIGITS or "E" in text or "n" in text or "N" in text:
        raise Unusual
    if "." in text:
        text = text.rstrip("0").rstrip(".")
        if text == "-0":
            return "0"
    return text


def _day(value: object) -> str:
    if value.__class__ is date:
        days = value.toordinal() - EPOCH
        if days >= FIRST_SERIAL:
            return str(days)
        raise Unusual
    if value is None:
        return ""
    raise Unusual


def _moment(column: Column) -> Reader:
    style = style_of(column, "datetime", "body")

    def read(value: object) -> str:
        if value is None:
            return ""
        cell = encode(value, column)
        if cell.type != "n" or cell.style != style:
            raise Unusual
        return cell.text

    return read


_READERS: dict[str, Reader] = {
    "ordinal": _whole, "text": _text, "integer": _whole, "money": _whole, "number": _number, "percent": _number,
    "date": _day,
}  # fmt: skip
