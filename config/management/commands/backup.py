"""One archive with database, stored files and a manifest."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.backup import BackupError
from config.backup.making import make_backup
from core.text import format_number

SHOWN = 10


class Command(BaseCommand):
    help = "Write one archive with the database and the stored files, while people work. Exit code 1 if not whole."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, help="Folder of the archives (default VAR_DIR/backups).")
        parser.add_argument("--keep", type=int, help="Keep only the newest N archives of the folder.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError(_("--keep must be at least 1."))
        try:
            made = make_backup(options["to"] or Path(settings.VAR_DIR) / "backups", keep=options["keep"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        manifest = made.manifest
        self.stdout.write(f"{made.path}\nsha256 {made.sha256}")
        self.stdout.write(
            _("%(rows)s rows in %(tables)d tables, %(files)s files, %(size)s KB.")
            % {
                "rows": format_number(sum(manifest.counts.values())),
                "tables": len(manifest.counts),
                "files": format_number(manifest.file_count),
                "size": format_number(made.size // 1024 + 1),
            }
        )
        self.stdout.write(_("FIELD_KEY and SECRET_KEY are not in it: keep them in another place than the archives."))
        if manifest.faults:
            head = _("The archive was written, but %(count)d files are missing or damaged in the store:")
            more = ["…"] if len(manifest.faults) > SHOWN else []
            lines = [head % {"count": len(manifest.faults)}, *manifest.faults[:SHOWN], *more]
            raise CommandError("\n".join(lines))
