"""Bring the derived columns and the closure of units up to date, or only say whether they are."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from units.services.derived import refresh_units, stale_units
from units.services.reach import differences, rebuild_reach


class Command(BaseCommand):
    help = "Rebuild present names, units above and reach; --check writes nothing and fails on a difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if anything differs.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            units = len(list(stale_units()))
            missing, surplus = differences()
            if units or missing or surplus:
                raise CommandError(
                    f"{units} units are not up to date; "
                    f"reach lacks {len(missing)} rows and has {len(surplus)} too many."
                )
            self.stdout.write("Units and reach are up to date.")
            return
        self.stdout.write(f"{refresh_units()} units and {rebuild_reach()} rows of reach were brought up to date.")
