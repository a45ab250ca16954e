"""A zip is judged by its table of contents before anything is unpacked, then read to the end once."""

import re
import stat
import struct
import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from core.errors import Text
from core.files.errors import BadFile

MAX_ENTRIES = 5_000
MAX_TOTAL = 200 * 1024 * 1024
MAX_RATIO = 100
RATIO_FROM = 1024 * 1024  # small parts of repeated XML pack better than 100:1 in honest files
LOCAL_HEADER = 30
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

DAMAGED: Text = _("The file is damaged or not what its name says. Open it, save it again, then choose it again.")
BOMB: Text = _("The file unpacks to far more than such a document holds, so it is not taken.")
LOCKED: Text = _("The file is locked with a password. Save it without a password, then choose it again.")

# What zipfile and zlib raise on archives that lie about themselves.
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError,
              UnicodeDecodeError, ValueError)  # fmt: skip
_BAD_PATH = re.compile(r"(^[/\\])|(^[A-Za-z]:)|((^|[/\\])\.\.([/\\]|$))|\\|\x00")


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """The archive, its contents judged but not read. Raises BadFile."""
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN_ZIP:
        raise BadFile(DAMAGED) from None
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise BadFile(BOMB)
    for entry in entries:
        _judge(entry)
    _refuse_overlaps(entries)
    if len({entry.filename for entry in entries}) != len(entries):
        raise BadFile(DAMAGED)
    return archive


def _judge(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise BadFile(LOCKED)
    if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise BadFile(BOMB)
    # orig_filename: zipfile cuts a name at its NUL before showing it.
    if _BAD_PATH.search(entry.orig_filename) or entry.compress_type not in METHODS:
        raise BadFile(DAMAGED)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise BadFile(DAMAGED)


def _refuse_overlaps(entries: list[zipfile.ZipInfo]) -> None:
    """Entries that share their bytes are how a small zip without nesting becomes a huge one."""
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end:
            raise BadFile(BOMB)
        end = entry.header_offset + LOCAL_HEADER + entry.compress_size
