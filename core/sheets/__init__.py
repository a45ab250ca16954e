"""Workbooks: one description, two writers.

    write_workbook(Workbook(TitleBlock(title, issuer), [Sheet(name, columns, rows)]), path)

Rows are streamed. Texts of users stay texts; only the totals made here are formulas.
"""

from core.sheets.model import (
    HEAD_OF_UNIT,
    PREPARED_BY,
    Column,
    Group,
    Limits,
    Provenance,
    Ratio,
    Result,
    Sheet,
    SheetError,
    Signature,
    TitleBlock,
    Typed,
    Workbook,
    Written,
)
from core.sheets.write import write_workbook

__all__ = [
    "HEAD_OF_UNIT",
    "PREPARED_BY",
    "Column",
    "Group",
    "Limits",
    "Provenance",
    "Ratio",
    "Result",
    "Sheet",
    "SheetError",
    "Signature",
    "TitleBlock",
    "Typed",
    "Workbook",
    "Written",
    "write_workbook",
]
