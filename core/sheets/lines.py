"""A line of a sheet as both writers take it, and spans of columns that share one text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.sheets.cells import Cell
from core.sheets.styles import Role, Style

LINE_FACTOR = 1.32  # height of a line of type, of its size
BOLD_FACTOR = 1.08
TALLEST = 409.0  # points; no row of Excel can be higher


@dataclass(slots=True)
class Line:
    """One row of a sheet: a cell or None for each column, spans merged from (first, last, rows below)."""

    cells: list[Cell | None]
    height: float | None = None
    merges: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Span:
    """A text over the columns `first` to `last`."""

    first: int
    last: int
    text: str
    style: Style


def text_cell(text: str, style: Style) -> Cell:
    return Cell("s" if text else "", text, style)


def spread(spans: Iterable[Span], widths: Sequence[float]) -> Line:
    """A line of spans, as high as the longest of their texts needs: merged cells do not grow by themselves."""
    line = Line([None] * len(widths))
    lines = 1.0
    for span in spans:
        line.cells[span.first] = text_cell(span.text, span.style)
        for column in range(span.first + 1, span.last + 1):
            line.cells[column] = text_cell("", span.style)
        if span.last > span.first:
            line.merges.append((span.first, span.last, 0))
        width = sum(widths[span.first : span.last + 1])
        lines = max(lines, needed_lines(span.text, width, span.style) * span.style.size / 12)
    line.height = min(round(lines * 12 * LINE_FACTOR, 1), TALLEST)
    return line


def needed_lines(text: str, width: float, style: Style) -> int:
    """How many lines `text` takes in `width` characters of size 12, word by word."""
    room = max(width - 1, 1) * 12 / style.size / (BOLD_FACTOR if style.role != "body" else 1)
    count = 0
    for paragraph in text.split("\n"):
        count, filled = count + 1, 0.0
        for word in paragraph.split(" "):
            length = letters(word)
            if filled and filled + 1 + length > room:
                count, filled = count + 1, 0.0
            filled += length + (1 if filled else 0)
            while filled > room:
                count, filled = count + 1, filled - room
    return count


def letters(word: str) -> float:
    """The width of `word` in digits of its own size: capitals are wider than figures."""
    return sum(1.35 if c.isupper() else 0.95 for c in word)


def halves(widths: Sequence[float], parts: int) -> list[tuple[int, int]]:
    """The columns cut into `parts` runs of about the same width; there are at least as many columns."""
    whole, runs, first = sum(widths), [], 0
    for part in range(parts):
        last, target = first, whole * (part + 1) / parts
        while last + 1 < len(widths) - (parts - part - 1) and sum(widths[: last + 1]) + widths[last + 1] / 2 < target:
            last += 1
        if part == parts - 1:
            last = len(widths) - 1
        runs.append((first, last))
        first = last + 1
    return runs


def style(role: Role, align: str = "center", *, wrap: bool = True) -> Style:
    """The style of a heading."""
    return Style(role, "General", align, wrap)  # type: ignore[arg-type]
