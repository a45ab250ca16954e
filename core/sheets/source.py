"""The last sheet, "Nguồn số liệu": who made the file, when, from which parameters, and a checksum of each table."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.clock import ZONE
from core.sheets.model import Column, Group, Provenance, Sheet, TitleBlock, Typed, Written

NAME = gettext_lazy("Data source")


def source_sheet(provenance: Provenance, block: TitleBlock, tables: Sequence[Written]) -> Sheet:
    """The sheet that says where the figures of `tables` come from."""
    columns = (
        Column(pgettext("workbook", "Item"), width=44),
        Column(pgettext("workbook", "Content"), kind="mixed", width=72),
    )
    title = TitleBlock(title=NAME, issuer=block.issuer, parent=block.parent, period=block.title, signatures=())
    return Sheet(NAME, columns, list(_rows(provenance, tables)), title=title, filtered=False)


def _rows(provenance: Provenance, tables: Sequence[Written]) -> Iterator[tuple[object, object] | Group]:
    yield Group(pgettext("workbook", "Report"))
    yield pgettext("workbook", "Report"), provenance.source
    if provenance.code:
        yield pgettext("workbook", "Code"), provenance.code
    yield _("Made by"), provenance.made_by
    yield _("Made at"), Typed(provenance.made_at.astimezone(ZONE), "datetime")
    yield Group(pgettext("workbook", "Parameters"))
    if not provenance.parameters:
        yield pgettext("workbook", "None"), None
    yield from provenance.parameters
    yield Group(pgettext("workbook", "Tables"))
    for table in tables:
        yield pgettext("workbook", "Sheet"), table.sheet
        yield _("Rows of figures"), table.rows
        yield _("Lines of the sheet"), f"{table.first_row}–{table.last_row}"
        yield _("SHA-256 of the cells"), table.sha256
    if provenance.notes:
        yield Group(pgettext("workbook", "Notes"))
        for note in provenance.notes:
            yield pgettext("workbook", "Note"), note
