"""The fast writer: openpyxl makes everything but the rows, the rows are spelled here and streamed between.

A worksheet's part is a head, rows, and a tail. Head and tail are cut from a worksheet that openpyxl saves to
memory without rows; the style number of each kind of cell is the one openpyxl gives a sample cell; all
other parts of the file are saved by openpyxl at the end.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook as Book
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from core.sheets.cells import Cell
from core.sheets.lines import Line
from core.sheets.ordinary import OrdinaryRows
from core.sheets.pages import Closing, Opening, finish, set_up
from core.sheets.properties import describe
from core.sheets.styles import Style, dress, new_book

_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>\s*</sheetData>")
_DIMENSION = re.compile(rb"<dimension[^>]*/>")
_FLUSH = 400  # rows spelled before they go to the file


class SpliceBook:
    """A workbook whose sheets are streamed into the file one after another."""

    def __init__(self, path: Path, title: str) -> None:
        self.title = title
        self.file = ZipFile(path, "w", ZIP_DEFLATED, compresslevel=6)
        self.shell = new_book()
        describe(self.shell, title)
        self.shell_sample = self.shell.create_sheet("0")
        self.numbers: dict[Style, int] = {}
        self.pages: list[SplicePage] = []
        self._write_first_parts()

    def _write_first_parts(self) -> None:
        """Readers that look at the first bytes only know the file by these names."""
        for name, content in parts(self.shell).items():
            if name.startswith("docProps/"):
                self.file.writestr(name, content)

    def style_number(self, style: Style) -> int:
        """The number by which a cell names `style`."""
        if style not in self.numbers:
            cell = WriteOnlyCell(self.shell_sample)
            dress(cell, style)
            self.numbers[style] = cell.style_id
        return self.numbers[style]

    def open_page(self, opening: Opening) -> "SplicePage":
        self.pages.append(SplicePage(self, opening, len(self.pages) + 1))
        return self.pages[-1]

    def save(self) -> None:
        """Write the parts around the sheets."""
        self.shell.remove(self.shell_sample)
        for page in self.pages:
            sheet = self.shell.create_sheet(page.opening.name)
            set_up(sheet, page.opening)
            finish(sheet, page.opening, page.closing)
        for name, content in parts(self.shell).items():
            if not name.startswith(("docProps/", "xl/worksheets/")):
                self.file.writestr(name, content)
        self.file.close()

    def abandon(self) -> None:
        for page in self.pages:
            page.part.close()
        self.file.close()


class SplicePage:
    """One worksheet, streamed."""

    closing: Closing

    def __init__(self, book: SpliceBook, opening: Opening, number: int) -> None:
        self.book, self.opening = book, opening
        self.part: IO[bytes] = book.file.open(f"xl/worksheets/sheet{number}.xml", "w")
        self.letters = [get_column_letter(place + 1) for place in range(len(opening.plan.widths))]
        self.spelled: list[str] = []
        self.rows = OrdinaryRows(opening.plan.columns, book.style_number, opening.longest_text)
        self.part.write(self.ends(None)[0])

    def ends(self, closing: Closing | None) -> tuple[bytes, bytes]:
        """Head and tail of the worksheet, as openpyxl writes them."""
        book = new_book()
        sheet = book.create_sheet(self.opening.name)
        set_up(sheet, self.opening)
        if closing is not None:
            finish(sheet, self.opening, closing)
        head, tail = _ROWS.split(parts(book)["xl/worksheets/sheet1.xml"])
        # The size of the sheet is not known yet, and readers may leave rows out that lie beyond it.
        return _DIMENSION.sub(b"", head) + b"<sheetData>", b"</sheetData>" + tail

    def line(self, number: int, line: Line) -> None:
        height = "" if line.height is None else f' ht="{line.height}" customHeight="1"'
        cells = [self.cell(f"{self.letters[p]}{number}", c) for p, c in enumerate(line.cells) if c is not None]
        self._write(f'<row r="{number}"{height}>{"".join(cells)}</row>')

    def cell(self, place: str, cell: Cell) -> str:
        start = f'<c r="{place}" s="{self.book.style_number(cell.style)}"'
        if cell.type == "s":
            space = ' xml:space="preserve"' if cell.text != cell.text.strip() else ""
            return f'{start} t="inlineStr"><is><t{space}>{escape(cell.text)}</t></is></c>'
        if cell.type == "n":
            return f"{start}><v>{cell.text}</v></c>"
        if cell.type == "f":
            return f"{start}><f>{escape(cell.text[1:])}</f><v>{cell.cached}</v></c>"
        return f"{start}/>"

    def ordinary(self, number: int, values: Sequence[object]) -> list[str] | None:
        done = self.rows.spell(number, values)
        if done is None:
            return None
        self._write(done[1])
        return done[0]

    def _write(self, spelled: str) -> None:
        self.spelled.append(spelled)
        if len(self.spelled) >= _FLUSH:
            self._flush()

    def _flush(self) -> None:
        self.part.write("".join(self.spelled).encode())
        self.spelled.clear()

    def close(self, closing: Closing) -> None:
        self.closing = closing
        self._flush()
        self.part.write(self.ends(closing)[1])
        self.part.close()


def parts(book: Book) -> dict[str, bytes]:
    """The parts of `book` as openpyxl saves them."""
    memory = BytesIO()
    book.save(memory)
    with ZipFile(memory) as file:
        return {name: file.read(name) for name in file.namelist()}
