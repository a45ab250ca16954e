"""The sheets one table is written on: the first, and those that go on where Excel's last row is reached."""

import hashlib
from collections import deque
from collections.abc import Sequence

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from core.sheets.header import header_lines
from core.sheets.lines import Line
from core.sheets.model import Limits, SheetError, Written
from core.sheets.names import SheetNames
from core.sheets.pages import Book, Closing, Opening, Page
from core.sheets.plan import Plan
from core.sheets.texts import CELL_END, ROW_END, stored
from core.sheets.titles import heading, signing, whole_lines
from core.sheets.totals import Stretch

KEPT_TOGETHER = 3  # rows that stand on the printed page of the signatures


class Paper:
    """Hands lines to the page under the pen, numbers them, sums them up, and turns the page when it is full."""

    page: Page
    opening: Opening

    def __init__(self, plan: Plan, book: Book, names: SheetNames, limits: Limits) -> None:
        self.plan, self.book, self.names, self.limits = plan, book, names, limits
        widths, block = plan.widths, plan.block
        self.header = header_lines(plan.columns, widths, numbered=plan.sheet.numbered, limit=limits.text)
        self.foot = list(signing(block, widths, limits.text))
        title = list(heading(block, "", widths, limits.text))
        self.one_page = plan.fits_one_page([*title, *self.header, *self.foot])
        self.turns = 0
        self.grouped = False
        self.stretches: list[Stretch] = []
        self.written: list[Written] = []
        self._open(title)

    @property
    def name(self) -> str:
        return self.opening.name

    @property
    def full(self) -> bool:
        return self.next > self.limits.rows

    # --- Lines --------------------------------------------------------------------------------

    def put(self, line: Line) -> None:
        """Write `line`; the page must not be full."""
        for place, cell in enumerate(line.cells):
            if cell is not None and cell.type == "s" and "_x" in cell.text:
                line.cells[place] = cell._replace(text=stored(cell.text))
        self.page.line(self.next, line)
        for first, last, below in line.merges:
            self.merges.append(
                f"{get_column_letter(first + 1)}{self.next}:{get_column_letter(last + 1)}{self.next + below}"
            )
        self.next += 1

    def put_body(self, line: Line) -> None:
        """Write a line of the table's body on a page with room for it; it counts in the checksum."""
        if self.full:
            self.turn()
        self.put(line)
        self._digest([cell.text if cell else "" for cell in line.cells[: len(self.plan.columns)]])

    def ordinary(self, values: Sequence[object]) -> bool:
        """Let the page write `values` by itself; False: it takes the long way. The page must not be full."""
        contents = self.page.ordinary(self.next, values)
        if contents is None:
            return False
        self.next += 1
        self._digest(contents)
        return True

    def end_row(self, number: int) -> None:
        """A row of the table stands from line `number` on."""
        self.rows += 1
        self.last_rows.append(number)

    def _digest(self, texts: Sequence[str]) -> None:
        self.digest.update((CELL_END.join(texts) + ROW_END).encode())

    # --- Pages --------------------------------------------------------------------------------

    def _open(self, title: list[Line]) -> None:
        sheet = self.plan.sheet
        suffix = ""
        if self.turns:
            suffix = " " + (_("(cont.)") if self.turns == 1 else _("(cont. %(number)d)") % {"number": self.turns})
        name = self.names.take(str(sheet.name), suffix)
        first = len(title) + 1
        last = len(title) + len(self.header)
        if last + len(self.foot) + 3 > self.limits.rows:
            raise SheetError(f"Sheet {name!r} has no room for rows.")
        self.opening = Opening(name, self.plan, first, last, self.limits.text)
        self.page = self.book.open_page(self.opening)
        self.next, self.rows = 1, 0
        self.merges: list[str] = []
        self.last_rows: deque[int] = deque(maxlen=KEPT_TOGETHER)
        self.digest = hashlib.sha256()
        for line in (*title, *self.header):
            self.put(line)
        self.body_first = self.next

    def turn(self) -> None:
        """Go on with the table on a new sheet."""
        self.end_table()
        self._close(None)
        self.turns += 1
        suffix = " " + _("(continued)")
        self._open(list(whole_lines(self.plan.block, suffix, self.plan.widths, self.limits.text)))

    def end_table(self) -> None:
        """The body on this sheet is complete: what it holds is settled."""
        self.table_last = self.next - 1
        if self.next > self.body_first:
            self.stretches.append(Stretch(self.name, self.body_first, self.table_last))
        self.written.append(Written(self.name, self.body_first, self.table_last, self.rows, self.digest.hexdigest()))

    def end(self, total: Line | None) -> None:
        """Write the total and the signatures, together, and close the last sheet; the table has been ended."""
        for line in filter(None, (total, *self.foot)):
            self.put(line)
        self._close(self._break() if self.foot else None)

    def _break(self) -> int | None:
        """After which row a page break keeps the last rows with the signatures; None where one page holds all."""
        if self.one_page or not self.last_rows:
            return None
        after = self.last_rows[0] - 1
        return after if after >= self.body_first else None

    def _close(self, break_after: int | None) -> None:
        self.page.close(Closing(self.next - 1, self.table_last, tuple(self.merges), break_after, self.grouped))
