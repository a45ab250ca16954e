"""Hostile text, long text, long tables, failures; what the last sheet says of the figures."""

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from core.sheets import Column, Group, Limits, Provenance, Sheet, SheetError, TitleBlock, Workbook, write_workbook
from core.sheets.model import Kind
from core.sheets.texts import shown
from core.sheets.verify import checksums_hold
from core.sheets.write import Writer
from tests.core.sheets_support import BARE, body, first_sheet, read, write

UNIT = Column("Đơn vị")
WRITERS: tuple[Writer, ...] = ("splice", "plain")

# Rows 67–75 of the corpus of bad input, and what a clean file holds of each.
HOSTILE = {
    "<script>alert(1)</script>": None, '"><img src=x onerror=alert(1)>': None, "javascript:alert(1)": None,
    "{{7*7}}": None, "{% debug %}": None, "${7*7}": None, "' OR 1=1--": None, "%_": None,
    "=cmd|' /C calc'!A0": None, "+1": None, "-1+1": None, "@SUM(A1)": None, "\t=1+1": None, "\r=1+1": "\n=1+1",
    "＝1+1": None, '=HYPERLINK("http://x?"&A1)': None, "=": None, "==": None, "=1": None,
    "a\x00b\x0bc": "abc", "x\ufffey\uffffz": "xyz", "lẻ\ud83d loi": "lẻ loi",
    "z" + "\u0300" * 10_000: None, "Nguyễn\u200b Văn A": None, "Nguyễn Văn А": None, "\u202egpj.exe": None,
    " trước": None, "sau ": None, "\u00a0": None, "\n": None, "dòng 1\ndòng 2": None, "tab\tgiữa": None,
    "#N/A": None, "#REF!": None, "TRUE": None, "1e309": None, "0123456789": None, "]]>": None, "&lt;&amp;": None,
    "_x000D_": None, "_x003D_1+1": None, "-": None, "'": None, "🌾🏅": None,
}  # fmt: skip


@pytest.mark.parametrize("kind", ["text", "mixed"])  # rows of texts alone take the short way
@pytest.mark.parametrize("writer", WRITERS)
def test_text_of_users_stays_their_text(tmp_path: Path, writer: Writer, kind: Kind) -> None:
    path = tmp_path / "bieu.xlsx"
    rows = [(text, 1, text) for text in HOSTILE]
    columns = [UNIT, Column("Số", "integer", total=True), Column("Kết quả", kind)]
    result = write(path, columns, rows, writer=writer)
    expected = [text if kept is None else kept for text, kept in HOSTILE.items()]
    table = result.tables[0]
    cells = list(first_sheet(path).iter_rows(min_row=table.first_row, max_row=table.last_row))
    assert [shown(row[0].value) for row in cells] == expected
    assert [shown(row[2].value) for row in cells] == expected
    assert {cell.data_type for row in cells for cell in (row[0], row[2])} == {"s"}
    guarded = {shown(row[0].value) for row in cells if row[0].quotePrefix}
    assert guarded == {text for text in expected if text[0] in "=+-@\t＝"}
    other = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [shown(row[0]) for row in other[table.first_row - 1 : table.last_row]] == expected


@pytest.mark.parametrize("writer", WRITERS)
def test_only_our_totals_are_formulas(tmp_path: Path, writer: Writer) -> None:
    path, text = tmp_path / "bieu.xlsx", "=SUM(A1:A9)"
    block = TitleBlock(
        title=text, issuer=text, parent=text, symbol=text, period=text, filters=((text, text),), place=text,
        unit_of_measure=text, day=date(2024, 1, 1),
    )  # fmt: skip
    columns = [
        Column(text, under=(text,), number=text), Column("Số", "integer", total=True), Column(text, "mixed"),
    ]  # fmt: skip
    source = Provenance(text, datetime(2024, 1, 1, tzinfo=UTC), text, text, ((text, text),), (text,))
    write(
        path, columns, [Group(text), (text, 1, text)], writer=writer, block=block, provenance=source, name=text,
        numbered=True, total=text, subtotal=text, subtotals=True,
    )  # fmt: skip
    formulas = {
        cell.value for sheet in read(path) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    }
    assert len(formulas) == 2
    assert all(formula.startswith("=SUBTOTAL(9,B") for formula in formulas)


