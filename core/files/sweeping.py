"""The sweeper: removes expired files, and what uploads that broke off have left."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db.models import ProtectedError

from core import clock
from core.files.enums import FileState
from core.files.models import StoredFile
from core.files.services import INCOMING

logger = logging.getLogger(__name__)

GRACE = timedelta(hours=1)
RECENT_DAYS = 3  # a broken upload leaves its file under the day it began; older days are read on request
BATCH = 500


@dataclass
class Swept:
    """How much was removed."""

    expired: int = 0
    pending: int = 0
    strays: int = 0


def sweep_files(*, everything: bool = False) -> Swept:
    """Remove expired files (their rows stay and say so), broken uploads over an hour old, files without a row.

    May run in several processes at once. `everything` looks for files without a row in all folders,
    not only those of the last days. What the store refuses to delete is logged and tried next time.
    """
    now = clock.real_now()
    return Swept(
        expired=_sweep_expired(now),
        pending=_sweep_pending(now - GRACE),
        strays=sum(_removed(key) for folder in _folders(everything=everything) for key in _strays(folder, now - GRACE)),
    )


def _removed(key: str) -> bool:
    try:
        default_storage.delete(key)
    except OSError:
        logger.exception("a file could not be removed from the store")
        return False
    return True


def _sweep_expired(now: datetime) -> int:
    done = 0
    due = StoredFile.objects.filter(state=FileState.READY, expires__lte=now).order_by("pk")[:BATCH]
    for pk, key in due.values_list("pk", "key"):
        # Bytes first: a row that says "gone" is not looked at again.
        if _removed(key):
            done += StoredFile.objects.filter(pk=pk, state=FileState.READY).update(state=FileState.GONE)
    return done


def _sweep_pending(before: datetime) -> int:
    done = 0
    left = StoredFile.objects.filter(state=FileState.PENDING, created_at__lt=before).order_by("pk")[:BATCH]
    for stored in left:
        if _removed(stored.key):
            try:
                stored.delete()
            except ProtectedError:
                logger.exception("file %s is attached but was never completed", stored.pk)
                continue
            done += 1
    return done


def _folders(*, everything: bool) -> Iterator[str]:
    yield INCOMING
    if not everything:
        today = clock.real_today()
        yield from (f"{today - timedelta(days=n):%Y/%m/%d}" for n in range(RECENT_DAYS))
        return
    for year in _children(""):
        if year.isdigit():
            for month in _children(year):
                yield from (f"{year}/{month}/{day}" for day in _children(f"{year}/{month}"))


def _children(folder: str) -> list[str]:
    return _listing(folder)[0]


def _listing(folder: str) -> tuple[list[str], list[str]]:
    """(folders, files) in `folder`; nothing where there is no such folder."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return folders, files


def stray_keys(before: datetime) -> Iterator[str]:
    """Files anywhere in the store, older than `before`, for which there is no row."""
    for folder in _folders(everything=True):
        yield from _strays(folder, before)


def _strays(folder: str, before: datetime) -> Iterator[str]:
    names = _listing(folder)[1]
    for start in range(0, len(names), BATCH):
        keys = [str(PurePosixPath(folder) / name) for name in names[start : start + BATCH]]
        known = set(StoredFile.objects.filter(key__in=keys).values_list("key", flat=True))
        yield from (key for key in keys if key not in known and _is_old(key, before))


def _is_old(key: str, before: datetime) -> bool:
    try:
        return default_storage.get_modified_time(key) < before
    except FileNotFoundError:
        return False  # another sweeper, or the upload itself, took it away meanwhile
