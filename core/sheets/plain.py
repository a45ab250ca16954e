"""The plain writer: openpyxl's own write-only mode. Slow; what the other writer is held against."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl.cell import Cell as BookCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.worksheet import Worksheet

from core.sheets.cells import Cell
from core.sheets.lines import Line
from core.sheets.pages import Closing, Opening, finish, set_up
from core.sheets.properties import describe
from core.sheets.styles import Style, dress, new_book


class PlainBook:
    """A workbook written by openpyxl alone."""

    def __init__(self, path: Path, title: str) -> None:
        self.path = path
        self.book = new_book(write_only=True)
        self.pages: list[PlainPage] = []
        describe(self.book, title)

    def open_page(self, opening: Opening) -> "PlainPage":
        self.pages.append(PlainPage(self.book.create_sheet(opening.name), opening))
        return self.pages[-1]

    def save(self) -> None:
        self.book.save(self.path)

    def abandon(self) -> None:
        for page in self.pages:
            page.abandon()


class PlainPage:
    """One worksheet; every cell is an object of openpyxl's."""

    def __init__(self, sheet: Worksheet, opening: Opening) -> None:
        self.sheet, self.opening = sheet, opening
        self.samples: dict[Style, BookCell] = {}
        set_up(sheet, opening)

    def line(self, number: int, line: Line) -> None:
        if line.height is not None:
            self.sheet.row_dimensions[number].height = line.height
        self.sheet.append([None if cell is None else self.cell(cell) for cell in line.cells])

    def ordinary(self, number: int, values: Sequence[object]) -> None:
        """Nothing is ordinary here: every row is spelled cell by cell."""

    def cell(self, cell: Cell) -> BookCell:
        made = WriteOnlyCell(self.sheet)
        # Setting the attributes one by one would take longer than everything else together.
        made._style = self.sample(cell.style)._style  # type: ignore[attr-defined]
        if cell.type == "n":
            made.value = Decimal(cell.text)
        elif cell.type:
            made.value = cell.text
            made.data_type = cell.type  # a text that looks like a formula or an error stays a text
        return made

    def sample(self, style: Style) -> BookCell:
        if style not in self.samples:
            self.samples[style] = WriteOnlyCell(self.sheet)
            dress(self.samples[style], style)
        return self.samples[style]

    def close(self, closing: Closing) -> None:
        finish(self.sheet, self.opening, closing)
        self.sheet.close()  # type: ignore[attr-defined]

    def abandon(self) -> None:
        """Remove the rows that openpyxl keeps in a temporary file until the book is saved."""
        if not self.sheet.closed:  # type: ignore[attr-defined]
            self.sheet.close()  # type: ignore[attr-defined]
        self.sheet._writer.cleanup()  # type: ignore[attr-defined]
