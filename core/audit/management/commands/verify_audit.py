"""Prove the audit trail."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.audit.verification import Fault, Verification, verify_all

SHOWN = 50


class Command(BaseCommand):
    help = "Proves every audit entry and the chain over them; fails and names the entries if anything is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--expect",
            default="",
            metavar="SEQ:HASH",
            help="An end of the chain noted earlier: it must still be there",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError, so the exit code is 1, on a break."""
        result = verify_all(options["expect"])
        self.stdout.write(
            _("%(entries)d entries, %(links)d of them chained.") % {"entries": result.entries, "links": result.links}
        )
        if result.unsealed:
            self.stdout.write(tail_text(result))
        self.stdout.write(_("End of the chain: %(head)s") % {"head": result.head})
        if not result.sound:
            raise CommandError("\n".join(fault_lines(result.faults)))
        self.stdout.write(_("The audit trail is sound."))


def tail_text(result: Verification) -> str:
    """The entries that are not chained yet, by number."""
    numbers = ", ".join(str(pk) for pk in result.unsealed[:SHOWN])
    more = " …" if len(result.unsealed) > SHOWN else ""
    return _("%(count)d entries wait to be chained: %(numbers)s") % {
        "count": len(result.unsealed),
        "numbers": numbers + more,
    }


def fault_lines(faults: list[Fault]) -> list[str]:
    lines = [_("The audit trail is broken at %(count)d places:") % {"count": len(faults)}]
    for fault in faults[:SHOWN]:
        place = {"entry": fault.entry_id, "seq": fault.seq or "–", "words": fault.words}
        lines.append(_("Entry %(entry)s (link %(seq)s): %(words)s") % place)
    return lines
