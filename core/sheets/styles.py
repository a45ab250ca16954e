"""The dress of cells: Times New Roman in the sizes of NĐ 30/2020/NĐ-CP, Phụ lục I, thin rules, Vietnamese formats."""

from dataclasses import dataclass
from typing import Literal

from openpyxl import Workbook as Book
from openpyxl.cell import Cell as BookCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from core.sheets.model import Kind

FACE = "Times New Roman"
Role = Literal[
    "body", "group", "total", "header", "number_row",
    "national", "motto", "parent", "issuer", "symbol", "form", "place",
    "title", "period", "filters", "unit", "signer", "hint",
]  # fmt: skip
Align = Literal["left", "center", "right"]

# size, bold, italic, underlined (the rule under issuer and motto)
_FONTS: dict[str, tuple[int, bool, bool, bool]] = {
    "body": (12, False, False, False),
    "group": (12, True, False, False),
    "total": (12, True, False, False),
    "header": (12, True, False, False),
    "number_row": (11, False, True, False),
    "national": (12, True, False, False),
    "motto": (13, True, False, True),
    "parent": (12, False, False, False),
    "issuer": (12, True, False, True),
    "symbol": (13, False, False, False),
    "form": (12, False, False, False),
    "place": (13, False, True, False),
    "title": (14, True, False, False),
    "period": (13, False, True, False),
    "filters": (12, False, True, False),
    "unit": (12, False, True, False),
    "signer": (13, True, False, False),
    "hint": (12, False, True, False),
}
_RULED = frozenset(("body", "group", "total", "header", "number_row"))
_FILLS = {"header": "FFF1F0EE", "group": "FFFAF9F7", "total": "FFFAF9F7"}
_LINE = Side(style="thin", color="FF000000")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell looks like. `guarded`: editing the cell leaves its text a text."""

    role: Role
    format: str = "General"
    align: Align = "left"
    wrap: bool = False
    guarded: bool = False

    @property
    def size(self) -> int:
        return _FONTS[self.role][0]


_ALIGN: dict[Kind, Align] = {"ordinal": "center", "text": "left", "date": "center", "datetime": "center"}
_FORMATS: dict[Kind, str] = {
    "ordinal": "0", "text": "General", "integer": "#,##0", "money": "#,##0",
    "date": "dd/mm/yyyy", "datetime": "dd/mm/yyyy hh:mm",
}  # fmt: skip


def number_format(kind: Kind, places: int = 0) -> str:
    """The format of a kind; the reader's program puts the signs of its own language."""
    if kind in _FORMATS:
        return _FORMATS[kind]
    decimals = "." + "0" * places if places else ""
    return f"0{decimals}%" if kind == "percent" else f"#,##0{decimals}"


def alignment(kind: Kind) -> Align:
    return _ALIGN.get(kind, "right")


def new_book(*, write_only: bool = False) -> Book:
    """An empty workbook whose plain cells, too, are in Times New Roman."""
    book = Book(write_only=write_only)
    normal = Font(name=FACE, size=12, family=1)
    # The font of cells without a style; openpyxl offers no other way to it.
    book._fonts[0] = normal  # type: ignore[attr-defined]
    book._named_styles["Normal"].font = normal  # type: ignore[attr-defined]
    if not write_only:
        book.remove(book.worksheets[0])
    return book


def dress(cell: BookCell, style: Style) -> None:
    """Put `style` on an openpyxl cell."""
    size, bold, italic, underlined = _FONTS[style.role]
    cell.font = Font(
        name=FACE, size=size, family=1, bold=bold, italic=italic, underline="single" if underlined else None
    )
    cell.alignment = Alignment(horizontal=style.align, vertical="center", wrap_text=style.wrap)
    cell.number_format = style.format
    if style.role in _RULED:
        cell.border = _GRID
    if style.role in _FILLS:
        cell.fill = PatternFill("solid", fgColor=_FILLS[style.role])
    if style.guarded:
        cell.quotePrefix = True
