"""Making an archive: the database first, then each file that this very state of it names."""

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils.translation import gettext as _

from config.backup import BackupError
from config.backup.databases import Ask, copied, counts, member_name
from config.backup.manifest import FILES, LIST, MEMBER, Manifest
from core import clock
from core.audit.hashing import GENESIS
from core.ciphers import key_print
from core.db import versions
from core.files.services import CHUNK

log = logging.getLogger(__name__)
KEPT_FILES = "SELECT key, sha256, expires FROM files_storedfile WHERE state IN ('ready', 'held') ORDER BY key"


@dataclass(frozen=True)
class Made:
    """An archive that was written; `manifest.faults` names files that were missing or damaged already."""

    path: Path
    sha256: str
    size: int
    manifest: Manifest


def make_backup(folder: Path, *, keep: int | None = None) -> Made:
    """Write `folder`/backup-….zip and its checksum beside it; of such archives only the newest `keep` stay.

    The archive appears under its name only once it is whole and on the disk. Raises BackupError.
    """
    stamp = f"{clock.real_now():%Y%m%d-%H%M%S-%f}"
    path = folder / f"backup-{stamp}.zip"
    part = path.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o750)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as scratch:
            manifest = _write(part, Path(scratch))
        sha256, size = digest_of(part), part.stat().st_size
        path.with_suffix(".zip.sha256").write_text(f"{sha256}  {path.name}\n")
        part.replace(path)
        _to_disk(folder)
    except OSError as error:
        text = _("The backup could not be written to %(folder)s: %(words)s")
        raise BackupError(text % {"folder": folder, "words": error.strerror or error}) from error
    finally:
        part.unlink(missing_ok=True)
    log.info("Backup %s written, sha256 %s, %s faults", path.name, sha256, len(manifest.faults))
    for outdated in sorted(folder.glob("backup-*.zip"))[: -keep if keep else 0]:
        outdated.unlink()
        outdated.with_suffix(".zip.sha256").unlink(missing_ok=True)
    return Made(path, sha256, size, manifest)


def _write(part: Path, scratch: Path) -> Manifest:
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)  # personal data: the owner's alone
    with os.fdopen(handle, "w+b") as target:
        with copied(scratch) as copy, ZipFile(target, "w") as archive:
            manifest = _describe(copy.ask, digest_of(copy.path))
            # What pg_dump writes is packed already.
            packing = ZIP_DEFLATED if connection.vendor == "sqlite" else ZIP_STORED
            archive.write(copy.path, member_name(connection.vendor), compress_type=packing, compresslevel=1)
            listed = [_add(archive, manifest, *row) for row in _kept_files(copy.ask, manifest)]
            archive.writestr(LIST, "".join(listed), compress_type=ZIP_DEFLATED)
            archive.writestr(MEMBER, manifest.to_json(), compress_type=ZIP_DEFLATED)
        target.flush()
        os.fsync(target.fileno())
    return manifest


def _describe(ask: Ask, database_sha256: str) -> Manifest:
    rows = counts(ask)
    head = ""
    if "audit_link" in rows:
        last = [f"{seq}:{digest}" for seq, digest in ask("SELECT seq, hash FROM audit_link ORDER BY seq DESC LIMIT 1")]
        head = last[0] if last else f"0:{GENESIS}"
    applied = ask("SELECT app, name FROM django_migrations ORDER BY id") if "django_migrations" in rows else []
    return Manifest(
        version=settings.VERSION, taken_at=clock.real_now().isoformat(), vendor=connection.vendor,
        server=versions()["database"], database_sha256=database_sha256,
        migrations=[f"{app}.{name}" for app, name in applied], counts=rows, head=head, key=key_print(),
    )  # fmt: skip


def _kept_files(ask: Ask, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """(key, checksum) of each file that has to be there; what the sweep may be taking away now is left out."""
    if "files_storedfile" not in manifest.counts:
        return
    now = clock.real_now().replace(tzinfo=None)
    for key, sha256, expires in ask(KEPT_FILES):
        # SQLite answers with text, PostgreSQL with a moment; both in UTC.
        if expires is None or str(expires)[:19] > str(now)[:19] or default_storage.exists(key):
            yield key, sha256


def _add(archive: ZipFile, manifest: Manifest, key: str, sha256: str) -> str:
    """Put one file in; returns its line in the list. A missing or damaged one is noted, the rest still goes in."""
    digest, line = hashlib.sha256(), f"{sha256}  {FILES}{key}\n"
    try:
        with default_storage.open(key) as file, archive.open(ZipInfo(FILES + key), "w", force_zip64=True) as member:
            for chunk in file.chunks(CHUNK):
                digest.update(chunk)
                member.write(chunk)
                manifest.file_bytes += len(chunk)
    except FileNotFoundError:
        manifest.faults.append(_("%(key)s is not in the store") % {"key": key})
        return line
    manifest.file_count += 1
    if digest.hexdigest() != sha256:
        manifest.faults.append(_("%(key)s is damaged in the store") % {"key": key})
    return line


def digest_of(path: Path) -> str:
    """The checksum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(folder: Path) -> None:
    """The new name itself must survive a power cut too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
