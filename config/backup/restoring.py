"""An archive becomes a database and files: first beside the present ones, proved there, then put in their place."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection
from django.utils.translation import gettext as _

from config.backup import BackupError
from config.backup.databases import address_of, counts, drop, loaded, rename, sqlite_path
from config.backup.opening import Opened, open_archive
from core import clock, jobs
from core.db import is_postgres

Say = Callable[[str], None]
FAULTY = 3  # exit code of `after_restore`: it went through, but something is wrong with the data


@dataclass
class Rehearsed:
    """An archive standing as a database and a folder of its own, with what was found wrong with it."""

    opened: Opened
    name: str
    folder: Path
    faults: list[str]


@contextmanager
def rehearsed(archive: Path, say: Say) -> Iterator[Rehearsed]:
    """Restore `archive` beside the living data and prove it there; all of it is gone after the block.

    Raises BackupError where nothing usable comes out: cut off, damaged database, foreign, not migratable.
    """
    stamp = f"{clock.real_now():%Y%m%d%H%M%S%f}"
    folder = Path(settings.VAR_DIR) / f"restore-{stamp}"
    name = f"{connection.settings_dict['NAME']}_restore_{stamp}" if is_postgres() else "db.sqlite3"
    with ExitStack() as stack:
        folder.mkdir(parents=True, mode=0o700)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        say(_("Reading the archive and checking every byte"))
        opened = open_archive(archive, folder)
        stack.callback(drop, name, folder)
        say(_("Loading the database"))
        load(opened, name, folder)
        yield Rehearsed(opened, name, folder, opened.faults + prove(opened, name, folder, archive, say))


def load(opened: Opened, name: str, folder: Path) -> None:
    """Raises BackupError unless every table has the rows it had."""
    with loaded(opened.database, name, folder) as ask:
        found, noted = counts(ask), opened.manifest.counts
    opened.database.unlink()
    if wrong := [table for table in sorted({*found, *noted}) if found.get(table) != noted.get(table)]:
        table = wrong[0]
        raise BackupError(
            _("Table %(table)s has %(found)s rows where the manifest notes %(noted)s.")
            % {"table": table, "found": found.get(table), "noted": noted.get(table)}
        )


def prove(opened: Opened, name: str, folder: Path, archive: Path, say: Say) -> list[str]:
    """Migrate, settle, ask audit trail and invariants; returns the faults. Raises BackupError if it cannot."""
    say(_("Bringing it up to this version, proving the audit trail and the invariants"))
    manifest = opened.manifest
    done = managed(
        name, folder, "after_restore", "--of", archive.name, "--taken", manifest.taken_at, "--head", manifest.head
    )
    lines = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("{")]
    if done.returncode == FAULTY:
        return [line.removeprefix("CommandError: ") for line in lines]
    if done.returncode:
        raise BackupError(
            _("%(command)s failed: %(words)s") % {"command": "after_restore", "words": (lines or [""])[-1]}
        )
    return []


def managed(name: str, folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """A management command of this product upon the rehearsed data, in a process of its own."""
    environment = {
        **os.environ, "MODE": settings.MODE, "VAR_DIR": str(folder), "DATABASE_URL": address_of(name, folder),
        "SECRET_KEY": settings.SECRET_KEY, "FIELD_KEY": settings.FIELD_KEY,
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def refuse_while_working() -> None:
    """Raises BackupError while a worker ticks: what is written meanwhile would be lost."""
    age = jobs.health()["last_tick_seconds"]
    if age is not None and age < max(30.0, 2 * settings.JOB_REAPER_SECONDS):
        raise BackupError(
            _("A worker was at work %(age)d seconds ago. Stop web and workers, wait half a minute, and try again.")
            % {"age": age}
        )


def put_in_place(made: Rehearsed) -> list[str]:
    """Let the rehearsed data take the place of the present ones; returns where those lie now. Raises BackupError."""
    stamp = f"{clock.real_now():%Y%m%d%H%M%S}"
    aside: list[str] = []
    with ExitStack() as undo:
        if is_postgres():
            _swap_postgres(made, stamp, undo, aside)
        else:
            _swap_sqlite(made, stamp, undo, aside)
        kept = Path(settings.FILES_DIR)
        _move(kept, kept.with_name(f"{kept.name}.before-{stamp}"), undo, aside)
        _move(made.opened.files, kept, undo, [])
        undo.pop_all()
    return aside


def _swap_postgres(made: Rehearsed, stamp: str, undo: ExitStack, aside: list[str]) -> None:
    name = str(connection.settings_dict["NAME"])
    before = f"{name}_before_{stamp}"
    try:
        rename(name, before)
        undo.callback(rename, before, name)
        rename(made.name, name)
        undo.callback(rename, name, made.name)
    except OperationalError as error:
        raise BackupError(_("Somebody is still connected to the database. Stop web and workers first.")) from error
    aside.append(before)


def _swap_sqlite(made: Rehearsed, stamp: str, undo: ExitStack, aside: list[str]) -> None:
    connection.close()
    source, target = made.folder / made.name, sqlite_path()
    with closing(sqlite3.connect(source)) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        base.execute("PRAGMA journal_mode=DELETE")  # one file to move
    before = target.with_name(f"{target.name}.before-{stamp}")
    for ending in ("", "-wal", "-shm"):  # what was not written back yet belongs to the old file
        _move(Path(f"{target}{ending}"), Path(f"{before}{ending}"), undo, [] if ending else aside)
    _move(source, target, undo, [])


def _move(source: Path, target: Path, undo: ExitStack, aside: list[str]) -> None:
    """Move a file or folder, if it is there, and remember how to move it back."""
    if not source.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, target)
    undo.callback(shutil.move, target, source)
    aside.append(str(target))
