"""What `make demo` does before serving: each step says what it does."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from config.backup import BackupError
from config.backup.databases import is_empty
from config.backup.making import make_backup

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
    """Back the data up, as `manage.py backup` does, if there are any. Raises CommandError."""
    if is_empty():
        return
    try:
        made = make_backup(settings.VAR_DIR / "backups", keep=KEPT_BACKUPS)
    except BackupError as error:
        raise CommandError(str(error)) from error
    say(f"The data are backed up to {made.path}")
    for fault in made.manifest.faults:
        say(f"  {fault}")


def remove(say: Callable[[str], None]) -> None:
    """Start over: database, files and broker data go; backups stay."""
    say("Removing the demo data")
    connection.close()
    source = Path(str(settings.DATABASES["default"]["NAME"]))
    for path in (source, Path(f"{source}-wal"), Path(f"{source}-shm")):
        path.unlink(missing_ok=True)
    for folder in (settings.FILES_DIR, settings.VAR_DIR / "run", settings.VAR_DIR / "queue"):
        shutil.rmtree(folder, ignore_errors=True)
