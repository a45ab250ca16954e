"""What `make demo` does before serving: each step says what it does."""

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from core import clock

KEPT_BACKUPS = 5


def static_files(say: Callable[[str], None]) -> None:
    """Collect and compress the static files, unless none of them has changed."""
    stamp = settings.VAR_DIR / "static-stamp"
    state = hashlib.sha256(settings.VERSION.encode())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                state.update(f"{path}{path.stat().st_mtime_ns}".encode())
    if settings.DEBUG or (stamp.exists() and stamp.read_text() == state.hexdigest()):
        return
    say("Collecting the static files")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(state.hexdigest())


def backup(say: Callable[[str], None]) -> None:
    """Copy the SQLite database aside, through SQLite itself so that the copy is consistent."""
    source = Path(str(settings.DATABASES["default"]["NAME"]))
    if connection.vendor != "sqlite" or not source.exists():
        return
    folder = settings.VAR_DIR / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"db-{clock.real_now():%Y%m%d-%H%M%S}.sqlite3"
    say(f"Backing the data up to {target}")
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)
    old.close()
    new.close()
    for outdated in sorted(folder.glob("db-*.sqlite3"))[:-KEPT_BACKUPS]:
        outdated.unlink()


def remove(say: Callable[[str], None]) -> None:
    """Start over: database, files and broker data go; backups stay."""
    say("Removing the demo data")
    connection.close()
    source = Path(str(settings.DATABASES["default"]["NAME"]))
    for path in (source, Path(f"{source}-wal"), Path(f"{source}-shm")):
        path.unlink(missing_ok=True)
    for folder in (settings.FILES_DIR, settings.VAR_DIR / "run", settings.VAR_DIR / "queue"):
        shutil.rmtree(folder, ignore_errors=True)
