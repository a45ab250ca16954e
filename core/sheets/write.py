"""Writes a workbook to a file, by either writer."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, Protocol

from django.utils import translation
from django.utils.translation import gettext as _

from core.sheets.compose import Composer
from core.sheets.model import Limits, Result, Sheet, SheetError, TitleBlock, Workbook, Written
from core.sheets.names import SheetNames
from core.sheets.pages import Book
from core.sheets.paper import Paper
from core.sheets.plain import PlainBook
from core.sheets.plan import Plan
from core.sheets.source import NAME, source_sheet
from core.sheets.splice import SpliceBook

Writer = Literal["splice", "plain"]
_WRITERS: dict[Writer, Callable[[Path, str], "SavedBook"]] = {"splice": SpliceBook, "plain": PlainBook}


class SavedBook(Book, Protocol):
    """A book that goes to its file when it is saved."""

    def save(self) -> None:
        """Complete the file."""

    def abandon(self) -> None:
        """Let go of all that is open; the file is of no use."""


class Progress(Protocol):
    """What is told of the progress: a job's context."""

    def checkpoint(self, *, step: str) -> object:
        """`step` is being done; may raise to stop it."""


def write_workbook(
    workbook: Workbook,
    path: Path | str,
    *,
    writer: Writer = "splice",
    ctx: Progress | None = None,
    limits: Limits | None = None,
) -> Result:
    """Write `workbook` to `path` in its language and say what was written.

    Rows are read once and not kept. If anything is raised, no file stays behind: SheetError for what a
    workbook cannot hold, and whatever the rows or `ctx` raise.
    """
    path = Path(path)
    with translation.override(workbook.language):
        book = _WRITERS[writer](path, str(workbook.title_block.title))
        try:
            return _write(workbook, book, ctx, limits or Limits())
        except BaseException:
            book.abandon()
            path.unlink(missing_ok=True)
            raise


def _write(workbook: Workbook, book: SavedBook, ctx: Progress | None, limits: Limits) -> Result:
    names, tables = SheetNames(), list[Written]()
    source_name = names.take(str(NAME)) if workbook.provenance else ""
    for sheet in workbook.sheets:
        if ctx is not None:
            ctx.checkpoint(step=_("Sheet %(name)s") % {"name": sheet.name})
        tables += write_sheet(sheet, sheet.title or workbook.title_block, book, names, limits)
    if not tables:
        raise SheetError("A workbook needs a sheet.")
    if workbook.provenance:
        names.give_back(source_name)
        sheet = source_sheet(workbook.provenance, workbook.title_block, tables)
        write_sheet(sheet, sheet.title or workbook.title_block, book, names, limits)
    book.save()
    return Result(tuple(tables))


def write_sheet(sheet: Sheet, block: TitleBlock, book: Book, names: SheetNames, limits: Limits) -> list[Written]:
    """Write one table on as many sheets of `book` as it needs."""
    plan = Plan(sheet, block)
    paper = Paper(plan, book, names, limits)
    Composer(plan, paper).run()
    return paper.written
