"""The sealer: chains entries after their transactions have ended, one writer at a time.

The chain is not written with the entries: its head would be one lock for the whole house (measured:
twelve times slower on PostgreSQL, and deadlocks). Until an entry is chained its own hash guards it,
and `verify_audit` names it as waiting.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from core.audit.hashing import GENESIS, link_hash
from core.audit.models import Entry, Link, Unsealed

logger = logging.getLogger(__name__)

REQUEST_LIMIT = 100  # what one request chains at most; the rest is left to the next run
BATCH = 500
LOCK_KEY = 0x41554449  # PostgreSQL advisory lock of the sealer; "AUDI"
PATIENCE_MS = 250  # how long a request waits for SQLite's one writer before leaving the work to others


class _Pending(threading.local):
    """Whether this thread has recorded entries since it last sealed."""

    entries = False


_pending = _Pending()


def seal_after_commit() -> None:
    """Chain what this transaction records once it is committed. A failure is logged, never shown."""
    _pending.entries = True
    transaction.on_commit(_seal_quietly, robust=True)


def _seal_quietly() -> None:
    # Every entry registers this call; the first one seals for the whole transaction.
    if not _pending.entries:
        return
    _pending.entries = False
    try:
        with _impatient():
            seal_waiting(REQUEST_LIMIT)
    except OperationalError as error:
        logger.warning("audit entries are left to the next sealing: %s", error)


@contextmanager
def _impatient() -> Iterator[None]:
    """On SQLite, do not wait the usual 20 s for another writer: the request is already answered for."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")


def seal_waiting(limit: int | None = None) -> int:
    """Chain up to `limit` waiting entries, oldest first; None: until none waits. Returns how many.

    Returns early, with what it has done so far, if another process is sealing.
    """
    done = 0
    while limit is None or done < limit:
        size = BATCH if limit is None else min(BATCH, limit - done)
        sealed = _seal_batch(size)
        done += sealed
        if sealed < size:
            break
    return done


@transaction.atomic
def _seal_batch(size: int) -> int:
    if not _alone():
        return 0
    waiting = list(
        Entry.objects.filter(pk__in=Unsealed.objects.order_by("pk").values("pk")[:size])
        .order_by("pk")
        .values_list("pk", "row_hash")
    )
    head = Link.objects.order_by("-seq").first()
    seq, prev_hash = (head.seq, head.hash) if head else (0, GENESIS)
    links = []
    for entry_id, entry_hash in waiting:
        seq += 1
        new_hash = link_hash(seq=seq, entry_id=entry_id, entry_hash=entry_hash, prev_hash=prev_hash)
        links.append(Link(seq=seq, entry_id=entry_id, prev_hash=prev_hash, hash=new_hash))
        prev_hash = new_hash
    Link.objects.bulk_create(links)
    Unsealed.objects.filter(pk__in=[entry_id for entry_id, _ in waiting]).delete()
    return len(waiting)


def _alone() -> bool:
    """Whether this transaction is the one sealer. SQLite's IMMEDIATE transaction is alone anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK_KEY])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def queue_strays() -> int:
    """Let entries that are neither chained nor waiting wait again; returns how many were found.

    Only a hand in the database can make such entries; `seal_audit` looks for them, requests do not.
    """
    strays = Entry.objects.without_link().exclude(pk__in=Unsealed.objects.values("pk"))
    queued = Unsealed.objects.bulk_create([Unsealed(entry_id=pk) for pk in strays.values_list("pk", flat=True)])
    return len(queued)
