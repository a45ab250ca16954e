"""What `restore` does with data before they are used; by hand only after a restore by other means."""

from argparse import ArgumentParser
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from config.backup.restoring import FAULTY
from config.backup.settling import settle


class Command(BaseCommand):
    help = "Migrate restored data, end the jobs, mails and sessions they took along, prove trail and invariants."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--of", required=True, help="Name of the archive.")
        parser.add_argument("--taken", required=True, help="When it was made, as its manifest says.")
        parser.add_argument("--head", default="", help="End of the audit chain, as its manifest says.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError with the exit code FAULTY and a line for each fault."""
        call_command("migrate", interactive=False, verbosity=0)
        done = settle(archive=options["of"], taken_at=options["taken"])
        self.stdout.write(
            _("Ended: %(jobs)d jobs, %(mails)d mails, %(sessions)d sessions.")
            % {"jobs": done.jobs, "mails": done.mails, "sessions": done.sessions}
        )
        faults = [*asked("verify_audit", expect=options["head"]), *asked("check_invariants")]
        if faults:
            raise CommandError("\n".join(faults), returncode=FAULTY)


def asked(command: str, **options: Any) -> list[str]:
    """The lines in which `command` speaks of faults."""
    out = StringIO()
    try:
        call_command(command, stdout=out, **options)
    except CommandError as error:
        found = [line for line in out.getvalue().splitlines() if line.startswith(("FAULT", "  "))]
        return [*str(error).splitlines(), *found]
    return []
