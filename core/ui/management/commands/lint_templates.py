"""``manage.py lint_templates``: fails on what `core.ui.linting` names."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.ui.linting import faults


class Command(BaseCommand):
    help = "Looks for inline code, unescaped text, addresses of higher floors and unknown icons in templates."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(faults())
        for fault in found:
            self.stderr.write(str(fault))
        if found:
            raise CommandError(f"{len(found)} faults in templates.")
        self.stdout.write("The templates hold nothing they must not.")
