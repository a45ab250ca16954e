"""Evidence in and out: checked on the way in, guarded on the way out.

``from core import files`` is the door of this room. The functions import their modules when called:
services of other apps import this package while Django is still loading its models.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.files.attachments import register_attachments
from core.files.errors import BadFile, FileLost, NotStored

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http.response import HttpResponseBase

    from core.files.incoming import Checked
    from core.files.models import StoredFile
    from core.files.sweeping import Swept

__all__ = [
    "BadFile",
    "FileLost",
    "NotStored",
    "download_response",
    "register_attachments",
    "store",
    "store_path",
    "sweep",
]


def store(upload: "UploadedFile | Checked", *, owner: Any, expires: datetime | None = None) -> "StoredFile":
    """Check `upload` and keep it. Raises BadFile if it may not come in, NotStored if it cannot be kept.

    What `EvidenceField` returns has been checked already and is not checked twice.
    """
    from core.files.services import store_upload  # noqa: PLC0415 -- models are not loaded yet

    return store_upload(upload, owner=owner, expires=expires)


def store_path(path: Path, *, name: str, mime: str, owner: Any, expires: datetime | None = None) -> "StoredFile":
    """Keep a file the house made itself (a report). Raises NotStored."""
    from core.files.services import store_own  # noqa: PLC0415 -- models are not loaded yet

    return store_own(path, name=name, mime=mime, owner=owner, expires=expires)


def download_response(stored: "StoredFile") -> "HttpResponseBase":
    """The answer that hands `stored` over; the caller has checked the right. Raises FileLost."""
    from core.files.serving import response_for  # noqa: PLC0415 -- models are not loaded yet

    return response_for(stored)


def sweep(*, everything: bool = False) -> "Swept":
    """Remove what has expired and what a broken upload left; see `core.files.sweeping`."""
    from core.files.sweeping import sweep_files  # noqa: PLC0415 -- models are not loaded yet

    return sweep_files(everything=everything)
