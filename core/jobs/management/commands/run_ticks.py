"""For a machine's own timetable, should no worker be alive to tick."""

from typing import Any

from django.core.management.base import BaseCommand

from core.jobs import tick


class Command(BaseCommand):
    help = "Run the regular tasks that are due: lost jobs, unheard calls, passed dates, sealing, sweeping."

    def handle(self, *_args: Any, **_options: Any) -> None:
        ran = tick.run_due()
        self.stdout.write(", ".join(ran) if ran else "Nothing is due.")
