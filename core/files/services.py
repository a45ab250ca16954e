"""Keeping a file: a pending row, the bytes, then ready — or neither row nor file."""

import hashlib
import logging
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.files.enums import FileState
from core.files.errors import NotStored
from core.files.incoming import Checked, check_upload
from core.files.models import StoredFile
from core.files.names import clean_name

logger = logging.getLogger(__name__)

INCOMING = "incoming"  # beside the kept files, so that taking one over is a rename
CHUNK = 256 * 1024
FULL = _("The file could not be stored: the server has no room or cannot reach its files. Nothing was saved; please"
         " try again later or tell the administrator.")  # fmt: skip


def store_upload(upload: UploadedFile | Checked, *, owner: Any, expires: datetime | None = None) -> StoredFile:
    """See `core.files.store`."""
    checked = upload if isinstance(upload, Checked) else check_upload(upload)
    checked.file.seek(0)
    return _keep(checked.file.chunks(CHUNK), name=checked.name, mime=checked.mime, owner=owner, expires=expires)


def store_own(path: Path, *, name: str, mime: str, owner: Any, expires: datetime | None = None) -> StoredFile:
    """See `core.files.store_path`."""
    with path.open("rb") as file:
        return _keep(File(file).chunks(CHUNK), name=clean_name(name), mime=mime, owner=owner, expires=expires)


class _Prepared(File):
    """A finished temporary file, which a folder takes over by a rename instead of copying it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), name=path.name)
        self._path = path

    def temporary_file_path(self) -> str:
        return str(self._path)


def _keep(chunks: Iterator[bytes], *, name: str, mime: str, owner: Any, expires: datetime | None) -> StoredFile:
    number = uuid.uuid4()
    key = f"{clock.real_today():%Y/%m/%d}/{number.hex}"
    # Autocommit: seen at once by the sweeper. Inside a service's transaction it goes down with it.
    stored = StoredFile.objects.create(
        uuid=number, key=key, name=name, size=0, mime=mime, owner=owner, expires=expires,
        state=FileState.PENDING, created_at=clock.real_now(),
    )  # fmt: skip
    temp: Path | None = None
    try:
        temp, stored.size, stored.sha256 = _write_temp(chunks)
        _take_over(temp, key, stored.size)
        stored.state = FileState.READY
        stored.save(update_fields=["size", "sha256", "state"])
    except BaseException as error:
        _forget(stored, temp)
        if isinstance(error, OSError):
            logger.exception("a file could not be stored")
            raise NotStored(FULL) from error
        raise
    return stored


def _write_temp(chunks: Iterator[bytes]) -> tuple[Path, int, str]:
    """Write to a temporary file down to the disk; (its path, size, checksum)."""
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=_temp_dir(), prefix="file-")
    try:
        with os.fdopen(handle, "wb") as target:
            for chunk in chunks:
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
            target.flush()
            os.fsync(target.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name), size, digest.hexdigest()


def _temp_dir() -> Path | None:
    """A folder on the store's own disk; None (the machine's) where the store is not a folder."""
    folder = local_path(INCOMING)
    if folder is not None:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    return folder


def local_path(key: str) -> Path | None:
    """Where `key` lies on this machine; None where the store is not a folder."""
    try:
        return Path(default_storage.path(key))
    except NotImplementedError:
        return None


def _take_over(temp: Path, key: str, size: int) -> None:
    """Move the temporary file into the store under exactly `key`. Raises OSError."""
    with _Prepared(temp) as prepared:
        kept_as = default_storage.save(key, prepared)
    if kept_as != key or default_storage.size(key) != size:
        default_storage.delete(kept_as)
        raise OSError(f"the store kept {kept_as!r} instead of {key!r}, or not all of it")
    temp.unlink(missing_ok=True)  # a rename has taken it away, a copy has not
    path = local_path(key)
    if path is not None:
        # The rename itself must survive a power cut too.
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _forget(stored: StoredFile, temp: Path | None) -> None:
    """Leave neither row nor file. What cannot be undone here is found by the sweeper."""
    if temp is not None:
        temp.unlink(missing_ok=True)
    with suppress(OSError):
        default_storage.delete(stored.key)
    if not transaction.get_connection().needs_rollback:
        StoredFile.objects.filter(pk=stored.pk).delete()
