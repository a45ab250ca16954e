"""What the tests of workbooks share: a block, writing with one writer, reading back."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.sheets import Column, Limits, Provenance, Result, Sheet, TitleBlock, Workbook, write_workbook
from core.sheets.write import Writer

BLOCK = TitleBlock(
    title="Tổng hợp đăng ký thi đua",
    issuer="Ủy ban nhân dân huyện Châu Thành",
    parent="Ủy ban nhân dân tỉnh Sóc Trăng",
    period="Năm 2024",
    as_of=date(2024, 10, 20),
    filters=(("Phạm vi", "8 xã"), ("Trạng thái", "Đã duyệt")),
    unit_of_measure="triệu đồng",
    place="Châu Thành",
    day=date(2024, 10, 20),
)
BARE = TitleBlock(title="Bảng", issuer="Đơn vị", signatures=())


def write(
    path: Path,
    columns: Iterable[Column],
    rows: Iterable[Any],
    *,
    writer: Writer = "splice",
    block: TitleBlock = BARE,
    limits: Limits | None = None,
    provenance: Provenance | None = None,
    name: str = "Bảng",
    **more: Any,
) -> Result:
    """Write one table to `path`."""
    sheet = Sheet(name, list(columns), rows, **more)
    return write_workbook(Workbook(block, [sheet], provenance), path, writer=writer, limits=limits)


def read(path: Path) -> Book:
    return load_workbook(path)


def first_sheet(path: Path) -> Worksheet:
    return read(path).worksheets[0]


def body(path: Path, result: Result, table: int = 0) -> list[list[Any]]:
    """The values of the table's body as openpyxl reads them."""
    written = result.tables[table]
    sheet = read(path)[written.sheet]
    rows = sheet.iter_rows(min_row=written.first_row, max_row=written.last_row, values_only=True)
    return [list(row) for row in rows]


def column_texts(sheet: Worksheet, column: str = "A") -> list[str]:
    """The texts of a column from the top, without the empty cells."""
    return [cell.value for cell in sheet[column] if cell.value is not None]
