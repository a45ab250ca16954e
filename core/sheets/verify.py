"""Holds a workbook against its own sheet on the source of the figures."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from core.sheets.model import Written
from core.sheets.texts import CELL_END, ROW_END

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LETTERS = re.compile("[A-Z]+")


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of a worksheet as it stands in the file: its number and the content of each cell."""

    number: int
    texts: tuple[str, ...]


def checksums_hold(path: Path | str, tables: tuple[Written, ...]) -> bool:
    """Whether the cells of `tables` in the file are still those that were written."""
    with ZipFile(path) as file:
        parts = _sheet_parts(file)
        return all(_digest(file, parts.get(table.sheet, ""), table) == table.sha256 for table in tables)


def _digest(file: ZipFile, part: str, table: Written) -> str:
    digest = hashlib.sha256()
    if part:
        for row in stored_rows(file, part):
            if table.first_row <= row.number <= table.last_row:
                digest.update((CELL_END.join(row.texts) + ROW_END).encode())
    return digest.hexdigest()


def _sheet_parts(file: ZipFile) -> dict[str, str]:
    relations = etree.fromstring(file.read("xl/_rels/workbook.xml.rels"), _parser())
    targets = {relation.get("Id"): relation.get("Target", "").lstrip("/") for relation in relations}
    book = etree.fromstring(file.read("xl/workbook.xml"), _parser())
    return {sheet.get("name", ""): targets[sheet.get(_RELATION)] for sheet in book.iter(f"{_MAIN}sheet")}


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def stored_rows(file: ZipFile, part: str) -> Iterator[Stored]:
    """The rows of a worksheet, one at a time."""
    with file.open(part) as stream:
        for _event, row in etree.iterparse(stream, tag=f"{_MAIN}row", resolve_entities=False, no_network=True):
            yield Stored(int(row.get("r", "0")), tuple(_content(cell) for cell in row.iter(f"{_MAIN}c")))
            row.clear()


def _content(cell: etree._Element) -> str:
    formula = cell.find(f"{_MAIN}f")
    if formula is not None:
        return f"={formula.text}"
    if cell.get("t") == "inlineStr":
        return "".join(map(str, cell.itertext()))
    return cell.findtext(f"{_MAIN}v") or ""
