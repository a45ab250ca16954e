"""Accounts and what hangs on them."""

from datetime import timedelta

import factory

from accounts import codes
from accounts.models import SecondFactor, User
from accounts.services.second_factor import SECRETS
from core.clock import real_now
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


def give_factor(user: User) -> str:
    """Give the account an app, as if it had been set up some time ago; returns its secret."""
    secret = codes.make_secret()
    SecondFactor.objects.create(user=user, secret=SECRETS.cipher(secret), confirmed_at=real_now())
    return secret


def code_now(secret: str, *, later: int = 0) -> str:
    """The code the app shows now, or so many half-minutes later."""
    return codes.code_of(secret, codes.step_at(real_now()) + later)
