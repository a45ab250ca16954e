"""Documents are read back and held against NĐ 30/2020/NĐ-CP, Phụ lục I."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document as read_document
from docx.document import Document as Read
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from lxml import etree

from core.documents import Document, Letterhead, shown
from core.sheets import Column, Group, Typed

HEAD = Letterhead(
    issuer="Ủy ban nhân dân huyện Châu Thành", parent="Tỉnh Sóc Trăng", symbol="12/BC-UBND", place="Châu Thành",
    day=date(2024, 2, 5),
)  # fmt: skip
COLUMNS = [
    Column("TT", "ordinal"), Column("Đơn vị"), Column("Kết quả", "number", places=2), Column("%", "percent"),
    Column("Ngày", "date"),
]  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bao-cao.docx"


def saved(document: Document, path: Path) -> Read:
    document.save(path)
    return read_document(str(path))


def mm(length: Length | None) -> int:
    """Whole millimetres: files keep twentieths of a point."""
    return round(length.mm) if length is not None else 0


def cell_lines(read: Read, table: int, column: int) -> list[str]:
    return [paragraph.text for paragraph in read.tables[table].rows[0].cells[column].paragraphs if paragraph.text]


def test_page_is_set_up_as_the_decree_says(path: Path) -> None:
    read = saved(Document(HEAD), path)
    section = read.sections[0]
    assert (mm(section.page_width), mm(section.page_height)) == (210, 297)
    assert (mm(section.top_margin), mm(section.bottom_margin)) == (20, 20)
    assert (mm(section.left_margin), mm(section.right_margin)) == (30, 15)
    normal = read.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    assert normal.paragraph_format.space_after >= Pt(6)
    assert 1 <= normal.paragraph_format.line_spacing <= 1.5


def test_page_number_stands_in_the_top_margin_but_not_on_the_first_page(path: Path) -> None:
    section = saved(Document(HEAD), path).sections[0]
    assert section.different_first_page_header_footer
    number = section.header.paragraphs[0]
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert [text.text for text in number._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert section.first_page_header.paragraphs[0].text == ""


def test_letterhead_names_issuer_and_nation(path: Path) -> None:
    read = saved(Document(HEAD), path)
    assert cell_lines(read, 0, 0) == ["TỈNH SÓC TRĂNG", "ỦY BAN NHÂN DÂN HUYỆN CHÂU THÀNH", "Số: 12/BC-UBND"]
    assert cell_lines(read, 0, 1) == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Châu Thành, ngày 05 tháng 02 năm 2024",
    ]
    right = read.tables[0].rows[0].cells[1].paragraphs
    assert [run.bold for paragraph in right[:2] for run in paragraph.runs] == [True, True]
    assert right[-1].runs[0].italic


def test_title_headings_and_paragraphs(path: Path) -> None:
    document = Document(HEAD).title("Báo cáo", "Kết quả phong trào thi đua năm 2024")
    document.heading("I. Kết quả").paragraph("Dòng một.\n\nDòng hai.")
    read = saved(document, path)
    texts = [paragraph.text for paragraph in read.paragraphs if paragraph.text]
    assert texts == ["BÁO CÁO", "Kết quả phong trào thi đua năm 2024", "I. Kết quả", "Dòng một.", "Dòng hai."]
    one = next(paragraph for paragraph in read.paragraphs if paragraph.text == "Dòng một.")
    assert one.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert mm(one.paragraph_format.first_line_indent) == 10
    assert read.core_properties.title == "Kết quả phong trào thi đua năm 2024"


def test_table_counts_groups_and_shows_figures_as_printed(path: Path) -> None:
    rows = [
        Group("Các xã"), ("Xã Phú Tân", Decimal("1234.5"), Decimal("0.8405"), date(2024, 3, 5)),
        Group("Cơ quan"), ("Phòng Nội vụ", None, Decimal(1), None),
    ]  # fmt: skip
    read = saved(Document().table(COLUMNS, rows), path)
    table = read.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["TT", "Đơn vị", "Kết quả", "%", "Ngày"],
        ["I", *["Các xã"] * 4],
        ["1", "Xã Phú Tân", "1.234,50", "84,1%", "05/03/2024"],
        ["II", *["Cơ quan"] * 4],
        ["2", "Phòng Nội vụ", "", "100,0%", ""],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_signature_and_recipients(path: Path) -> None:
    document = Document().signature(
        "Phó Chủ tịch", on_behalf="KT. Chủ tịch", name="Lý Minh Khang", recipients=["Như trên", "Lưu: VT"]
    )
    read = saved(document, path)
    assert cell_lines(read, 0, 0) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert cell_lines(read, 0, 1) == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lý Minh Khang"]


def test_hostile_text_stays_text(path: Path) -> None:
    hostile = "<w:p/>&amp; \x00\x0b\ufffe\ud800 {{7*7}} =1+1"
    head = Letterhead(issuer=hostile, parent=hostile, symbol=hostile, place=hostile, day=date(2024, 1, 1))
    document = Document(head).title(hostile, hostile).heading(hostile).paragraph(hostile)
    document.table([Column(hostile)], [(hostile,), Group(hostile)])
    document.signature(hostile, on_behalf=hostile, name=hostile, recipients=[hostile])
    read = saved(document, path)
    kept = "<w:p/>&amp;  {{7*7}} =1+1"
    assert kept in [paragraph.text for paragraph in read.paragraphs]
    assert [row.cells[0].text for row in read.tables[1].rows] == [kept, kept, f"I. {kept}"]
    with ZipFile(path) as file:
        for name in file.namelist():
            if name.endswith(".xml"):
                etree.fromstring(file.read(name))


def test_every_letter_is_in_times_new_roman(path: Path) -> None:
    document = Document(HEAD).title("Báo cáo").heading("I").heading("1", 2).heading("a", 3).paragraph("x")
    read = saved(document, path)
    used = {run.font.name for paragraph in read.paragraphs for run in paragraph.runs} - {None}
    assert used <= {"Times New Roman"}
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        fonts = read.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
        assert fonts.get(qn("w:asciiTheme")) is None


def test_file_names_no_person_and_no_library(path: Path) -> None:
    properties = saved(Document(HEAD), path).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("Thi đua – Khen thưởng", "", "")


@pytest.mark.parametrize(
    ("value", "column", "expected"),
    [
        (Decimal("0.5"), Column("%", "percent", places=0), "50%"),
        (Typed(Decimal("0.5"), "percent"), Column("x", "mixed"), "50,0%"),
        (1_500_000, Column("x", "money"), "1.500.000"),
        (2024, Column("x"), "2024"),
        (True, Column("x"), "Có"),
        (None, Column("x", "number"), ""),
        (Decimal("1.5"), Column("x", "mixed"), "1,5"),
    ],
)
def test_value_is_shown_as_printed(value: object, column: Column, expected: str) -> None:
    assert shown(value, column) == expected
