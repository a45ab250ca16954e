"""Write docs/data-model.md from the models, or check that it says what they say."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.data_model import page

PAGE = Path(settings.BASE_DIR) / "docs" / "data-model.md"


class Command(BaseCommand):
    help = "Write docs/data-model.md from the models; --check writes nothing and fails if the page is out of date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only compare the page with the models.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError with --check if the page differs."""
        wanted = page()
        if not options["check"]:
            PAGE.write_text(wanted, encoding="utf-8")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != wanted:
            raise CommandError("docs/data-model.md is out of date: run manage.py data_model")
