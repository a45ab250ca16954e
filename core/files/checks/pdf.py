"""PDF: whole, open to inspection, and without anything that runs or hides.

No library reads it here: what must not be in a PDF is named by a few fixed names, which stand either
in the open or in compressed object streams; both are read.
"""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from core.errors import Text
from core.files.errors import BadFile

HEAD = re.compile(rb"%PDF-[12]\.[0-9]")
TAIL_LENGTH = 2048
PAGE_MARKS = (b"<html", b"<script", b"<!doctype")
UNPACKED_LIMIT = 64 * 1024 * 1024  # of all object streams together; those of real documents are small
CHUNK = 64 * 1024
# "/ObjStm", each letter as itself or as an escape.
_OBJECT_STREAM = re.compile(rb"/(?:O|#4[Ff])(?:b|#62)(?:j|#6[Aa])(?:S|#53)(?:t|#74)(?:m|#6[Dd])\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_PLAIN = re.compile(rb"\s*[0-9]+\s+[0-9]+\s")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPED_NAME = re.compile(rb"/([^\s()<>\[\]{}/%#]*#[0-9A-Fa-f]{2}[^\s()<>\[\]{}/%]*)")
MAX_ESCAPED = 100_000  # names with escapes; a document has a handful, for its fonts

EMBEDDED: Text = _("The PDF has other files packed inside it. Take them out and attach each of them by itself.")
REFUSED: dict[bytes, Text] = {
    b"Encrypt": _("The PDF is locked with a password. Save it without a password, then choose it again."),
    b"JavaScript": _("The PDF contains a script (JavaScript). Print it to a new PDF, then choose that one."),
    b"Launch": _("The PDF contains a command that starts a program. Print it to a new PDF, then choose that one."),
    b"EmbeddedFile": EMBEDDED,
    b"EmbeddedFiles": EMBEDDED,
    b"RichMedia": _("The PDF contains video or other active content. Print it to a new PDF, then choose that one."),
}
_REFUSED_NAME = re.compile(rb"/(" + b"|".join(REFUSED) + rb")(?![^\s()<>\[\]{}/%])")
DAMAGED: Text = _("The PDF is damaged or not a real PDF. Open it, save it again, then choose it again.")


def check(file: BinaryIO) -> None:
    """Raises BadFile if the PDF is broken, encrypted, or carries scripts, commands or other files."""
    data = file.read()
    if not HEAD.match(data) or b"%%EOF" not in data[-TAIL_LENGTH:] or b"startxref" not in data[-TAIL_LENGTH:]:
        raise BadFile(DAMAGED)
    if any(mark in data[:1024].lower() for mark in PAGE_MARKS):
        raise BadFile(DAMAGED)
    for text in (data, *_object_streams(data)):
        if found := _REFUSED_NAME.search(text):
            raise BadFile(REFUSED[found[1]])
        _check_escaped(text)


def _check_escaped(text: bytes) -> None:
    """Names may be written with escapes: ``/J#61vaScript`` is ``/JavaScript``."""
    for count, found in enumerate(_ESCAPED_NAME.finditer(text)):
        name = _ESCAPE.sub(lambda two: bytes([int(two[1], 16)]), found[1])
        if name in REFUSED:
            raise BadFile(REFUSED[name])
        if count > MAX_ESCAPED:
            raise BadFile(DAMAGED)


def _object_streams(data: bytes) -> Iterator[bytes]:
    """The unpacked streams that hold objects. Raises BadFile if one cannot be read."""
    left, seen = UNPACKED_LIMIT, -1
    start = _STREAM.search(data)
    for mark in _OBJECT_STREAM.finditer(data):
        if start is not None and start.start() < mark.end():
            start = _STREAM.search(data, mark.end())
        if start is None:
            return
        if start.end() == seen or _PLAIN.match(data, start.end()):
            continue  # read already, or written in the open: the search of the whole file sees it
        seen = start.end()
        # With a predictor the unpacked bytes are no text yet; no writer of documents uses one here.
        if b"/Predictor" in data[mark.end() : start.start()]:
            raise BadFile(DAMAGED)
        text = _inflated(memoryview(data)[seen:], left)
        left -= len(text)
        yield text


def _inflated(packed: memoryview, limit: int) -> bytes:
    """One packed stream; fed piece by piece, as what follows it must not be copied for each stream."""
    unpacker, parts, room = zlib.decompressobj(), [], limit
    try:
        for at in range(0, len(packed), CHUNK):
            part = unpacker.decompress(packed[at : at + CHUNK], room + 1)
            room -= len(part)
            if room < 0:
                raise BadFile(DAMAGED)
            parts.append(part)
            if unpacker.eof:
                break
    except zlib.error:
        raise BadFile(DAMAGED) from None
    return b"".join(parts)
