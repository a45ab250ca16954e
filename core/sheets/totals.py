"""Totals: exact while the rows pass by, formulas in the file where a person would expect one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal

from openpyxl.utils import get_column_letter

from core.sheets.cells import Cell, amount, encode, fits, plain, style_of, words
from core.sheets.model import Column, Ratio, SheetError
from core.sheets.names import quoted
from core.sheets.styles import Role
from core.text import format_number

_EXACT = Context(prec=100)
_QUOTIENTS = Context(prec=15)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows `first` to `last` of the sheet called `sheet`."""

    sheet: str
    first: int
    last: int


@dataclass
class Tally:
    """Running totals of the columns that ask for one, over some of the rows."""

    columns: Sequence[Column]
    sums: dict[int, Decimal] = field(default_factory=dict)
    inexact: set[int] = field(default_factory=set)
    stretches: list[Stretch] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.summed = tuple(place for place, column in enumerate(self.columns) if column.total is True)
        self.sums = dict.fromkeys(self.summed, ZERO)

    def add(self, values: Sequence[object], *, short: bool = False) -> None:
        """Count a row in; `values` has one for each column. `short`: no number has more than 15 digits."""
        for place in self.summed:
            number = values[place]
            if number is None:
                continue
            if type(number) is not int and type(number) is not Decimal:
                number = amount(number)
                if number is None:
                    continue
            self.sums[place] = _EXACT.add(self.sums[place], number)
            if not short and not fits(Decimal(number)):
                self.inexact.add(place)

    def cells(self, label: str, role: Role, at: tuple[str, int], function: str) -> list[Cell]:
        """The row of totals at (sheet, row); formulas where the figures allow them."""
        first_text = 1 if self.columns[0].kind == "ordinal" and len(self.columns) > 1 else 0
        cells = [encode(None, column, role) for column in self.columns]
        cells[first_text] = words(label, self.columns[first_text], role)
        for place, column in enumerate(self.columns):
            if column.total is True:
                cells[place] = self._sum(place, column, role, at[0], function)
        for place, column in enumerate(self.columns):
            if isinstance(column.total, Ratio):
                cells[place] = self._ratio(column, column.total, role, at[1])
        return cells

    def _sum(self, place: int, column: Column, role: Role, page: str, function: str) -> Cell:
        total = self.sums[place]
        spelled = plain(total)
        places = column.places if column.places is not None else min(len(spelled.partition(".")[2]), 6)
        style = style_of(column, "number" if column.kind == "mixed" else column.kind, role, places)
        if place in self.inexact or not fits(total):  # a formula would round it
            return Cell("s", format_number(Decimal(spelled)), style)
        letter = get_column_letter(place + 1)
        spans = [
            ("" if s.sheet == page else quoted(s.sheet) + "!") + f"{letter}{s.first}:{letter}{s.last}"
            for s in self.stretches
        ]
        if function == "SUBTOTAL":  # which leaves out other subtotals on its way
            spans.insert(0, "9")
        return Cell("f", f"={function}({','.join(spans)})", style, spelled)

    def _ratio(self, column: Column, ratio: Ratio, role: Role, row: int) -> Cell:
        part, whole = ratio.part - 1, ratio.whole - 1
        if part not in self.sums or whole not in self.sums:
            raise SheetError(f"The total of {str(column.header)!r} needs totals in columns {ratio}.")
        style = style_of(column, column.kind, role, 1 if column.places is None else column.places)
        if not self.sums[whole]:
            return Cell("", "", style)
        quotient = plain(_QUOTIENTS.divide(self.sums[part], self.sums[whole]))
        if self.inexact & {part, whole}:
            return Cell("n", quotient, style)
        over = f"{get_column_letter(whole + 1)}{row}"
        return Cell("f", f'=IF({over}=0,"",{get_column_letter(part + 1)}{row}/{over})', style, quotient)
