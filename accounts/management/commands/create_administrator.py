"""The first account: after a bare migrate there is none."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.services.accounts import create_account
from core.errors import ServiceError


class Command(BaseCommand):
    help = "Opens an administrator's account and prints its initial password, which must be changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", default="", help="user name, without accents and blanks")
        parser.add_argument("--full-name", default="", help="full name of the person")

    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"] or self.ask("User name: ")
        full_name = options["full_name"] or self.ask("Full name: ")
        try:
            account, password = create_account(
                actor=None, username=username, full_name=full_name, is_administrator=True
            )
        except ServiceError as error:
            raise CommandError(f"{error.field}: {error}" if error.field else str(error)) from error
        self.stdout.write(f"User name: {account.username}")
        self.stdout.write(f"Initial password: {password}")
        self.stdout.write("It is shown only now and must be changed at the first sign-in.")

    def ask(self, question: str) -> str:
        try:
            return input(question)
        except EOFError as error:
            raise CommandError("Give --username and --full-name.") from error
