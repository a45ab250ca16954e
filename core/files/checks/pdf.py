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
_OBJECT_STREAM = re.compile(rb"/ObjStm\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_OBJECT_START = re.compile(rb"\b[0-9]+[ \t\r\n]+[0-9]+[ \t\r\n]+obj\b")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPED_NAME = re.compile(rb"/[^\s()<>\[\]{}/%]*#[0-9A-Fa-f]{2}[^\s()<>\[\]{}/%]*")

REFUSED: tuple[tuple[re.Pattern[bytes], Text], ...] = (
    (
        re.compile(rb"/Encrypt[\s/<\[]"),
        _("The PDF is locked with a password. Save it without a password, then choose it again."),
    ),
    (
        re.compile(rb"/JavaScript\b"),
        _("The PDF contains a script (JavaScript). Print it to a new PDF, then choose that one."),
    ),
    (
        re.compile(rb"/Launch\b"),
        _("The PDF contains a command that starts a program. Print it to a new PDF, then choose that one."),
    ),
    (
        re.compile(rb"/EmbeddedFiles?\b"),
        _("The PDF has other files packed inside it. Take them out and attach each of them by itself."),
    ),
    (
        re.compile(rb"/RichMedia\b"),
        _("The PDF contains video or other active content. Print it to a new PDF, then choose that one."),
    ),
)
DAMAGED: Text = _("The PDF is damaged or not a real PDF. Open it, save it again, then choose it again.")


def check(file: BinaryIO) -> None:
    """Raises BadFile if the PDF is broken, encrypted, or carries scripts, commands or other files."""
    data = file.read()
    if not HEAD.match(data) or b"%%EOF" not in data[-TAIL_LENGTH:] or b"startxref" not in data[-TAIL_LENGTH:]:
        raise BadFile(DAMAGED)
    if any(mark in data[:1024].lower() for mark in PAGE_MARKS):
        raise BadFile(DAMAGED)
    for text in (data, *_object_streams(data)):
        plain = _unescaped(text)
        for pattern, words in REFUSED:
            if pattern.search(plain):
                raise BadFile(words)


def _unescaped(data: bytes) -> bytes:
    """Names may be written with escapes: ``/J#61vaScript`` is ``/JavaScript``."""
    return _ESCAPED_NAME.sub(lambda name: _ESCAPE.sub(lambda two: bytes([int(two[1], 16)]), name[0]), data)


def _object_streams(data: bytes) -> Iterator[bytes]:
    """The unpacked streams that hold objects. Raises BadFile if one cannot be read."""
    left = UNPACKED_LIMIT
    for mark in _OBJECT_STREAM.finditer(data):
        start = _STREAM.search(data, mark.end())
        if start is None:
            continue
        head_start = max((m.start() for m in _OBJECT_START.finditer(data, max(0, mark.start() - 2000), mark.start())),
                         default=mark.start())  # fmt: skip
        head = data[head_start : start.start()]
        if b"/Filter" not in head:
            continue  # written in the open: the search of the whole file sees it
        text = _inflated(data[start.end() :], left)
        left -= len(text)
        yield text


def _inflated(packed: bytes, limit: int) -> bytes:
    try:
        text = zlib.decompressobj().decompress(packed, limit + 1)
    except zlib.error:
        raise BadFile(DAMAGED) from None
    if len(text) > limit:
        raise BadFile(DAMAGED)
    return text
