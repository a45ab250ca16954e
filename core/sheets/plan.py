"""The measures of a sheet: column widths, page scale, what fits on a page.

They stand before the rows in the file, so they are judged by the headings and by the first rows, which
are held back for it; every row after them is streamed.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from core.sheets.cells import encode
from core.sheets.lines import LINE_FACTOR, Line, halves, letters, needed_lines
from core.sheets.model import Column, Group, Kind, Sheet, SheetError, TitleBlock
from core.sheets.texts import clean

PEEK = 200  # rows looked at before the first is written
PAGE_WIDTH = 116.0  # digits of size 12 between the margins of A4 landscape
LEAST_HALVES = (34.0, 48.0)  # room for the issuer, and for the national name on one line
PAGE_HEIGHT = 481.0  # points between the margins
SMALLEST_SCALE = 40
_LEAST: dict[Kind, float] = {
    "ordinal": 5, "text": 10, "integer": 8, "number": 10, "percent": 9, "money": 14, "date": 12, "datetime": 17,
    "mixed": 10,
}  # fmt: skip
_MOST = 42.0
_STRETCH = 2.2
_SIZED = frozenset(("text", "mixed"))


class Plan:
    """What is settled about `sheet` before its first row is written."""

    def __init__(self, sheet: Sheet, block: TitleBlock) -> None:
        self.sheet = sheet
        self.block = block
        self.columns = tuple(sheet.columns)
        if not self.columns:
            raise SheetError(f"Sheet {str(sheet.name)!r} has no columns.")
        if any(column.kind == "ordinal" for column in self.columns[1:]):
            raise SheetError("Only the first column can count the rows.")
        self.ordinal = self.columns[0].kind == "ordinal"
        rows = iter(sheet.rows)
        self.first_rows = list(islice(rows, PEEK))
        following = list(islice(rows, 1))
        self.short = not following
        self._rest: Iterable[object] = chain(following, rows)
        self.widths = fitted(self.columns, [self.texts(row) for row in self.first_rows], len(block.signatures))

    def rows(self) -> Iterator[object]:
        """All rows, the ones held back first."""
        held, self.first_rows = self.first_rows, []
        yield from held
        yield from self._rest

    @property
    def scale(self) -> int:
        """The print scale in percent at which the columns stand side by side on A4 landscape."""
        return max(min(100, int(100 * PAGE_WIDTH / sum(self.widths))), SMALLEST_SCALE)

    def texts(self, row: object) -> list[str]:
        """What stands in the columns of `row`, for measuring; nothing for a group's row."""
        if isinstance(row, Group):
            return []
        values: tuple[object, ...] = tuple(row)  # type: ignore[arg-type]
        cells = [encode(v, c) for v, c in zip(values, self.columns[self.ordinal :], strict=False)]
        return ["", *(cell.text for cell in cells)] if self.ordinal else [cell.text for cell in cells]

    def row_height(self, texts: list[str]) -> float:
        """About how high the row of `texts` will be."""
        heights = [
            needed_lines(text[:4000], self.widths[place], encode("x", Column("")).style)
            for place, text in enumerate(texts)
            if self.columns[place].kind in _SIZED and self.columns[place].wrap
        ]
        return max(heights, default=1) * 12 * LINE_FACTOR

    def fits_one_page(self, lines: Iterable[Line]) -> bool:
        """Whether the table with `lines` around it surely stands on one printed page."""
        if not self.short:
            return False
        around = sum(line.height or 12 * LINE_FACTOR for line in lines)
        rows = sum(self.row_height(self.texts(row)) for row in self.first_rows)
        return (around + rows) * self.scale / 100 < PAGE_HEIGHT * 0.9


def fitted(columns: tuple[Column, ...], rows: list[list[str]], signers: int) -> list[float]:
    """Widths that fit headings and rows, stretched to the page where there is room; two columns at least."""
    widths = [_width(column, [row[place] for row in rows if len(row) > place]) for place, column in enumerate(columns)]
    while len(widths) < max(2, signers):
        widths.append(20.0)
    free = [place >= len(columns) or columns[place].width is None for place in range(len(widths))]
    for (first, last), least in zip(halves(widths, 2), LEAST_HALVES, strict=True):
        run = range(first, last + 1)
        growing = [place for place in run if free[place]] or list(run)
        missing = least - sum(widths[place] for place in run)
        held = sum(widths[place] for place in growing)
        for place in growing if missing > 0 else ():
            widths[place] *= 1 + missing / held
    spare = PAGE_WIDTH - sum(widths)
    elastic = [p for p, column in enumerate(columns) if column.width is None and column.kind in _SIZED]
    if spare > 0 and elastic:
        held = sum(widths[place] for place in elastic)
        factor = min(_STRETCH, 1 + spare / held)
        for place in elastic:
            widths[place] *= factor
    return [round(width, 1) for width in widths]


def _width(column: Column, texts: list[str]) -> float:
    if column.width is not None:
        return column.width
    heading = clean(str(column.header))
    longest_word = max(map(letters, heading.split() or [""])) + 2
    content = max((_line_width(text, column) for text in texts), default=0.0) + 2
    least = max(_LEAST[column.kind], min(longest_word, 16), letters(heading) / 4)
    return min(max(least, content), _MOST if column.wrap else 80.0)


def _line_width(text: str, column: Column) -> float:
    if column.kind in ("date", "datetime", "ordinal"):
        return 0.0
    if column.kind in _SIZED:
        return max(letters(line[:200]) for line in text.split("\n"))
    return len(text) * 1.35 + 1  # with the points between thousands
