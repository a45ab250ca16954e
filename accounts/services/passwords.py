"""Setting passwords."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import normal_password
from accounts.passwords import make_initial_password
from accounts.services import sessions
from core import audit
from core.clock import real_now
from core.errors import ServiceError


@transaction.atomic
def change_password(*, user: User, old: str, new: str, keep_session: str | None = None) -> User:
    """Give oneself a new password and end one's other sessions; `keep_session` is the present one's key.

    Raises ServiceError at the field `old` or `new`.
    """
    account: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not account.check_password(old):
        raise ServiceError(_("This is not your present password."), field="old")
    if normal_password(old) == normal_password(new):
        raise ServiceError(_("The new password must differ from the present one."), field="new")
    try:
        validate_password(normal_password(new), account)
    except ValidationError as error:
        raise ServiceError(" ".join(error.messages), field="new") from error
    forced = account.must_change
    account.set_password(new)
    account.must_change = False
    account.password_set_at = real_now()
    account.password_expires_at = None
    account.save(update_fields=["password", "must_change", "password_set_at", "password_expires_at"])
    sessions.end_of(account, except_key=keep_session)
    audit.record("account.password_changed", actor=account, subject=account, changes={"forced": [forced, False]})
    return account


def give_initial_password(account: User) -> str:
    """Put a random password that must be changed into `account`, unsaved; returns it to be shown once."""
    password = make_initial_password()
    now = real_now()
    account.set_password(password)
    account.must_change = True
    account.password_set_at = now
    account.password_expires_at = now + timedelta(hours=settings.INITIAL_PASSWORD_HOURS)
    return password
