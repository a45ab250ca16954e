"""Word documents in the form of NĐ 30/2020/NĐ-CP, Phụ lục I.

    Document(Letterhead(issuer="…", symbol="12/BC-UBND", place="…", day=…)).title("Báo cáo", "Kết quả …")
        .heading("I. Kết quả").paragraph("…").table(columns, rows).signature("Chủ tịch", recipients=["…"])
        .save(path)

A4 portrait, margins 20, 20, 30 and 15 mm, Times New Roman 14, page number centred in the top margin from
the second page on. Texts of users lose only what a file cannot hold.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, Self

import docx
from django.utils import translation
from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from core.clock import now
from core.errors import Text
from core.sheets.cells import NUMERIC, amount, as_text
from core.sheets.model import Column, Group, Typed
from core.sheets.numerals import roman
from core.sheets.texts import clean
from core.text import format_long_date, format_number

FACE = "Times New Roman"
BODY, SMALL, TABLE = Pt(14), Pt(11), Pt(13)
Align = Literal["left", "center", "right", "justify"]
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
TEXT_WIDTH = 165  # mm between the margins
SIGNING_ROOM = 4  # empty lines for signature and seal


@dataclass(frozen=True)
class Letterhead:
    """What stands above the title: issuer at the left, national name at the right, number, place and date.

    `about`: the subject below the number, as an official letter, which has no title, carries it.
    """

    issuer: Text
    parent: Text = ""
    symbol: Text = ""
    place: Text = ""
    day: date | None = None
    about: Text = ""


class Document:
    """A document being written from top to bottom; every method gives the document back."""

    def __init__(self, letterhead: Letterhead | None = None, *, language: str = "vi") -> None:
        self.language = language
        self.file = docx.Document()
        self._set_styles()
        self._set_page()
        if letterhead is not None:
            with translation.override(language):
                self._letterhead(letterhead)

    # --- What is written ----------------------------------------------------------------------

    def title(self, kind: Text, subject: Text = "") -> Self:
        """The name of the kind of document in capitals, what it is about, and the rule below."""
        self._centred(str(kind).upper(), before=12)
        for line in lines(subject):
            self._centred(line, after=0)
        _rule(self.file.add_paragraph(), TEXT_WIDTH * 0.38)
        self.file.core_properties.title = clean(str(subject or kind))[:255]
        return self

    def heading(self, text: Text, level: Literal[1, 2, 3] = 1) -> Self:
        """A heading of a part; level 1 in capitals only if it is typed so."""
        self.file.add_paragraph(clean(str(text)), style=f"Heading {level}")
        return self

    def paragraph(
        self, text: Text, *, bold: bool = False, italic: bool = False, align: Align = "justify", indent: bool = True
    ) -> Self:
        """A paragraph for each line of `text`; blank lines are left out."""
        for line in lines(text):
            paragraph = self.file.add_paragraph()
            paragraph.alignment = _ALIGN[align]
            paragraph.paragraph_format.first_line_indent = Mm(10) if indent else None
            run = paragraph.add_run(line)
            run.bold, run.italic = bold, italic
        return self

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[object] | Group]) -> Self:
        """A table with its header on every page; `Group` rows are headed I, II, III; ordinals are counted."""
        with translation.override(self.language):
            _DocumentTable(self.file.add_table(1, len(columns)), columns).fill(rows)
        spacer = self.file.add_paragraph()
        spacer.paragraph_format.space_after = Pt(0)
        return self

    def signature(self, title: Text, *, name: Text = "", on_behalf: Text = "", recipients: Sequence[Text] = ()) -> Self:
        """The recipients at the left, the signer at the right ("KT. CHỦ TỊCH" above "PHÓ CHỦ TỊCH"), on one page."""
        with translation.override(self.language):
            left, right = _two_cells(self.file.add_table(1, 2), (80, 85))
            if recipients:
                _line(left, _("Recipients:"), size=Pt(12), bold=True, italic=True, align="left")
                for recipient in recipients:
                    _line(left, f"- {recipient};", size=SMALL, align="left")
                _end_with_full_stop(left)
            for text in filter(None, (str(on_behalf), str(title))):
                _line(right, text.upper(), bold=True)
            for _number in range(SIGNING_ROOM):
                _line(right, "")
            _line(right, str(name), bold=True)
            _drop_first(left, right)
        return self

    def page_break(self) -> Self:
        """Go on on a new page."""
        self.file.add_page_break()
        return self

    def save(self, path: Path | str) -> None:
        """Write the document to `path`."""
        properties = self.file.core_properties
        with translation.override(self.language):
            properties.author = _("Emulation and commendation")
        properties.comments, properties.last_modified_by, properties.language = "", "", "vi-VN"
        properties.created = properties.modified = now().replace(tzinfo=None, microsecond=0)
        self.file.save(str(path))

    # --- How it looks -------------------------------------------------------------------------

    def _set_styles(self) -> None:
        normal = self.file.styles["Normal"]
        _set_font(normal, BODY)
        normal.paragraph_format.space_after = Pt(6)
        normal.paragraph_format.line_spacing = 1.15
        for level in (1, 2, 3):
            style = self.file.styles[f"Heading {level}"]
            _set_font(style, BODY)
            style.font.bold, style.font.italic = level < 3, level == 3
            style.font.color.rgb = RGBColor(0, 0, 0)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(6), Pt(6)
            style.paragraph_format.first_line_indent = Mm(10)
            style.paragraph_format.keep_with_next = True

    def _set_page(self) -> None:
        section = self.file.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(number.add_run(), "PAGE")

    def _letterhead(self, head: Letterhead) -> None:
        left, right = _two_cells(self.file.add_table(1, 2), (70, 95))
        if head.parent:
            _line(left, str(head.parent).upper(), size=Pt(13))
        _line(left, str(head.issuer).upper(), size=Pt(13), bold=True)
        _rule(left.add_paragraph(), 70 * 0.4, within=70)
        _line(left, _("No.: %(symbol)s") % {"symbol": head.symbol}, size=Pt(13))
        for text in lines(head.about):
            _line(left, text, size=Pt(12))
        _line(right, _("SOCIALIST REPUBLIC OF VIET NAM"), size=Pt(13), bold=True)
        _line(right, _("Independence - Freedom - Happiness"), size=Pt(14), bold=True)
        _rule(right.add_paragraph(), 66, within=95)
        if head.day is not None:
            dated = format_long_date(head.day)
            _line(right, f"{head.place}, {dated}" if head.place else dated, italic=True)
        _drop_first(left, right)

    def _centred(self, text: str, *, before: float = 0, after: float = 6) -> None:
        paragraph = self.file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(clean(text)).bold = True


class _DocumentTable:
    """A table of a document, row by row."""

    def __init__(self, table: Table, columns: Sequence[Column]) -> None:
        self.table, self.columns = table, columns
        table.style = "Table Grid"
        table.autofit = False
        self.widths = _widths(columns)
        self.ordinal = columns[0].kind == "ordinal"
        self._write(table.rows[0], [str(column.header) for column in columns], bold=True, align="center")
        _mark(table.rows[0], "w:tblHeader")

    def fill(self, rows: Iterable[Sequence[object] | Group]) -> None:
        count = groups = 0
        for row in rows:
            if isinstance(row, Group):
                groups += row.level == 1
                self._group(row, roman(groups) if row.level == 1 else "")
                continue
            count += 1
            values = (count, *row) if self.ordinal else tuple(row)
            texts = [shown(value, column) for value, column in zip(values, self.columns, strict=True)]
            self._write(self.table.add_row(), texts)

    def _group(self, group: Group, numeral: str) -> None:
        marker = numeral if group.marker is None else group.marker
        row = self.table.add_row()
        texts = [""] * len(self.columns)
        place = 1 if self.ordinal and len(texts) > 1 else 0
        texts[place] = str(group.title) if place or not marker else f"{marker}. {group.title}"
        if place:
            texts[0] = marker
        self._write(row, texts, bold=True, align="left")
        if len(texts) > place + 1:
            row.cells[place].merge(row.cells[-1])

    def _write(self, row: _Row, texts: Sequence[str], *, bold: bool = False, align: Align | None = None) -> None:
        _mark(row, "w:cantSplit")
        for cell, text, column, width in zip(row.cells, texts, self.columns, self.widths, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.alignment = _ALIGN[align or _column_align(column)]
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.line_spacing = 1.0
            if text:
                run = paragraph.add_run(clean(text))
                run.bold, run.font.size = bold, TABLE


# --- Pieces -----------------------------------------------------------------------------------


def shown(value: object, column: Column) -> str:
    """`value` as a printed table of `column` shows it."""
    kind, places = column.kind, column.places
    if isinstance(value, Typed):
        kind, places = value.kind, value.places
        value = value.value
    if value is None:
        return ""
    number = amount(value)
    if number is None or kind not in {*NUMERIC, "mixed"}:
        return as_text(value)
    if kind == "percent":
        return format_number(number * Decimal(100), 1 if places is None else places) + "%"
    if kind in ("number", "mixed"):
        return format_number(number, places)
    return format_number(number, 0)


def lines(text: Text) -> list[str]:
    """The lines of `text` that hold something."""
    return [line for line in clean(str(text)).split("\n") if line.strip()]


def _column_align(column: Column) -> Align:
    if column.kind in ("ordinal", "date", "datetime"):
        return "center"
    return "right" if column.kind in NUMERIC else "left"


def _widths(columns: Sequence[Column]) -> list[float]:
    wanted = [column.width or {"ordinal": 5, "text": 24, "mixed": 16}.get(column.kind, 13) for column in columns]
    return [TEXT_WIDTH * width / sum(wanted) for width in wanted]


def _set_font(style: ParagraphStyle, size: Pt) -> None:
    style.font.name, style.font.size = FACE, size
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), FACE)
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(kind), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)


def _two_cells(table: Table, widths: tuple[float, float]) -> tuple[_Cell, _Cell]:
    table.autofit = False
    _mark(table.rows[0], "w:cantSplit")
    left, right = table.rows[0].cells
    left.width, right.width = Mm(widths[0]), Mm(widths[1])
    return left, right


def _line(
    cell: _Cell, text: str, *, size: Pt = BODY, bold: bool = False, italic: bool = False, align: Align = "center"
) -> None:
    paragraph = cell.add_paragraph()
    paragraph.alignment = _ALIGN[align]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.0
    run = paragraph.add_run(clean(text).replace("\n", " "))
    run.bold, run.italic, run.font.size = bold, italic, size


def _drop_first(*cells: _Cell) -> None:
    """A cell comes with an empty paragraph; it goes where others follow, a cell must keep one."""
    for cell in cells:
        if len(cell.paragraphs) > 1:
            first = cell.paragraphs[0]._element
            first.getparent().remove(first)


def _end_with_full_stop(cell: _Cell) -> None:
    last = cell.paragraphs[-1].runs[-1]
    last.text = last.text.removesuffix(";") + "."


def _rule(paragraph: Paragraph, length: float, *, within: float = TEXT_WIDTH) -> None:
    """A rule of `length` mm in the middle of `within` mm."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((within - length) / 2)
    form.space_after, form.line_spacing = Pt(4), Pt(3)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    following = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *following)  # type: ignore[arg-type]


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _field(run: Run, code: str) -> None:
    """A field that Word fills in when it lays out the page."""
    run.font.size = BODY
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
