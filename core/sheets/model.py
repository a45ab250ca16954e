"""What a workbook is, without a word on how it is written.

A report names sheets, columns and rows; `core.sheets` gives them the dress of an office (NĐ 30/2020/NĐ-CP,
Phụ lục I): issuer and national name, title, header repeated on each page, totals, signatures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Number = int | Decimal | Fraction | float
Value = Text | Number | bool | date | datetime | None
Kind = Literal["ordinal", "text", "integer", "number", "percent", "money", "date", "datetime", "mixed"]


class SheetError(ValueError):
    """A workbook that cannot be written as asked: a fault of the caller, not of the person who reads it."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A total that is one column's total over another's, by column number: 7=6:3 is `Ratio(6, 3)`."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A value of a `mixed` column that is to be shown as `kind`, where its own type does not say so."""

    value: Value
    kind: Kind
    places: int | None = None


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `kind` says how values are stored and shown. An `ordinal` column (only the first) takes nothing from
    the rows and counts them. `percent` takes a ratio: 1 is 100 %. A `mixed` column shows each value by
    its own type. `places` None: a number keeps the decimals it has, a percentage shows one.
    `under` names the headings above the column's own, from the top; `number` is what stands in the row
    of column numbers, its position unless given ("7=6:3").
    """

    header: Text
    kind: Kind = "text"
    places: int | None = None
    width: float | None = None
    wrap: bool = True
    total: bool | Ratio = False
    under: tuple[Text, ...] = ()
    number: Text = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A row among the rows that heads those after it: I, II, III at level 1, then 1, 2, 3."""

    title: Text
    level: int = 1
    marker: str | None = None


@dataclass(frozen=True)
class Signature:
    """Who signs at the foot: the capacity, the hint under it, the name if it is known."""

    title: Text
    hint: Text = _("(Signature, full name)")
    name: Text = ""


PREPARED_BY = Signature(_("PREPARED BY"))
HEAD_OF_UNIT = Signature(_("HEAD OF THE UNIT"), hint=_("(Signature, seal)"))


@dataclass(frozen=True)
class TitleBlock:
    """What stands above the table and below it.

    At the right of the issuer stand the national name and motto, or `form_lines` ("Biểu số 0601.N/BNV-TĐKT",
    its circular) where the sheet is a statutory form. `filters` are pairs of label and value, as chosen.
    """

    title: Text
    issuer: Text
    parent: Text = ""
    symbol: Text = ""
    form_lines: tuple[Text, ...] = ()
    period: Text = ""
    as_of: date | None = None
    filters: tuple[tuple[Text, Text], ...] = ()
    unit_of_measure: Text = ""
    place: Text = ""
    day: date | None = None
    signatures: tuple[Signature, ...] = (PREPARED_BY, HEAD_OF_UNIT)


Row = Sequence[object]


@dataclass(frozen=True)
class Sheet:
    """A table on a sheet of its own; `rows` is read once, a row at a time.

    A row holds one value for each column but the ordinal one. `title` None takes the workbook's block.
    `total` is the label of the last row, written when a column asks for a total. `subtotals` adds a row
    after each group of level 1. `restart` counts the ordinals anew in each group. Rows beyond what a sheet
    of Excel can hold go on to a sheet of the same name marked as continued.
    """

    name: Text
    columns: Sequence[Column]
    rows: Iterable[Row | Group]
    title: TitleBlock | None = None
    numbered: bool = False
    total: Text = _("Grand total")
    subtotal: Text = _("Subtotal")
    subtotals: bool = False
    restart: bool = False
    frozen_columns: int = 0
    filtered: bool = True
    empty: Text = _("There are no figures for this selection.")


@dataclass(frozen=True)
class Provenance:
    """Where the figures come from: who made the file, when, from which parameters."""

    made_by: Text
    made_at: datetime
    source: Text
    code: str = ""
    parameters: Sequence[tuple[Text, Text]] = ()
    notes: Sequence[Text] = ()


@dataclass(frozen=True)
class Workbook:
    """A file: one block of titles for all sheets, the sheets in order, the last sheet on their source.

    `language` is that of the file, not of the page it was asked from.
    """

    title_block: TitleBlock
    sheets: Iterable[Sheet]
    provenance: Provenance | None = None
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a sheet of Excel can hold; tests make it smaller."""

    rows: int = 1_048_576
    text: int = 32_767


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of one table on one sheet, for the sheet on the source of the figures."""

    sheet: str
    first_row: int
    last_row: int
    rows: int
    sha256: str


@dataclass(frozen=True)
class Result:
    """What `write_workbook` has written."""

    tables: tuple[Written, ...]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)
