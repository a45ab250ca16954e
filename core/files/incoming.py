"""A file on its way in: name, size, ending and content must agree before it is taken."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core.errors import Text
from core.files.errors import BadFile
from core.files.kinds import KINDS, RUNNABLE
from core.files.names import clean_name, inner_endings, split_name
from core.text import format_number

CHUNK = 256 * 1024


@dataclass(frozen=True)
class Checked:
    """A file that passed. `file` holds what will be stored: a picture is no longer what was sent."""

    file: File
    name: str
    size: int
    mime: str


def check_upload(upload: UploadedFile) -> Checked:
    """Judge `upload`. Raises BadFile in words for the sender; what the browser calls its type is ignored."""
    name = clean_name(upload.name or "")
    ending = split_name(name)[1]
    if ending not in KINDS:
        raise BadFile(_unknown_kind(ending))
    if RUNNABLE.intersection(inner_endings(name)):
        raise BadFile(_("The file name has a second ending, that of a program. Rename it, then choose it again."))
    _check_size(upload)
    kind = KINDS[ending]
    upload.seek(0)
    written_anew = kind.check(cast("BinaryIO", upload.file))
    upload.seek(0)
    if written_anew is None:
        return Checked(file=upload, name=name, size=cast("int", upload.size), mime=kind.mime)
    return Checked(file=ContentFile(written_anew, name), name=name, size=len(written_anew), mime=kind.mime)


def _unknown_kind(ending: str) -> Text:
    return _(
        "Files of the kind “%(ending)s” are not taken. Taken are: PDF, Word (.docx), Excel (.xlsx),"
        " pictures (.jpg, .png)."
    ) % {"ending": ending or "?"}


def _check_size(upload: UploadedFile) -> None:
    # Counted, not believed: the size given with the form is the sender's word.
    size = sum(len(chunk) for chunk in upload.chunks(CHUNK))
    upload.size = size
    if size == 0:
        raise BadFile(_("The file is empty. Check it on your computer, then choose it again."))
    if size > settings.MAX_UPLOAD_BYTES:
        raise BadFile(
            _("The file is too large: %(size)s. At most %(limit)s.")
            % {"size": size_text(size), "limit": size_text(settings.MAX_UPLOAD_BYTES)}
        )


def size_text(size: int) -> str:
    """A size people can read: "1,5 MB"."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{format_number(Decimal(size) / 1024, 0)} KB"
    return f"{format_number(Decimal(size) / (1024 * 1024), 1)} MB"


def sha256_of(file: BinaryIO) -> str:
    """The checksum of what is left to read in `file`."""
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
