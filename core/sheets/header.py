"""The header of a table: headings in one or several levels, and the row of column numbers."""

from collections.abc import Sequence

from core.sheets.lines import LINE_FACTOR, TALLEST, Line, needed_lines, style, text_cell
from core.sheets.model import Column
from core.sheets.titles import fit

HEADER = style("header")
NUMBERS = style("number_row")


def header_lines(columns: Sequence[Column], widths: Sequence[float], *, numbered: bool, limit: int) -> list[Line]:
    """The header over `columns`: a heading shared by neighbours is one merged cell, a short path reaches down."""
    paths = [tuple(fit(str(part), limit) for part in (*column.under, column.header)) for column in columns]
    depth = max(map(len, paths))
    lines = [Line([None] * len(widths)) for _row in range(depth)]
    for row in range(depth):
        for column, path in enumerate(paths):
            lines[row].cells[column] = text_cell(path[row] if row < len(path) else "", HEADER)
    needs = _merge(lines, paths, widths)
    _set_heights(lines, needs)
    if numbered:
        texts = [fit(str(column.number), limit) or str(place) for place, column in enumerate(columns, 1)]
        cells = [text_cell(text, NUMBERS) for text in texts]
        lines.append(Line([*cells, *[None] * (len(widths) - len(columns))], height=round(11 * LINE_FACTOR + 2, 1)))
    return lines


def _merge(lines: list[Line], paths: list[tuple[str, ...]], widths: Sequence[float]) -> list[tuple[int, int, int]]:
    """Merge shared and reaching headings; returns (first row, rows, lines of type needed) of every heading."""
    depth, needs = len(lines), []
    for row in range(depth):
        column = 0
        while column < len(paths):
            path = paths[column]
            if row >= len(path):
                column += 1
                continue
            leaf = row == len(path) - 1
            last = column
            while not leaf and last + 1 < len(paths) and _shares(path, paths[last + 1], row):
                last += 1
            below = depth - 1 - row if leaf else 0
            if last > column or below:
                lines[row].merges.append((column, last, below))
            for hidden in range(column + 1, last + 1):
                lines[row].cells[hidden] = text_cell("", HEADER)
            needs.append((row, below + 1, needed_lines(path[row], sum(widths[column : last + 1]), HEADER)))
            column = last + 1
    return needs


def _shares(path: tuple[str, ...], other: tuple[str, ...], row: int) -> bool:
    return len(other) > row + 1 and other[: row + 1] == path[: row + 1]


def _set_heights(lines: list[Line], needs: list[tuple[int, int, int]]) -> None:
    """Rows as high as the headings that stand in one row; the last row takes what the reaching ones still need."""
    counts = [1] * len(lines)
    for first, rows, count in sorted(needs, key=lambda need: need[1]):
        missing = count - sum(counts[first : first + rows])
        if missing > 0:
            counts[first + rows - 1] += missing
    for line, count in zip(lines, counts, strict=True):
        line.height = min(round(count * 12 * LINE_FACTOR + 4, 1), TALLEST)
