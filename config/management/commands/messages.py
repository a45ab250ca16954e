"""Bring the translation catalogues up to date, check them, or compile them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import messages


class Command(BaseCommand):
    help = "Extract texts into locale/<room>; --check fails on what is missing; --compile writes .mo files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("rooms", nargs="*", help="Rooms to treat; all of them unless named.")
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if anything is missing.")
        parser.add_argument("--compile", action="store_true", help="Only write the compiled catalogues.")

    def handle(self, *args: Any, **options: Any) -> None:
        rooms = options["rooms"] or list(settings.LOCALE_ROOMS)
        if not options["compile"]:
            catalogs = {room: messages.wanted_catalog(room) for room in rooms}
            faults = [f"{room}: {fault}" for room, catalog in catalogs.items() for fault in messages.faults(catalog)]
            if options["check"]:
                faults += list(messages.clashes(catalogs))
                faults += [f"{room}: not up to date" for room in rooms if not self.current(room, catalogs[room])]
                if faults:
                    raise CommandError("\n".join(faults))
            else:
                for room, catalog in catalogs.items():
                    path = messages.po_path(room)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(messages.as_po(catalog))
                self.stdout.write("\n".join(faults) or "Every text is translated.")
        for room in rooms:
            messages.compile_catalog(room)

    @staticmethod
    def current(room: str, catalog: Any) -> bool:
        path: Path = messages.po_path(room)
        return path.exists() and path.read_bytes() == messages.as_po(catalog)
