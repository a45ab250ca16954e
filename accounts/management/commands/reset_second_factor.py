"""For the last administrator who lost the telephone: nobody is left who could reset it on a page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.names import fold_username
from accounts.services.second_factor import reset
from core.errors import ServiceError


class Command(BaseCommand):
    help = "Takes the second factor of an account away, ends its sessions and tells the person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", required=True, help="user name of the account")
        parser.add_argument("--reason", required=True, help="why; it is kept in the audit log")

    def handle(self, *args: Any, **options: Any) -> None:
        account = User.objects.filter(username=fold_username(options["username"])).first()
        if account is None:
            raise CommandError("There is no account of this name.")
        try:
            reset(actor=None, account_id=account.pk, reason=options["reason"])
        except ServiceError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The second factor of {account.username} was reset.")
