"""What a reader sees: title block, header, groups, totals, pages. Figures are written out here."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from core.sheets import (
    Column,
    Group,
    Limits,
    Provenance,
    Ratio,
    Sheet,
    SheetError,
    Signature,
    TitleBlock,
    Workbook,
    write_workbook,
)
from tests.core.sheets_support import BARE, BLOCK, body, column_texts, first_sheet, read, write

UNIT = Column("Đơn vị")
PLAN = Column("Giao", "number", places=1, total=True)
DONE = Column("Thực hiện", "number", places=1, total=True)


def texts(sheet: Worksheet) -> dict[str, str]:
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bieu.xlsx"


# --- Heading and foot --------------------------------------------------------------------------


def test_heading_stands_as_an_office_writes_it(path: Path) -> None:
    write(path, [Column("TT", "ordinal"), UNIT, PLAN, DONE], [("Xã Phú Tân", 1, 2)], block=BLOCK)
    sheet = first_sheet(path)
    found = texts(sheet)
    assert found["A1"] == "ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG"
    assert found["A2"] == "ỦY BAN NHÂN DÂN HUYỆN CHÂU THÀNH"
    right = {row: [v for k, v in found.items() if k[1:] == str(row) and k[0] != "A"] for row in (1, 2, 3)}
    assert right == {
        1: ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        2: ["Độc lập - Tự do - Hạnh phúc"],
        3: ["Châu Thành, ngày 20 tháng 10 năm 2024"],
    }
    assert found["A5"] == "TỔNG HỢP ĐĂNG KÝ THI ĐUA"
    assert found["A6"] == "Năm 2024 (số liệu đến ngày 20/10/2024)"
    assert found["A7"] == "Phạm vi: 8 xã; Trạng thái: Đã duyệt"
    assert found["A8"] == "Đơn vị tính: triệu đồng"
    assert [sheet.cell(9, column).value for column in (1, 2, 3, 4)] == ["TT", "Đơn vị", "Giao", "Thực hiện"]
    assert {cell.font.name for row in sheet.iter_rows() for cell in row} == {"Times New Roman"}
    assert (sheet["A5"].font.sz, sheet["A5"].font.b) == (14, True)


def test_statutory_form_names_itself_instead_of_the_nation(path: Path) -> None:
    block = TitleBlock(
        title="Số phong trào thi đua",
        issuer="Sở Nội vụ",
        form_lines=("Biểu số 0601.N/BNV-TĐKT", "Ban hành theo TT 2/2023/TT-BNV"),
        place="Sóc Trăng",
        day=date(2024, 1, 5),
    )
    write(path, [UNIT, PLAN], [("Xã Phú Tân", 1)], block=block)
    values = list(texts(first_sheet(path)).values())
    assert "Biểu số 0601.N/BNV-TĐKT" in values
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in values
    assert values.index("Sóc Trăng, ngày 05 tháng 01 năm 2024") > values.index("Tổng cộng")


def test_signatures_stand_at_the_foot(path: Path) -> None:
    block = TitleBlock(
        title="Bảng",
        issuer="Đơn vị",
        signatures=(Signature("Người lập biểu", name="Lý Minh Khang"), Signature("Thủ trưởng đơn vị")),
    )
    write(path, [UNIT, PLAN], [("Xã Phú Tân", 1)], block=block)
    values = list(texts(first_sheet(path)).values())
    assert values[-5:] == [
        "NGƯỜI LẬP BIỂU",
        "THỦ TRƯỞNG ĐƠN VỊ",
        "(Ký, ghi rõ họ tên)",
        "(Ký, ghi rõ họ tên)",
        "Lý Minh Khang",
    ]


def test_one_column_still_has_room_for_both_sides(path: Path) -> None:
    write(path, [UNIT], [("Xã Phú Tân",)], block=BLOCK)
    sheet = first_sheet(path)
    assert sheet["B1"].value == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert sheet.print_area.startswith("'Bảng'!$A$1:$B$")


# --- Header ------------------------------------------------------------------------------------


def test_header_of_two_levels_is_merged_and_numbered(path: Path) -> None:
    columns = [
        Column("TT", "ordinal"),
        UNIT,
        Column("Giao", "number", under=("Chỉ tiêu 1",)),
        Column("Đăng ký", "number", under=("Chỉ tiêu 1",)),
        Column("Giao", "number", under=("Chỉ tiêu 2",)),
        Column("%", "percent", under=("Chỉ tiêu 2",), number="6=4:3"),
    ]
    write(path, columns, [("Xã Phú Tân", 1, 2, 3, None)], numbered=True, frozen_columns=2)
    sheet = first_sheet(path)
    rows = {row[1].value: row[0].row for row in sheet.iter_rows()}
    top = rows["Đơn vị"]
    assert [cell.value for cell in sheet[top]] == ["TT", "Đơn vị", "Chỉ tiêu 1", None, "Chỉ tiêu 2", None]
    assert [cell.value for cell in sheet[top + 1]] == [None, None, "Giao", "Đăng ký", "Giao", "%"]
    assert [cell.value for cell in sheet[top + 2]] == ["1", "2", "3", "4", "5", "6=4:3"]
    merged = {str(span) for span in sheet.merged_cells.ranges}
    wanted = {f"A{top}:A{top + 1}", f"B{top}:B{top + 1}", f"C{top}:D{top}", f"E{top}:F{top}"}
    assert wanted <= merged
    assert sheet.freeze_panes == f"C{top + 3}"
    assert sheet.print_title_rows == f"${top}:${top + 2}"


def test_columns_fit_what_stands_in_them_and_the_page(path: Path) -> None:
    columns = [Column("TT", "ordinal"), UNIT, Column("Tiền thưởng", "money"), Column("Mã", width=7)]
    write(path, columns, [("Trường Trung học cơ sở Phú Tân", 125_000_000, "A1")])
    sheet = first_sheet(path)
    widths = {letter: sheet.column_dimensions[letter].width for letter in "ABCD"}
    assert widths["D"] == 7
    assert widths["A"] == 5
    assert widths["C"] >= len("125.000.000") + 2
    assert widths["B"] >= len("Trường Trung học cơ sở Phú Tân")
    assert sheet.page_setup.scale == 100
    wide = [Column(f"Chỉ tiêu thi đua số {number}", "number") for number in range(30)]
    write(path, wide, [tuple(range(30))])
    assert 40 <= first_sheet(path).page_setup.scale < 60


def test_page_is_a4_landscape_with_its_number_from_the_second_page(path: Path) -> None:
    write(path, [UNIT], [("Xã Phú Tân",)])
    sheet = first_sheet(path)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.HeaderFooter.differentFirst
    assert sheet.oddHeader.center.text == "&P"
    assert sheet.firstHeader.center.text is None
    assert round(sheet.page_margins.left * 25.4) == 30


# --- Groups and totals -------------------------------------------------------------------------

GROUPED: list[Any] = [
    Group("Các xã, thị trấn"),
    ("Xã Phú Tân", Decimal("10.5"), 3),
    ("Xã Phú Tâm", 4, None),
    Group("Cơ quan, đơn vị"),
    Group("Phòng chuyên môn", level=2),
    ("Phòng Nội vụ", 1, 1),
    Group("Trường học", level=2),
    ("Trường THCS Phú Tân", 2, 2),
]


def test_groups_are_counted_in_roman_numerals(path: Path) -> None:
    result = write(path, [Column("TT", "ordinal"), UNIT, PLAN, DONE], GROUPED, restart=True)
    rows = body(path, result)
    assert [row[:2] for row in rows] == [
        ["I", "Các xã, thị trấn"], [1, "Xã Phú Tân"], [2, "Xã Phú Tâm"], ["II", "Cơ quan, đơn vị"],
        ["1", "Phòng chuyên môn"], [1, "Phòng Nội vụ"], ["2", "Trường học"], [1, "Trường THCS Phú Tân"],
    ]  # fmt: skip
    assert result.rows == 4


def test_totals_are_formulas_over_the_rows(path: Path) -> None:
    result = write(path, [UNIT, PLAN, DONE], [("A", Decimal("10.5"), 3), ("B", 4, None)])
    first, last = result.tables[0].first_row, result.tables[0].last_row
    sheet = first_sheet(path)
    total = [cell.value for cell in sheet[last + 1]]
    assert total == ["Tổng cộng", f"=SUM(B{first}:B{last})", f"=SUM(C{first}:C{last})"]
    shown = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert shown[-1][-2:] == [14.5, 3]  # a program that does not calculate shows the figures all the same


def test_subtotals_are_left_out_of_the_grand_total(path: Path) -> None:
    result = write(path, [UNIT, PLAN, DONE], GROUPED, subtotals=True)
    rows = body(path, result)
    first = result.tables[0].first_row
    assert rows[3] == ["Cộng", f"=SUBTOTAL(9,B{first + 1}:B{first + 2})", f"=SUBTOTAL(9,C{first + 1}:C{first + 2})"]
    assert rows[-1][1] == f"=SUBTOTAL(9,B{first + 5}:B{first + 8})"
    last = result.tables[0].last_row
    assert first_sheet(path).cell(last + 1, 2).value == f"=SUBTOTAL(9,B{first}:B{last})"
    shown = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert shown[-1][-2:] == [17.5, 6]


def test_total_that_a_formula_would_round_is_written_out(path: Path) -> None:
    big = Decimal(123456789012345678)
    result = write(path, [UNIT, PLAN], [("A", big), ("B", 1)])
    sheet = first_sheet(path)
    assert sheet.cell(result.tables[0].last_row + 1, 2).value == "123.456.789.012.345.679"


def test_ratio_of_totals(path: Path) -> None:
    columns = [UNIT, PLAN, DONE, Column("%", "percent", total=Ratio(3, 2), number="4=3:2")]
    result = write(path, columns, [("A", 8, 6, Decimal("0.75")), ("B", 2, 3, Decimal("1.5"))], numbered=True)
    row = result.tables[0].last_row + 1
    assert first_sheet(path).cell(row, 4).value == f'=IF(B{row}=0,"",C{row}/B{row})'
    shown = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert shown[-1][-1] == 0.9


def test_ratio_without_totals_is_refused(path: Path) -> None:
    with pytest.raises(SheetError):
        write(path, [UNIT, Column("%", "percent", total=Ratio(1, 1))], [("A", 1)])


def test_empty_table_says_so_and_has_no_total(path: Path) -> None:
    result = write(path, [Column("TT", "ordinal"), UNIT, PLAN], [])
    assert result.rows == 0
    assert "Chưa có số liệu trong phạm vi đã chọn." in column_texts(first_sheet(path), "B")
    assert "Tổng cộng" not in column_texts(first_sheet(path), "B")


# --- Pages -------------------------------------------------------------------------------------


def test_rows_beyond_a_sheet_go_on_in_another(path: Path) -> None:
    rows = [(f"Xã {number}", number, None) for number in range(1, 61)]
    result = write(path, [Column("TT", "ordinal"), UNIT, PLAN, DONE], rows, limits=Limits(rows=40))
    names = [table.sheet for table in result.tables]
    assert names == read(path).sheetnames == ["Bảng", "Bảng (tiếp)"]
    assert result.rows == 60
    assert result.tables[0].last_row == 40
    seen = [row[1] for table in range(2) for row in body(path, result, table)]
    assert seen == [f"Xã {number}" for number in range(1, 61)]
    second = read(path)["Bảng (tiếp)"]
    assert second["A2"].value == "BẢNG (TIẾP THEO)"
    one, two = result.tables
    total = second.cell(two.last_row + 1, 3).value
    assert total == (f"=SUM('Bảng'!C{one.first_row}:C{one.last_row},C{two.first_row}:C{two.last_row})")


def test_group_over_two_sheets_has_one_subtotal(path: Path) -> None:
    rows = [Group("Một"), *[(f"Xã {number}", 1, None) for number in range(50)], Group("Hai"), ("Cuối", 5, None)]
    result = write(path, [UNIT, PLAN, DONE], rows, limits=Limits(rows=40), subtotals=True)
    one, two = result.tables
    subtotals = [row for row in body(path, result, 1) if row[0] == "Cộng"]
    assert subtotals[0][1].startswith(f"=SUBTOTAL(9,'Bảng'!B{one.first_row + 1}:B{one.last_row},B{two.first_row}:B")
    shown = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(1).to_python()
    assert [row[1] for row in shown if row[0] in ("Cộng", "Tổng cộng")] == [50, 5, 55]


def test_third_sheet_is_numbered(path: Path) -> None:
    result = write(path, [UNIT], [(str(number),) for number in range(90)], limits=Limits(rows=40))
    assert [table.sheet for table in result.tables] == ["Bảng", "Bảng (tiếp)", "Bảng (tiếp 2)"]


def test_sheet_without_room_is_refused(path: Path) -> None:
    with pytest.raises(SheetError):
        write(path, [UNIT], [("A",)], block=BLOCK, limits=Limits(rows=15))
    assert not path.exists()


def test_signatures_never_stand_alone_on_the_last_page(path: Path) -> None:
    result = write(path, [UNIT, PLAN], [(f"Xã {n}", n) for n in range(300)], block=BLOCK)
    breaks = [brk.id for brk in first_sheet(path).row_breaks.brk]
    assert breaks == [result.tables[0].last_row - 3]  # three rows and the total stand with them


def test_short_table_has_no_forced_page_break(path: Path) -> None:
    write(path, [UNIT, PLAN], [(f"Xã {n}", n) for n in range(5)], block=BLOCK)
    assert first_sheet(path).row_breaks.brk == []


def test_filter_covers_rows_but_never_groups(path: Path) -> None:
    result = write(path, [UNIT, PLAN], [("A", 1), ("B", 2)])
    table = result.tables[0]
    assert first_sheet(path).auto_filter.ref == f"A{table.first_row - 1}:B{table.last_row}"
    write(path, [UNIT, PLAN], [Group("I"), ("A", 1)])
    assert first_sheet(path).auto_filter.ref is None


# --- The whole book ----------------------------------------------------------------------------


def test_sheets_take_names_of_their_own(path: Path) -> None:
    sheets = [Sheet(name, [UNIT], [("A",)]) for name in ("Xã Phú Tân", "xã phú tân", "Nguồn số liệu")]
    source = Provenance("Người lập", datetime(2024, 10, 20, tzinfo=UTC), "Biểu")
    write_workbook(Workbook(BARE, sheets, source), path)
    assert read(path).sheetnames == ["Xã Phú Tân", "xã phú tân (2)", "Nguồn số liệu (2)", "Nguồn số liệu"]


def test_workbook_is_vietnamese_whatever_the_page_was(path: Path) -> None:
    with translation.override("en"):
        write(path, [UNIT, PLAN], [("A", 1)], block=BLOCK)
    assert "Tổng cộng" in column_texts(first_sheet(path))


def test_english_workbook_on_request(path: Path) -> None:
    write_workbook(Workbook(BLOCK, [Sheet("Pledges", [UNIT, PLAN], [("A", 1)])], language="en"), path)
    assert "Grand total" in column_texts(first_sheet(path))


def test_properties_name_no_person_and_no_library(path: Path) -> None:
    write(path, [UNIT], [("A",)], block=BLOCK)
    properties = read(path).properties
    assert properties.creator == "Thi đua – Khen thưởng"
    assert properties.lastModifiedBy is None
    assert properties.title == "Tổng hợp đăng ký thi đua"


def test_workbook_without_a_sheet_is_refused(path: Path) -> None:
    with pytest.raises(SheetError):
        write_workbook(Workbook(BARE, []), path)
    assert not path.exists()


@pytest.mark.parametrize("columns", [[], [UNIT, Column("TT", "ordinal")]])
def test_table_must_make_sense(path: Path, columns: list[Column]) -> None:
    with pytest.raises(SheetError):
        write(path, columns, [])


def test_row_must_fit_its_columns(path: Path) -> None:
    for writer in ("plain", "splice"):
        for row in [("A",), ("A", 1, 2)]:
            with pytest.raises(SheetError):
                write(path, [UNIT, PLAN], [row], writer=writer)  # type: ignore[arg-type]
