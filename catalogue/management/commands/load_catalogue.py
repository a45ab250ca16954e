"""``manage.py load_catalogue``: bring the catalogue to the data files of this version of the product."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalogue.services import CatalogueFrozen, load_catalogue
from catalogue.shipped import BadData


class Command(BaseCommand):
    help = "Loads legal texts, dated values and awards from the data files; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_catalogue()
        except (CatalogueFrozen, BadData) as error:
            raise CommandError(str(error)) from error
        for word, names in (
            ("new", report.created),
            ("changed", report.changed),
            ("kept as entered here", report.kept),
        ):
            for name in names if options["verbosity"] > 1 or word != "new" else []:
                self.stdout.write(f"{word}: {name}")
        if options["verbosity"] > 0:
            self.stdout.write(
                f"{len(report.created)} new, {len(report.changed)} changed, {len(report.kept)} kept as entered here."
            )
