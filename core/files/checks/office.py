"""Word and Excel files: a zip of XML parts, without macros, entities or parts fetched from elsewhere."""

import zipfile
from typing import BinaryIO, Final
from xml.parsers import expat

from defusedxml import DefusedXmlException, ElementTree
from django.utils.translation import gettext_lazy as _

from core.errors import Text
from core.files.checks.archives import BROKEN_ZIP, DAMAGED, open_archive
from core.files.errors import BadFile

CHUNK = 64 * 1024
TYPES_PART = "[Content_Types].xml"
SMALL_PART = 2 * 1024 * 1024  # lists of contents and relations of real files are far smaller
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCX_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX_MAIN: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
# Relations that fetch or run their target when the document is opened; hyperlinks wait for a click.
FETCHED = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument")
# Elements of a workbook's link parts that start a program; links to other workbooks only keep a path.
STARTED = ("ddeLink", "oleLink")

OLD_OR_LOCKED: Text = _(
    "The file is of the old Office kind or locked with a password. Save it as .docx or .xlsx without a password,"
    " then choose it again."
)
MACROS: Text = _("The file contains macros. Save it as .docx or .xlsx without macros, then choose it again.")
REMOTE: Text = _("The file fetches parts from another place when it is opened. Save a copy without links to other"
                 " files, then choose that one.")  # fmt: skip
ENTITIES: Text = _("The file contains a document type declaration, as no real Office file does. It is not taken.")


def check_docx(file: BinaryIO) -> None:
    """Raises BadFile unless the file is a plain Word document."""
    _check(file, DOCX_MAIN)


def check_xlsx(file: BinaryIO) -> None:
    """Raises BadFile unless the file is a plain Excel workbook."""
    _check(file, XLSX_MAIN)


def _check(file: BinaryIO, main_type: str) -> None:
    head = file.read(8)
    if head == OLE:
        raise BadFile(OLD_OR_LOCKED)
    if not head.startswith(b"PK\x03\x04"):
        raise BadFile(DAMAGED)
    with open_archive(file) as archive:
        try:
            _check_types(archive, main_type)
            for entry in archive.infolist():
                _read_part(archive, entry)
        except BROKEN_ZIP:
            raise BadFile(DAMAGED) from None


def _check_types(archive: zipfile.ZipFile, main_type: str) -> None:
    """The list of contents names a main part of the right type, no macros, and that part is there."""
    names = set(archive.namelist())
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise BadFile(MACROS)
    if TYPES_PART not in names:
        raise BadFile(DAMAGED)
    mains = []
    for element in _small_tree(archive, TYPES_PART):
        content_type = element.get("ContentType", "")
        if "macroEnabled" in content_type or "vbaProject" in content_type:
            raise BadFile(MACROS)
        if content_type == main_type:
            mains.append(element.get("PartName", "").lstrip("/"))
    if len(mains) != 1 or mains[0] not in names:
        raise BadFile(DAMAGED)


def _small_tree(archive: zipfile.ZipFile, name: str) -> ElementTree:
    """The parsed root of a part that describes others. Raises BadFile."""
    if archive.getinfo(name).file_size > SMALL_PART:
        raise BadFile(DAMAGED)
    try:
        return ElementTree.fromstring(archive.read(name), forbid_dtd=True)
    except DefusedXmlException:
        raise BadFile(ENTITIES) from None
    except ElementTree.ParseError:
        raise BadFile(DAMAGED) from None


def _read_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Read a part to its end: its sizes and checksum hold, XML is well formed, relations stay inside."""
    name = entry.filename.lower()
    if name.endswith(".rels"):
        _check_relations(archive, entry)
        return
    parser = _strict_parser("externallinks/" in name) if name.endswith((".xml", ".vml")) else None
    with archive.open(entry) as part:
        while chunk := part.read(CHUNK):
            if parser is not None:
                _feed(parser, chunk)
    if parser is not None:
        _feed(parser, b"", last=True)


def _check_relations(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    for relation in _small_tree(archive, entry.filename):
        if relation.get("TargetMode") == "External" and relation.get("Type", "").endswith(FETCHED):
            raise BadFile(REMOTE)


def _strict_parser(link_part: bool) -> expat.XMLParserType:
    """A parser that only looks whether the text is XML, and stops at a document type declaration."""

    def refuse_doctype(*_: object) -> None:
        raise BadFile(ENTITIES)

    def refuse_started(name: str, _: object) -> None:
        if name.rpartition(":")[2] in STARTED:
            raise BadFile(REMOTE)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    if link_part:
        parser.StartElementHandler = refuse_started
    return parser


def _feed(parser: expat.XMLParserType, chunk: bytes, *, last: bool = False) -> None:
    try:
        parser.Parse(chunk, last)
    except expat.ExpatError:
        raise BadFile(DAMAGED) from None
