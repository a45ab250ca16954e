"""Remove expired and left-over files."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from core import files


class Command(BaseCommand):
    help = "Removes expired files, broken uploads over an hour old, and files that belong to no row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="Look through all folders, not only the last days'.")

    def handle(self, *args: Any, **options: Any) -> None:
        swept = files.sweep(everything=options["all"])
        self.stdout.write(
            _("Removed: %(expired)d expired, %(pending)d broken uploads, %(strays)d without a row.")
            % {"expired": swept.expired, "pending": swept.pending, "strays": swept.strays}
        )
