"""Who asks."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.session_store import SessionStore
from core.errors import NotAllowed


def account_of(request: HttpRequest) -> User:
    """The account that asks. Behind the gate there always is one; NotAllowed otherwise."""
    if not request.user.is_authenticated:
        raise NotAllowed(_("Sign in first."))
    return request.user


def session_of(request: HttpRequest) -> SessionStore:
    """The session of the browser that asks, as our own store."""
    store: SessionStore = request.session  # type: ignore[assignment]
    return store