def test_text_longer_than_a_cell_goes_on_below(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    long = "thành tích " * 6_000 + "hết"  # 66,003 characters
    for writer in WRITERS:
        result = write(path, [UNIT, Column("Số", "integer")], [(long, 7), ("sau", 8)], writer=writer)
        rows = body(path, result)
        assert [row[1] for row in rows] == [7, None, None, 8]
        assert all(len(row[0]) <= 32_767 for row in rows)
        bare = [row[0].removeprefix("(tiếp theo) ").removesuffix("\n(xem tiếp ở dòng dưới)") for row in rows[:3]]
        assert "".join(bare) == long
        assert result.rows == 2


def test_exactly_a_cell_is_one_cell(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    result = write(path, [UNIT], [("x" * 32_767,), ("x" * 32_768,)])
    lengths = [len(row[0]) for row in body(path, result)]
    assert lengths[0] == 32_767
    assert len(lengths) == 3


def test_long_text_and_a_full_sheet_meet(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    rows = [("z" * 1500,), ("cuối",)]
    result = write(path, [UNIT], rows, limits=Limits(rows=30, text=100))
    assert len(result.tables) == 2
    everything = [row[0] for table in range(2) for row in body(path, result, table)]
    assert everything[-1] == "cuối"
    assert sum(text.count("z") for text in everything[:-1]) == 1500


def test_rows_are_streamed(tmp_path: Path) -> None:
    """Memory does not grow with the rows."""

    def rows(count: int) -> Iterator[tuple[object, ...]]:
        for number in range(count):
            yield f"Đơn vị {number}", Decimal(number), date(2024, 1, 1), f"ghi chú {number} & thêm"

    def peak(count: int) -> int:
        columns = [UNIT, Column("Số", "number", places=2, total=True), Column("Ngày", "date"), Column("Ghi chú")]
        tracemalloc.start()
        write(tmp_path / "bieu.xlsx", columns, rows(count))
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(100)
    assert peak(12_000) < peak(3_000) * 1.2


def test_readers_that_stream_find_every_row(tmp_path: Path) -> None:
    """The head of the sheet must not promise a smaller size than it has."""
    path = tmp_path / "bieu.xlsx"
    result = write(path, [UNIT], [(str(number),) for number in range(50)])
    book = load_workbook(path, read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    assert [row[0] for row in rows[result.tables[0].first_row - 1 :]] == [str(number) for number in range(50)]


def test_rows_are_asked_for_one_at_a_time(tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def rows() -> Iterator[tuple[str]]:
        for number in range(5_000):
            yield (str(number),)
        raise Stop

    path = tmp_path / "bieu.xlsx"
    for writer in WRITERS:
        with pytest.raises(Stop):
            write(path, [UNIT], rows(), writer=writer)
        assert not path.exists()


# --- Where the figures come from ---------------------------------------------------------------

SOURCE = Provenance(
    "Lý Minh Khang (chuyenvien)",
    datetime(2024, 10, 20, 3, 30, tzinfo=UTC),
    "Tổng hợp đăng ký thi đua",
    "pledge-register",
    (("Phong trào", "Thi đua yêu nước năm 2024"), ("Đơn vị", "Cả 8 đơn vị")),
    ("Số liệu minh họa",),
)


def test_last_sheet_says_where_the_figures_come_from(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    result = write(path, [UNIT], [("A",), ("B",)], provenance=SOURCE, name="Đăng ký")
    book = read(path)
    assert book.sheetnames == ["Đăng ký", "Nguồn số liệu"]
    sheet = book["Nguồn số liệu"]
    pairs = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0] and row[1]}
    assert pairs["Người lập"] == "Lý Minh Khang (chuyenvien)"
    assert pairs["Thời điểm lập"] == datetime(2024, 10, 20, 10, 30)  # noqa: DTZ001 -- cells know no zones
    assert pairs["Mã biểu"] == "pledge-register"
    assert pairs["Đơn vị"] == "Cả 8 đơn vị"
    assert pairs["Số dòng số liệu"] == 2
    assert pairs["Mã kiểm tra SHA-256 của các ô"] == result.tables[0].sha256
    assert pairs["Ghi chú"] == "Số liệu minh họa"


def test_checksum_is_that_of_the_cells(tmp_path: Path) -> None:
    rows = [Group("Nhóm"), *[(t, Decimal("1.50"), date(2024, 1, 1)) for t in HOSTILE], ("x" * 40_000, None, None)]
    columns = [UNIT, Column("Số", "number", total=True), Column("Ngày", "date")]
    sums = set()
    for writer in WRITERS:
        path = tmp_path / f"{writer}.xlsx"
        result = write(path, columns, rows, writer=writer, subtotals=True, provenance=SOURCE)
        assert checksums_hold(path, result.tables)
        sums.add(result.tables[0].sha256)
    assert len(sums) == 1


def test_checksum_finds_a_changed_cell(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    result = write(path, [UNIT, Column("Số", "integer")], [("A", 1), ("B", 2)])
    book = load_workbook(path)
    book.worksheets[0].cell(result.tables[0].first_row, 2).value = 3
    book.save(path)
    assert not checksums_hold(path, result.tables)


# --- Progress and failure ----------------------------------------------------------------------


class Steps:
    """Keeps what it is told, and may stop the work."""

    def __init__(self, stop_at: int = 99) -> None:
        self.seen: list[str] = []
        self.stop_at = stop_at

    def checkpoint(self, *, step: str) -> None:
        self.seen.append(step)
        if len(self.seen) == self.stop_at:
            raise InterruptedError


def test_each_sheet_is_a_step(tmp_path: Path) -> None:
    steps = Steps()
    sheets = [Sheet(name, [UNIT], [("A",)]) for name in ("Xã Phú Tân", "Xã Phú Tâm")]
    write_workbook(Workbook(BARE, sheets), tmp_path / "bieu.xlsx", ctx=steps)
    assert steps.seen == ["Trang Xã Phú Tân", "Trang Xã Phú Tâm"]


@pytest.mark.parametrize("writer", WRITERS)
def test_stopped_work_leaves_no_file(tmp_path: Path, writer: Writer) -> None:
    path = tmp_path / "bieu.xlsx"
    sheets = [Sheet(name, [UNIT], [("A",)]) for name in ("Một", "Hai")]
    with pytest.raises(InterruptedError):
        write_workbook(Workbook(BARE, sheets), path, writer=writer, ctx=Steps(stop_at=2))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", [float("nan"), Decimal("Infinity"), "chữ", True])
@pytest.mark.parametrize("writer", WRITERS)
def test_what_is_no_number_never_passes_for_one(tmp_path: Path, value: object, writer: Writer) -> None:
    with pytest.raises(SheetError):
        write(tmp_path / "bieu.xlsx", [Column("Số", "number", places=2, total=True)], [(value,)], writer=writer)


def test_file_is_known_by_its_first_part(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    write(path, [UNIT], [("A",)])
    with ZipFile(path) as file:
        names = file.namelist()
        assert file.testzip() is None
    assert names[0].startswith("docProps/")
    assert len(names) == len(set(names))
    assert "[Content_Types].xml" in names
