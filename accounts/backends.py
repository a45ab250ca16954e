"""Who a name and a password belong to."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from accounts.models import User
from accounts.names import fold_username
from core.clock import real_now


class AccountBackend(BaseBackend):
    """Checks the password. Rights are not its business: they come from rules alone."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_kwargs: Any,
    ) -> User | None:
        """The account, or None: for an unknown name after the same work as for a known one."""
        if username is None or password is None:
            return None
        user = User.objects.filter(username=fold_username(username)).first()
        if user is None:
            User().set_password(password)
            return None
        if not user.check_password(password) or not user.is_active:
            return None
        if initial_password_is_over(user):
            if request is not None:
                request.initial_password_over = True  # type: ignore[attr-defined]
            return None
        return user

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()


def initial_password_is_over(user: User) -> bool:
    """Whether the password is an initial one that nobody used in time."""
    return user.password_expires_at is not None and real_now() >= user.password_expires_at
