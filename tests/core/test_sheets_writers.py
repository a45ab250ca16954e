"""The two writers are held against each other cell by cell; openpyxl's own writing is the judge."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from weakref import WeakKeyDictionary

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from core.sheets import Column, Group, Limits, Provenance, Ratio, Sheet, TitleBlock, Typed, Workbook, write_workbook
from tests.core.sheets_support import BLOCK, read

SOURCE = Provenance(
    "Người lập biểu", datetime(2024, 10, 20, 3, 30, tzinfo=UTC), "Biểu thử", "bieu-thu", (("Phạm vi", "=1+1"),)
)

# --- Whatever may come -------------------------------------------------------------------------

HOSTILE = st.sampled_from([
    "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=x", "＝1", "#N/A", "_x000D_", "a\r\nb", " hai đầu ", "\n", "x\x00\x0by\ufffe",
    "\ud800", "<b>&amp;</b>", "]]>", "'", "\x1f", "🌾" * 40, "Nguyễn Thị Hồng Nhung", "01234567890", "1e5", "TRUE",
    "thành tích xuất sắc " * 20,
])  # fmt: skip
TEXT = st.none() | HOSTILE | st.text(max_size=30)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
NUMBER = st.none() | DECIMALS | st.integers(-(10**17), 10**17)
WHOLE = st.none() | st.integers(-(10**17), 10**17) | st.just(Decimal("12.0000"))
SHARE = st.none() | DECIMALS | st.fractions(max_denominator=97) | st.floats(-1e6, 1e6)
FIRST, LAST = datetime(1890, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 -- some rows know no zone
DAY = st.none() | st.dates(FIRST.date()) | st.datetimes(FIRST)
MOMENT = st.none() | st.datetimes(FIRST, LAST, timezones=st.just(UTC))
MIXED = TEXT | NUMBER | DAY | st.booleans() | st.builds(Typed, SHARE, st.just("percent"), st.just(2))
KINDS: dict[str, tuple[Column, st.SearchStrategy[Any]]] = {
    "text": (Column("Đơn vị"), TEXT),
    "unwrapped": (Column("Mã số", wrap=False, width=12), TEXT),
    "integer": (Column("Số lượng", "integer", total=True, under=("Tổng hợp",)), WHOLE),
    "money": (Column("Tiền thưởng", "money", total=True, under=("Tổng hợp", "Kinh phí")), WHOLE),
    "number": (Column("Thực hiện", "number", places=2, total=True), NUMBER),
    "own": (Column("Kế hoạch", "number", number="4=3:2"), NUMBER),
    "percent": (Column("Tỷ lệ", "percent"), SHARE),
    "date": (Column("Ngày gửi", "date"), DAY),
    "datetime": (Column("Lúc gửi", "datetime"), MOMENT),
    "mixed": (Column("Kết quả", "mixed", total=True), MIXED),
}
GROUP = st.builds(Group, TEXT.map(lambda text: text or ""), st.integers(1, 3))


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=5))
    columns = [KINDS[kind][0] for kind in kinds]
    if draw(st.booleans()):
        columns.insert(0, Column("TT", "ordinal"))
    rows = draw(st.lists(st.tuples(*(KINDS[kind][1] for kind in kinds)) | GROUP, max_size=12))
    flags = {name: draw(st.booleans()) for name in ("numbered", "subtotals", "restart", "filtered")}
    return Sheet(
        draw(TEXT.map(lambda text: text or "")), columns, rows, frozen_columns=draw(st.integers(0, 2)), **flags
    )


BLOCKS = st.sampled_from([
    BLOCK,
    TitleBlock(title="<Bảng> & =1", issuer="Đơn vị", signatures=()),
    TitleBlock(title="Biểu", issuer="Đơn vị", form_lines=("Biểu số 0601.N", "Thông tư"), day=date(2024, 1, 5)),
])  # fmt: skip
LIMITS = st.builds(Limits, rows=st.integers(30, 45), text=st.integers(80, 200))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables=st.lists(sheets(), min_size=1, max_size=2), block=BLOCKS, limits=LIMITS)
def test_both_writers_write_the_same_workbook(tables: list[Sheet], block: TitleBlock, limits: Limits) -> None:
    with TemporaryDirectory() as folder:
        paths = {"plain": Path(folder, "plain.xlsx"), "splice": Path(folder, "splice.xlsx")}
        workbook = Workbook(block, tables, SOURCE)
        results = {
            writer: write_workbook(workbook, path, writer=writer, limits=limits) for writer, path in paths.items()
        }
        assert results["plain"] == results["splice"]
        assert_same_for_openpyxl(paths["plain"], paths["splice"])
        assert_same_for_calamine(paths["plain"], paths["splice"])


def assert_same_for_openpyxl(plain: Path, splice: Path) -> None:
    expected, found = read(plain), read(splice)
    assert found.sheetnames == expected.sheetnames
    for one, other in zip(expected.worksheets, found.worksheets, strict=True):
        assert description(other) == description(one)
        assert (other.max_row, other.max_column) == (one.max_row, one.max_column)
        for row in range(1, one.max_row + 1):
            for column in range(1, one.max_column + 1):
                assert looks(other, row, column) == looks(one, row, column), (row, column)


def description(sheet: Worksheet) -> dict[str, Any]:
    """All of a worksheet but its cells."""
    return {
        "merged": {str(span) for span in sheet.merged_cells.ranges},
        "frozen": sheet.freeze_panes,
        "widths": {letter: dimension.width for letter, dimension in sheet.column_dimensions.items()},
        "heights": {n: row.height for n, row in sheet.row_dimensions.items() if row.height is not None},
        "print": (sheet.print_area, sheet.print_title_rows, sheet.print_title_cols, sheet.page_setup.scale),
        "page": (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_margins.left),
        "header": (sheet.oddHeader.center.text, sheet.HeaderFooter.differentFirst),
        "filter": sheet.auto_filter.ref,
        "breaks": [brk.id for brk in sheet.row_breaks.brk],
        "grid": sheet.sheet_view.showGridLines,
    }


def looks(sheet: Worksheet, row: int, column: int) -> tuple[Any, ...]:
    cell = sheet.cell(row, column)
    return cell.value, cell.data_type, dress_of(sheet, cell.style_id)


def dress_of(sheet: Worksheet, number: int) -> str:
    """All that a style number stands for, spelled out: the numbers themselves may differ."""
    known = DRESSES.setdefault(sheet.parent, {})
    if number not in known:
        cell = WriteOnlyCell(sheet)
        cell._style = sheet.parent._cell_styles[number]
        looks = (cell.font, cell.alignment, cell.border, cell.fill)
        known[number] = f"{cell.number_format} {cell.quotePrefix} {' '.join(map(repr, looks))}"
    return known[number]


DRESSES: WeakKeyDictionary[Any, dict[int, str]] = WeakKeyDictionary()


def assert_same_for_calamine(plain: Path, splice: Path) -> None:
    """Another program reads the same values; formulas have a result only in the fast writer's file."""
    expected, found = CalamineWorkbook.from_path(str(plain)), CalamineWorkbook.from_path(str(splice))
    assert found.sheet_names == expected.sheet_names
    formulas = read(plain)
    for name in expected.sheet_names:
        ours, theirs = (values(book, name) for book in (found, expected))
        of_ours = {place for place in ours if formulas[name].cell(*place).data_type == "f"}
        assert {place: value for place, value in ours.items() if place not in of_ours} == theirs


def values(book: CalamineWorkbook, name: str) -> dict[tuple[int, int], Any]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value != ""}


def test_ratio_of_totals_is_the_same_in_both(tmp_path: Path) -> None:
    columns = [
        Column("Đơn vị"), Column("Giao", "number", places=1, total=True),
        Column("Làm", "number", places=1, total=True), Column("%", "percent", total=Ratio(3, 2), number="4=3:2"),
    ]  # fmt: skip
    rows = [("Xã Phú Tân", Decimal("8.5"), 17, Fraction(2)), ("Xã Phú Tâm", 1, 0, None)]
    workbook = Workbook(BLOCK, [Sheet("Kết quả", columns, rows, numbered=True)])
    write_workbook(workbook, tmp_path / "plain.xlsx", writer="plain")
    write_workbook(workbook, tmp_path / "splice.xlsx", writer="splice")
    assert_same_for_openpyxl(tmp_path / "plain.xlsx", tmp_path / "splice.xlsx")
