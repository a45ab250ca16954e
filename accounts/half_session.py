"""Between the password and the code.

The browser's session then belongs to nobody: for the gate it is signed out, and only the page that asks
for the code knows whose password was given. It holds for ten minutes, and only while that password does.
"""

from datetime import timedelta

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.requests import session_of
from core.clock import real_now

KEY = "waits_for_code"
PASSED = "second_factor"
"""In the session: the second factor was given, or set up, in this very session."""
LONGEST = timedelta(minutes=10)


def begin(request: HttpRequest, user: User) -> None:
    """Note whose password was right, in a new session under a new key."""
    session = session_of(request)
    session.flush()
    session[KEY] = {"user": user.pk, "hash": user.get_session_auth_hash(), "at": real_now().timestamp()}


def waiting(request: HttpRequest) -> User | None:
    """The account whose code is waited for; None without one, after its time, or after a new password."""
    noted = session_of(request).get(KEY)
    if not noted or real_now().timestamp() - noted["at"] > LONGEST.total_seconds():
        return None
    user = User.objects.filter(pk=noted["user"], is_active=True).first()
    if user is None or not constant_time_compare(noted["hash"], user.get_session_auth_hash()):
        return None
    return user


def has_begun(request: HttpRequest) -> bool:
    return KEY in session_of(request)


def forget(request: HttpRequest) -> None:
    session_of(request).pop(KEY, None)


def has_passed(request: HttpRequest) -> bool:
    """Whether the signed-in session was opened with the second factor, or set it up."""
    return bool(session_of(request).get(PASSED))


def note_passed(request: HttpRequest, *, passed: bool) -> None:
    if passed:
        session_of(request)[PASSED] = True
    else:
        session_of(request).pop(PASSED, None)
