"""Opening and closing a session."""

from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest

from accounts.models import User
from accounts.services import locks, sessions
from core import audit


def resolve_name(typed: str) -> str:
    """The user name meant by what was typed: an e-mail address stands for its account if it has just one.

    Resolved before anything is counted, so that the two names of one account share their failures.
    """
    address = typed.strip()
    if "@" not in address:
        return typed
    names = list(User.objects.filter(email__iexact=address, is_active=True).values_list("username", flat=True)[:2])
    return names[0] if len(names) == 1 else typed


@transaction.atomic
def open_session(*, request: HttpRequest, user: User) -> None:
    """Sign `user` in under a new session key, and clear away what has run out."""
    sessions.clear_expired()
    locks.clear_old()
    auth.login(request, user, backend="accounts.backends.AccountBackend")
    audit.record("account.signed_in", actor=user, subject=user)


@transaction.atomic
def close_session(*, request: HttpRequest, user: User) -> None:
    """End the present session on the server."""
    auth.logout(request)
    audit.record("account.signed_out", actor=user, subject=user)
