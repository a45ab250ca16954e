"""What `restore` does last, before the restored data are used; by hand only after a restore by other means."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from config.backup.settling import settle


class Command(BaseCommand):
    help = "End jobs, mails and sessions that a restored database took along, and enter the restore in the trail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--of", required=True, help="Name of the archive.")
        parser.add_argument("--taken", required=True, help="When it was made, as its manifest says.")

    def handle(self, *args: Any, **options: Any) -> None:
        done = settle(archive=options["of"], taken_at=options["taken"])
        self.stdout.write(
            _("Ended: %(jobs)d jobs, %(mails)d mails, %(sessions)d sessions.")
            % {"jobs": done.jobs, "mails": done.mails, "sessions": done.sessions}
        )
