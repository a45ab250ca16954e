"""What both writers offer to the composer: a book that opens pages, a page that takes lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from core.sheets.lines import Line
from core.sheets.plan import Plan

MM = 1 / 25.4


@dataclass(frozen=True, slots=True)
class Opening:
    """A sheet as it stands before its rows: its name, its measures, where the header lies."""

    name: str
    plan: Plan
    header_first: int
    header_last: int
    longest_text: int


@dataclass(frozen=True, slots=True)
class Closing:
    """What is known of a sheet after its last row."""

    last_row: int
    last_table_row: int
    merges: tuple[str, ...] = ()
    break_after: int | None = None
    grouped: bool = False


class Page(Protocol):
    """One worksheet being written."""

    def line(self, number: int, line: Line) -> None:
        """Write `line` as row `number`."""

    def ordinary(self, number: int, values: Sequence[object]) -> Sequence[str] | None:
        """Write a row of values without asking anybody, and return what its cells hold; None: not done."""

    def close(self, closing: Closing) -> None:
        """The last row is written."""


class Book(Protocol):
    """A file being written."""

    def open_page(self, opening: Opening) -> Page:
        """Begin the next worksheet."""


def set_up(sheet: Worksheet, opening: Opening) -> None:
    """All of the worksheet that stands before its rows, and its print set-up (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    plan = opening.plan
    for place, width in enumerate(plan.widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    frozen = min(plan.sheet.frozen_columns, len(plan.columns) - 1)
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{opening.header_last + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.scale = plan.scale
    sheet.print_title_rows = f"{opening.header_first}:{opening.header_last}"
    if frozen and sum(plan.widths) * plan.scale > 100 * 120:
        sheet.print_title_cols = f"A:{get_column_letter(frozen)}"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.top = margins.bottom = 20 * MM
    margins.left, margins.right = 30 * MM, 15 * MM
    margins.header = margins.footer = 10 * MM
    # The page number stands centred in the top margin and not on the first page.
    sheet.HeaderFooter.differentFirst = True
    number = sheet.oddHeader.center  # type: ignore[union-attr]
    number.text, number.size, number.font = "&P", 13, "Times New Roman,Regular"


def finish(sheet: Worksheet, opening: Opening, closing: Closing) -> None:
    """All of the worksheet that is known after its last row."""
    plan = opening.plan
    last = get_column_letter(len(plan.widths))
    sheet.print_area = f"A1:{last}{closing.last_row}"
    for span in closing.merges:
        sheet.merged_cells.add(span)
    filtered = plan.sheet.filtered and not closing.grouped  # sorting would tear groups apart
    if filtered and closing.last_table_row > opening.header_last:
        columns = get_column_letter(len(plan.columns))
        sheet.auto_filter.ref = f"A{opening.header_last}:{columns}{closing.last_table_row}"
    if closing.break_after is not None:
        sheet.row_breaks.append(Break(id=closing.break_after))
