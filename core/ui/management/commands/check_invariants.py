"""Ask every registered invariant of the database and the stored files."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.db import read_snapshot
from core.invariants import INVARIANTS, Finding, Invariant, ask

SHOWN = 5


class Command(BaseCommand):
    help = "Check what must hold between rows and files; one line each; exit code 1 and the offenders on a fault."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", help="Invariants such as files.bytes; all unless named.")
        parser.add_argument("--checksums", action="store_true", help="Also read every stored file (takes time).")
        parser.add_argument("--show", type=int, default=SHOWN, help=f"Offenders shown of each (default {SHOWN}).")

    def handle(self, *args: Any, **options: Any) -> None:
        """One snapshot for all: on a running system nothing is half done in it. Raises CommandError on a fault."""
        with read_snapshot():
            findings = [self.tell(ask(each, shown=options["show"])) for each in self.wanted(options)]
        faults = sum(not finding.sound for finding in findings)
        if faults:
            raise CommandError(_("%(count)d of %(all)d invariants do not hold.") % {
                "count": faults, "all": len(findings)})  # fmt: skip
        self.stdout.write(_("All %(count)d invariants hold.") % {"count": len(findings)})

    def wanted(self, options: dict[str, Any]) -> list[Invariant]:
        for name in options["names"]:
            if name not in INVARIANTS:
                raise CommandError(_("There is no invariant %(name)s; there are: %(known)s") % {
                    "name": name, "known": ", ".join(sorted(INVARIANTS))})  # fmt: skip
        if options["names"]:
            return [INVARIANTS[name] for name in options["names"]]
        return [each for each in INVARIANTS.values() if options["checksums"] or not each.thorough]

    def tell(self, finding: Finding) -> Finding:
        invariant = finding.invariant
        mark = "ok   " if finding.sound else "FAULT"
        self.stdout.write(f"{mark} {invariant.name:<28} {finding.count:>6}  {invariant.title}")
        for offender in finding.first:
            self.stdout.write(f"      {offender}")
        if finding.count > len(finding.first) > 0:
            self.stdout.write("      …")
        self.stdout.flush()
        return finding
