"""Ending sessions on the server."""

from django.db import transaction

from accounts.models import Session, User
from accounts.session_store import SessionStore, digest
from core import audit


def end_of(user: User, *, except_key: str | None = None) -> int:
    """End all sessions of `user`, but not the one with the cookie `except_key`. Returns how many ended."""
    rows = Session.objects.filter(user=user)
    if except_key:
        rows = rows.exclude(key=digest(except_key))
    ended: int = rows.delete()[0]
    return ended


@transaction.atomic
def end_other_sessions(*, user: User, except_key: str) -> int:
    """Sign out of all other devices. Returns how many were signed out."""
    ended = end_of(user, except_key=except_key)
    audit.record("account.other_sessions_ended", actor=user, subject=user, changes={"sessions": [ended, 0]})
    return ended


@transaction.atomic
def clear_expired() -> None:
    """Delete rows of sessions that nobody can use any more."""
    SessionStore.clear_expired()
