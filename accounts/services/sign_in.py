"""Opening and closing a session."""

from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest

from accounts import half_session
from accounts.models import User
from accounts.services import locks, second_factor, sessions
from accounts.services.accounts import locked
from core import audit
from core.errors import NotAllowed


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
def open_or_wait(*, request: HttpRequest, user: User) -> bool:
    """After the right password: sign in, or wait for the code. Returns whether the session is open."""
    if second_factor.has_factor(locked(user.pk)):
        half_session.begin(request, user)
        return False
    open_session(request=request, user=user)
    return True


@transaction.atomic
def finish_with_code(*, request: HttpRequest, user: User, code: str) -> bool:
    """Sign in with the app's code; False if it is not right or was used before. Raises NotReadable."""
    if not second_factor.accept_code(user=user, code=code):
        return False
    open_session(request=request, user=user, passed=True)
    return True


@transaction.atomic
def finish_with_recovery_code(*, request: HttpRequest, user: User, code: str) -> bool:
    """Sign in with a recovery code, which is used up; False if it is none or was used before."""
    if not second_factor.accept_recovery_code(user=user, code=code):
        return False
    open_session(request=request, user=user, passed=True)
    return True


@transaction.atomic
def open_session(*, request: HttpRequest, user: User, passed: bool = False) -> None:
    """Sign `user` in under a new session key, and clear away what has run out.

    `passed`: the second factor was given. Raises NotAllowed for an account that has one and did not give
    it: every way in ends here, so none can leave it out.
    """
    if not passed and second_factor.has_factor(locked(user.pk)):
        raise NotAllowed
    sessions.clear_expired()
    locks.clear_old()
    half_session.forget(request)
    auth.login(request, user, backend="accounts.backends.AccountBackend")
    half_session.note_passed(request, passed=passed)
    audit.record("account.signed_in", actor=user, subject=user)


@transaction.atomic
def close_session(*, request: HttpRequest, user: User) -> None:
    """End the present session on the server."""
    auth.logout(request)
    audit.record("account.signed_out", actor=user, subject=user)
