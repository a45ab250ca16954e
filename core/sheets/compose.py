"""Writes a table line by line, the same for both writers: rows, groups, totals, texts too long for a cell."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.sheets.cells import Cell, encode, words
from core.sheets.lines import LINE_FACTOR, TALLEST, Line, needed_lines
from core.sheets.model import Column, Group, SheetError
from core.sheets.numerals import roman
from core.sheets.paper import Paper
from core.sheets.plan import Plan
from core.sheets.texts import pieces
from core.sheets.totals import Stretch, Tally


class Composer:
    """Writes the rows of a plan on paper."""

    def __init__(self, plan: Plan, paper: Paper) -> None:
        self.plan, self.paper = plan, paper
        self.columns = plan.columns
        self.limit = paper.limits.text
        self.text_place = 1 if plan.ordinal and len(plan.columns) > 1 else 0
        self.totalled = any(column.total for column in self.columns)
        self.grand, self.part = Tally(self.columns), Tally(self.columns)
        self.part_from: tuple[int, int] | None = None  # sheet turns and row at which the group began
        self.ordinal = 0
        self.counts: list[int] = []  # how many groups there were, level by level

    def run(self) -> None:
        """Write the whole table. Raises SheetError for a row that does not fit the columns."""
        rows = 0
        for row in self.plan.rows():
            if isinstance(row, Group):
                self.group(row)
            else:
                self.row(row)  # type: ignore[arg-type]
                rows += 1
        self.end_of_group()
        if not rows:
            self.nothing()
        self.finish(rows)

    def row(self, values: Sequence[object]) -> None:
        """Write a row of values, in as many lines as its longest text needs."""
        self.ordinal += 1
        if self.plan.ordinal:
            values = (self.ordinal, *values)
        paper = self.paper
        if paper.full:
            paper.turn()
        first = paper.next
        ordinary = paper.ordinary(values)
        if not ordinary:
            for line in self.spelled(values):
                paper.put_body(line)
        paper.end_row(first)
        if self.totalled:
            self.grand.add(values, short=ordinary)
            if self.part_from is not None:
                self.part.add(values, short=ordinary)

    def spelled(self, values: Sequence[object]) -> Iterator[Line]:
        """The lines of a row: one, or more where a text is longer than a cell can hold."""
        if len(values) != len(self.columns):
            raise SheetError(f"A row of {str(self.plan.sheet.name)!r} has {len(values)} values.")
        cells = [encode(value, column) for value, column in zip(values, self.columns, strict=True)]
        yield from self.split(cells)

    def split(self, cells: list[Cell]) -> Iterator[Line]:
        """`cells` as lines; what follows a piece of text stands below it, its neighbours empty."""
        parts = [self.parts(cell) for cell in cells]
        for number in range(max(map(len, parts))):
            yield self.line([part[number] if number < len(part) else blank(part[0]) for part in parts])

    def parts(self, cell: Cell) -> list[Cell]:
        if cell.type != "s":
            return [cell]
        limit = self.limit // 2 if "_x" in cell.text else self.limit  # `stored` may make it longer
        return [cell._replace(text=text) for text in pieces(cell.text, limit)]

    def line(self, cells: Sequence[Cell]) -> Line:
        return Line([*cells, *[None] * (len(self.plan.widths) - len(cells))])

    # --- Groups -------------------------------------------------------------------------------

    def group(self, group: Group) -> None:
        """Write the row that heads a group, and the subtotal of the group before it."""
        if group.level == 1:
            self.end_of_group()
        self.paper.grouped = True
        if self.plan.sheet.restart:
            self.ordinal = 0
        for line in self.group_lines(self.marker(group), str(group.title)):
            self.paper.put_body(line)
        if group.level == 1 and self.plan.sheet.subtotals:
            self.part = Tally(self.columns)
            self.part_from = (len(self.paper.stretches), self.paper.next)

    def group_lines(self, marker: str, title: str) -> Iterator[Line]:
        """The heading of a group over all columns; the marker stands where rows are counted."""
        cells = [encode(None, column, "group") for column in self.columns]
        place = self.text_place
        if place:
            cells[0] = centred(words(marker, self.columns[0], "group"))
        elif marker:
            title = f"{marker}. {title}"
        cells[place] = words(title, Column(""), "group")
        last = len(cells) - 1
        width = sum(self.plan.widths[place : last + 1])
        for line in self.split(cells):
            heading = line.cells[place]
            if heading is not None and last > place:
                line.merges.append((place, last, 0))
                count = needed_lines(heading.text, width, heading.style)
                line.height = min(round(count * 12 * LINE_FACTOR + 2, 1), TALLEST)
            yield line

    def marker(self, group: Group) -> str:
        """I, II, III at level 1; 1, 2, 3 below it, anew under each heading."""
        if group.marker is not None:
            return group.marker
        del self.counts[group.level :]
        self.counts += [0] * (group.level - len(self.counts))
        self.counts[-1] += 1
        return roman(self.counts[-1]) if group.level == 1 else str(self.counts[-1])

    def end_of_group(self) -> None:
        """Write the subtotal of the group that ends here, if one is asked for."""
        if self.part_from is None:
            return
        since, first = self.part_from
        self.part_from = None
        paper = self.paper
        if not self.totalled:
            return
        if paper.full:
            paper.turn()
        before = [
            Stretch(stretch.sheet, first if place == 0 else stretch.first, stretch.last)
            for place, stretch in enumerate(paper.stretches[since:])
        ]
        here = first if not before else paper.body_first
        self.part.stretches = [s for s in before if s.last >= s.first]
        if paper.next > here:
            self.part.stretches.append(Stretch(paper.name, here, paper.next - 1))
        label = str(self.plan.sheet.subtotal)
        if self.part.stretches:
            paper.put_body(self.line(self.part.cells(label, "total", (paper.name, paper.next), "SUBTOTAL")))

    # --- The end ------------------------------------------------------------------------------

    def nothing(self) -> None:
        """One line that says that there is nothing."""
        if self.paper.full:
            self.paper.turn()
        cells = [encode(None, column) for column in self.columns]
        place = self.text_place
        cells[place] = words(str(self.plan.sheet.empty), Column(""))
        line = self.line(cells)
        if len(cells) - 1 > place:
            line.merges.append((place, len(cells) - 1, 0))
        self.paper.put_body(line)

    def finish(self, rows: int) -> None:
        """The grand total and the foot, on the same sheet."""
        paper = self.paper
        wanted = (1 if self.totalled and rows else 0) + len(paper.foot)
        if paper.next + wanted - 1 > paper.limits.rows:
            paper.turn()
        paper.end_table()
        total = None
        if self.totalled and rows:
            self.grand.stretches = paper.stretches
            function = "SUBTOTAL" if self.plan.sheet.subtotals else "SUM"
            label = str(self.plan.sheet.total)
            total = self.line(self.grand.cells(label, "total", (paper.name, paper.next), function))
        paper.end(total)


def blank(cell: Cell) -> Cell:
    return Cell("", "", cell.style)


def centred(cell: Cell) -> Cell:
    return cell._replace(style=replace(cell.style, align="center", wrap=False))
