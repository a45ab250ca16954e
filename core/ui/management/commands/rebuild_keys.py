"""Compare every search and sort key with its text, and write anew those that differ."""

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model

from core.text.keyed import key_fields, keyed_models
from core.text.rebuilding import rebuild, stale_rows


def keyed_model(label: str) -> type[Model]:
    """The model named "app.Model"; raises CommandError if there is none or it has no keys."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as unknown:
        raise CommandError(f"There is no model {label!r}.") from unknown
    if not key_fields(model):
        raise CommandError(f"{label} has no search or sort key.")
    if model not in keyed_models():
        raise CommandError(f"{label} may only be added to: its rows keep the keys they were written with.")
    return model


class Command(BaseCommand):
    help = "Write search and sort keys anew where they differ from their text; --check only counts and fails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("models", nargs="*", help="Models such as units.Person; all that have keys unless named.")
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if a key differs.")

    def handle(self, *args: Any, **options: Any) -> None:
        treat = (lambda model: sum(1 for _row in stale_rows(model))) if options["check"] else rebuild
        differing = 0
        for model in map(keyed_model, options["models"]) if options["models"] else keyed_models():
            count = treat(model)
            differing += count
            self.stdout.write(f"{model._meta.label}: {count}")
        if options["check"] and differing:
            raise CommandError(f"{differing} rows have keys that differ from their text; run rebuild_keys.")
