"""The demo from a fresh clone to a running product; again and again without losing data."""

import time
from argparse import ArgumentParser
from io import StringIO
from typing import Any

import environ
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.models import User
from config.demo import build, install
from config.serve.ports import HOST, usable_port


class Command(BaseCommand):
    help = "Back up, migrate, load reference data and demo content, then serve. --reset starts over."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="Back the data up and start over.")
        parser.add_argument("--no-serve", action="store_true", help="Stop before serving.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo content is made in demo mode only: MODE=demo manage.py demo")
        if connection.vendor != "sqlite" and options["reset"]:
            raise CommandError("--reset removes a SQLite file only; empty another database by its own means.")
        if not options["no_serve"]:
            usable_port(HOST, environ.Env().str("PORT", default="8000"))
        started = time.monotonic()
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        call_command("messages", compile=True)
        install.static_files(self.say)
        install.backup(self.say)
        if options["reset"]:
            install.remove(self.say)
        self.say("Bringing the database up to date")
        call_command("migrate", verbosity=0, interactive=False)
        # a newer version may spell keys otherwise than the one that wrote the rows
        call_command("rebuild_keys", stdout=StringIO())
        call_command("load_catalogue", verbosity=0)
        if not User.objects.exists():
            self.say("Making the demo content: the plan 27/KH-UBND and one year of invented work (minh họa)")
            build.build(self.say)
        self.say(f"Ready after {time.monotonic() - started:.0f} s")
        connection.close()
        if not options["no_serve"]:
            call_command("serve", banner=build.accounts_banner())

    def say(self, text: str) -> None:
        self.stdout.write(f"· {text}")
        self.stdout.flush()
