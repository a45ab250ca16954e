"""Prove an archive, or put it in the place of the present data."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.backup import BackupError
from config.backup.databases import is_empty
from config.backup.making import make_backup
from config.backup.restoring import Rehearsed, put_in_place, refuse_while_working, rehearsed

SHOWN = 20


class Command(BaseCommand):
    help = "Restore an archive of `backup`. It is proved beside the present data first; --check does only that."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--check", action="store_true", help="Restore into a scratch place, prove, throw away.")
        parser.add_argument("--replace", action="store_true", help="Take the place of data; they are backed up first.")
        parser.add_argument(
            "--despite-faults", action="store_true",
            help="Go on with an archive that lacks files, has another FIELD_KEY, or breaks invariants.",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if not options["check"]:
                self.make_room(replace=options["replace"])
            with rehearsed(options["archive"], self.say) as made:
                self.judge(made, despite=options["despite_faults"])
                if options["check"]:
                    self.stdout.write(_("The archive is sound: it can be restored."))
                    return
                aside = put_in_place(made)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            text = _("The restore could not be written: %(words)s")
            raise CommandError(text % {"words": error.strerror or error}) from error
        for place in aside:
            self.say(_("What was there before is now %(place)s; remove it when all is well.") % {"place": place})
        self.stdout.write(_("Restored. Start web and workers again; everybody signs in anew."))

    def make_room(self, *, replace: bool) -> None:
        """Raises BackupError unless the present data may be replaced, and CommandError if they cannot be kept."""
        if is_empty():
            return
        if not replace:
            raise BackupError(
                _("There are data already. To put the archive in their place, after a backup of them: --replace")
            )
        refuse_while_working()
        made = make_backup(Path(settings.VAR_DIR) / "backups")
        self.say(_("The present data were backed up to %(path)s") % {"path": made.path})

    def judge(self, made: Rehearsed, *, despite: bool) -> None:
        """Say what the archive holds. Raises CommandError for faults, unless they are accepted."""
        manifest = made.opened.manifest
        self.say(
            _("Made at %(time)s by version %(version)s on %(server)s: %(tables)d tables, %(files)d files.")
            % {
                "time": manifest.taken_at[:19],
                "version": manifest.version,
                "server": manifest.server,
                "tables": len(manifest.counts),
                "files": manifest.file_count,
            }
        )
        if not made.faults:
            return
        head = _("The archive has %(count)d faults:") % {"count": len(made.faults)}
        lines = [head, *made.faults[:SHOWN], *(["…"] if len(made.faults) > SHOWN else [])]
        if not despite:
            raise CommandError("\n".join(lines))
        self.stderr.write("\n".join(lines))

    def say(self, text: str) -> None:
        self.stdout.write(f"· {text}")
        self.stdout.flush()
