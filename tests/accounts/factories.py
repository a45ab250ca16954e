"""Accounts and what hangs on them."""

from datetime import timedelta

import factory

from accounts.models import User
from tests.factories import UserFactory

PASSWORD = "mat-khau-de-kiem-thu"


class AdministratorFactory(UserFactory):
    username = factory.Sequence(lambda n: f"quan.tri.{n}")
    full_name = factory.Sequence(lambda n: f"Quản Trị {n}")
    is_administrator = True


def idle_for(user: User, seconds: int) -> None:
    """Let the account's sessions lie idle: the rows are moved, not the clock."""
    for row in user.sessions.all():
        row.last_touched -= timedelta(seconds=seconds)
        row.created -= timedelta(seconds=seconds)
        row.save()


def older_by(user: User, seconds: int) -> None:
    """Let the account's sessions come nearer to their absolute end."""
    for row in user.sessions.all():
        row.expires -= timedelta(seconds=seconds)
        row.save()
