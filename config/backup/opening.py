"""Reading an archive with suspicion: whole, undamaged, of this product, readable with this installation's keys."""

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from config.backup import BackupError
from config.backup.databases import member_name
from config.backup.making import digest_of
from config.backup.manifest import FILES, LIST, MEMBER, Manifest, from_json
from core.ciphers import key_print
from core.files.services import CHUNK

LINE = re.compile(r"([0-9a-f]{64})  files/([0-9A-Za-z][0-9A-Za-z/_.-]*)")
BROKEN = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError)


@dataclass
class Opened:
    """An archive taken apart. `faults` are losses one may decide to live with; anything worse is an error."""

    manifest: Manifest
    database: Path
    files: Path
    faults: list[str] = field(default_factory=list)


def open_archive(path: Path, folder: Path) -> Opened:
    """Take `path` apart into `folder`, checking every byte on the way. Raises BackupError."""
    _refuse_changed(path)
    try:
        archive = ZipFile(path)
        manifest = from_json(archive.read(MEMBER))
    except FileNotFoundError as error:
        raise BackupError(_("There is no file %(path)s.") % {"path": path}) from error
    except (*BROKEN, KeyError) as error:
        raise BackupError(_("%(path)s is cut off or no backup archive.") % {"path": path}) from error
    with archive:
        refuse_foreign(manifest)
        name = member_name(manifest.vendor)
        opened = Opened(manifest, folder / name, folder / "files")
        if _extract(archive, name, opened.database) != manifest.database_sha256:
            raise BackupError(_("The database in the archive is damaged."))
        if manifest.key != key_print():
            opened.faults.append(_("FIELD_KEY is not the one of this archive: its identity numbers cannot be read."))
        opened.faults += [_("already when the archive was made: %(fault)s") % {"fault": f} for f in manifest.faults]
        opened.faults += _extract_files(archive, opened.files)
    return opened


def _refuse_changed(path: Path) -> None:
    """The checksum noted beside the archive, where it still lies there."""
    noted = path.with_name(f"{path.name}.sha256")
    if path.exists() and noted.exists() and noted.read_text().split()[:1] != [digest_of(path)]:
        raise BackupError(_("%(path)s is damaged or cut off: its checksum is not the noted one.") % {"path": path})


def refuse_foreign(manifest: Manifest) -> None:
    """Raises BackupError for another kind of database, and for migrations this version does not know."""
    if manifest.vendor != connection.vendor:
        raise BackupError(
            _("The archive holds a %(theirs)s database, this installation has %(ours)s.")
            % {"theirs": manifest.vendor, "ours": connection.vendor}
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := [name for name in manifest.migrations if name not in known]:
        raise BackupError(
            _("The archive was made by version %(theirs)s and this is %(ours)s, which does not know %(names)s.")
            % {"theirs": manifest.version, "ours": settings.VERSION, "names": ", ".join(unknown[:3])}
        )


def _extract(archive: ZipFile, name: str, target: Path) -> str:
    """Write one member; returns its checksum, empty where the archive cannot give it."""
    digest = hashlib.sha256()
    target.parent.mkdir(mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS, parents=True, exist_ok=True)
    try:
        with archive.open(name) as member, target.open("wb") as file:
            while chunk := member.read(CHUNK):
                digest.update(chunk)
                file.write(chunk)
    except (BadZipFile, zlib.error, EOFError, KeyError):
        target.unlink(missing_ok=True)
        return ""
    target.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    return digest.hexdigest()


def _extract_files(archive: ZipFile, folder: Path) -> Iterator[str]:
    """Write every listed file, yielding those that are missing or not what the list says."""
    folder.mkdir(mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS, parents=True)
    try:
        lines = archive.read(LIST).decode().splitlines()
    except (BadZipFile, zlib.error, EOFError, KeyError, ValueError) as error:
        raise BackupError(_("The list of files in the archive is damaged.")) from error
    there = set(archive.namelist())
    for line in lines:
        found = LINE.fullmatch(line)
        if found is None or ".." in line:
            raise BackupError(_("The list of files in the archive is damaged."))
        sha256, key = found.groups()
        if FILES + key not in there:
            yield _("%(key)s is missing in the archive") % {"key": key}
        elif _extract(archive, FILES + key, folder / key) != sha256:
            yield _("%(key)s is damaged in the archive") % {"key": key}
