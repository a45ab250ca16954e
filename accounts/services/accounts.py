"""Accounts and their state. Only administrators, and the system itself, write here."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import fold_username
from accounts.permissions import require_management
from accounts.services import sessions
from accounts.services.passwords import give_initial_password
from core import audit
from core.errors import MovedOn, ServiceError, WrongState
from core.text import clean_line

EDITABLE = ("full_name", "email", "phone", "is_administrator")


@transaction.atomic
def create_account(
    *,
    actor: User | None,
    username: str,
    full_name: str,
    email: str | None = None,
    phone: str = "",
    is_administrator: bool = False,
) -> tuple[User, str]:
    """Open an account. Returns it and its initial password, which is kept nowhere.

    `actor` None is the system: the first administrator is made from the command line. Raises
    ServiceError at `username` if the name is taken or malformed, at `full_name` if it is empty.
    """
    require_management(actor)
    account = User(username=fold_username(username), is_administrator=is_administrator)
    _fill(account, full_name=full_name, email=email, phone=phone)
    password = give_initial_password(account)
    _check(account)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise ServiceError(_("This user name is taken."), field="username") from error
    audit.record(
        "account.created",
        actor=actor,
        subject=account,
        changes={name: [None, value] for name, value in _facts(account).items()},
    )
    return account, password


@transaction.atomic
def edit_account(
    *,
    actor: User,
    account_id: int,
    version: int,
    full_name: str,
    email: str | None,
    phone: str,
    is_administrator: bool,
) -> User:
    """Change the facts of an account. Raises MovedOn if it changed since `version` was shown."""
    require_management(actor)
    administrators = _lock_administrators()
    account = locked(account_id, version=version)
    before = _facts(account)
    if account.is_administrator and not is_administrator:
        _keep_an_administrator(account, administrators, actor=actor)
    _fill(account, full_name=full_name, email=email, phone=phone)
    account.is_administrator = is_administrator
    _check(account)
    account.version += 1
    account.save()
    after = _facts(account)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if before["is_administrator"] and not is_administrator:
        sessions.end_of(account)
    audit.record("account.edited", actor=actor, subject=account, changes=changes)
    return account


@transaction.atomic
def reset_password(*, actor: User, account_id: int) -> tuple[User, str]:
    """Give an account a new initial password and end its sessions. Returns the password, to be shown once.

    Raises WrongState for an inactive account and for one's own: that one is changed with the old one.
    """
    require_management(actor)
    account = locked(account_id)
    if account.pk == actor.pk:
        raise WrongState(_("Change your own password on the page “Change password”."))
    if not account.is_active:
        raise WrongState(_("The account is not active. Activate it first."))
    password = give_initial_password(account)
    account.version += 1
    account.save()
    ended = sessions.end_of(account)
    audit.record("account.password_reset", actor=actor, subject=account, changes={"sessions": [ended, 0]})
    return account, password


@transaction.atomic
def deactivate_account(*, actor: User, account_id: int, reason: str) -> User:
    """Close an account at once, its sessions too. Its records stay. Raises WrongState, ServiceError."""
    require_management(actor)
    administrators = _lock_administrators()
    account = locked(account_id)
    if not account.is_active:
        raise WrongState(_("The account is inactive already."))
    if account.pk == actor.pk:
        raise WrongState(_("You cannot deactivate your own account. Ask another administrator."))
    _keep_an_administrator(account, administrators, actor=actor)
    account.is_active = False
    account.version += 1
    account.save()
    ended = sessions.end_of(account)
    audit.record(
        "account.deactivated",
        actor=actor,
        subject=account,
        reason=given_reason(reason),
        changes={"is_active": [True, False], "sessions": [ended, 0]},
    )
    return account


@transaction.atomic
def reactivate_account(*, actor: User, account_id: int, reason: str) -> tuple[User, str]:
    """Open a closed account again, with a new initial password. Returns both. Raises WrongState."""
    require_management(actor)
    account = locked(account_id)
    if account.is_active:
        raise WrongState(_("The account is active already."))
    account.is_active = True
    password = give_initial_password(account)
    account.version += 1
    account.save()
    audit.record(
        "account.reactivated",
        actor=actor,
        subject=account,
        reason=given_reason(reason),
        changes={"is_active": [False, True]},
    )
    return account, password


def locked(account_id: int, *, version: int | None = None) -> User:
    """The account, locked until the transaction ends; raises MovedOn for another version."""
    account: User = User.objects.select_for_update(no_key=True).get(pk=account_id)
    if version is not None and account.version != version:
        raise MovedOn(subject=account)
    return account


def given_reason(reason: str) -> str:
    """The reason in one line; raises ServiceError at `reason` if it is empty."""
    reason = clean_line(reason)
    if not reason:
        raise ServiceError(_("State the reason."), field="reason")
    return reason


def _lock_administrators() -> set[int]:
    """The active administrators, locked before anything else and always in the same order.

    Two who remove each other at the same moment then wait in line instead of both succeeding, and
    cannot wait for each other. `no_key`: rows elsewhere that point at these accounts need not wait.
    """
    active = User.objects.select_for_update(no_key=True).filter(is_administrator=True, is_active=True).order_by("pk")
    return {administrator.pk for administrator in active}


def _keep_an_administrator(account: User, administrators: set[int], *, actor: User) -> None:
    """Refuse to take away the last active administrator, or one's own office."""
    if not account.is_administrator:
        return
    if not administrators - {account.pk}:
        raise WrongState(_("This is the last active administrator. Name another one first."))
    if account.pk == actor.pk:
        raise WrongState(_("You cannot give up your own administration. Ask another administrator."))


def _fill(account: User, *, full_name: str, email: str | None, phone: str) -> None:
    account.full_name = clean_line(full_name)
    account.email = clean_line(email or "").lower() or None
    account.phone = clean_line(phone)


def _check(account: User) -> None:
    """Raise ServiceError at the first field that does not hold."""
    try:
        account.clean_fields(exclude=["password"])
        account.validate_unique()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        if field == "username" and any(e.code == "unique" for e in error.error_dict[field]):
            raise ServiceError(_("This user name is taken."), field=field) from error
        raise ServiceError(messages[0], field=field) from error


def _facts(account: User) -> dict[str, object]:
    return {name: getattr(account, name) for name in ("username", *EDITABLE)}
