"""Setting up, using and taking away the second factor.

Whoever takes part in it locks the account first: signing in, setting up and resetting then follow one
another, and no session is opened without a code that was asked for a moment before.
"""

import hmac
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import codes
from accounts.models import RecoveryCode, SecondFactor, User
from accounts.permissions import require_management
from accounts.second_factor_rule import is_required
from accounts.services import sessions
from accounts.services.accounts import given_reason, locked
from core import audit, notices
from core.ciphers import FieldCipher, Unreadable
from core.clock import real_now
from core.errors import ServiceError, WrongState

SECRETS = FieldCipher("second factor")
RECOVERY = FieldCipher("recovery code")
# A square that was shown longer ago than this is drawn anew: somebody may have seen it meanwhile.
SET_UP_TIME = timedelta(hours=1)


class NotReadable(ServiceError):
    """The secret was stored with another FIELD_KEY: only a reset helps."""


def has_factor(user: User) -> bool:
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def coming_secret(user: User) -> str | None:
    """The secret being set up, if that was begun not too long ago and can still be read."""
    row = SecondFactor.objects.filter(user=user, coming_since__gt=real_now() - SET_UP_TIME).first()
    try:
        return _read(row.coming_secret) if row is not None else None
    except NotReadable:
        return None


@transaction.atomic
def begin_set_up(*, user: User, password: str | None = None) -> None:
    """Make a secret for a new app. The present one, if there is one, works until the new one is confirmed.

    The password must be given unless the person is made to set the factor up. Raises ServiceError at
    `password`.
    """
    account = locked(user.pk)
    if has_factor(account) or not is_required(account):
        _check_password(account, password)
    if coming_secret(account) is None:
        SecondFactor.objects.update_or_create(
            user=account,
            defaults={"coming_secret": SECRETS.cipher(codes.make_secret()), "coming_since": real_now()},
        )


@transaction.atomic
def confirm(*, user: User, code: str, keep_session: str | None = None) -> list[str]:
    """Begin to use the new app: its code was typed back. Returns new recovery codes, to be shown once.

    All other sessions end; `keep_session` is the present one's key. Raises ServiceError at `code`.
    """
    account = locked(user.pk)
    secret = coming_secret(account)
    if secret is None:
        raise WrongState(_("The setting-up took too long. Begin again."))
    step = codes.matching_step(secret, code, now=real_now())
    if step is None:
        raise ServiceError(_("The code does not fit. Wait for the next one, and see that the phone's clock is right."),
                           field="code")  # fmt: skip
    replaced = has_factor(account)
    SecondFactor.objects.filter(user=account).update(
        secret=SECRETS.cipher(secret), confirmed_at=real_now(), last_step=step, coming_secret="", coming_since=None
    )
    fresh = _new_codes(account)
    sessions.end_of(account, except_key=keep_session)
    action = "account.second_factor_replaced" if replaced else "account.second_factor_set_up"
    audit.record(action, actor=account, subject=account)
    return fresh


@transaction.atomic
def renew_codes(*, user: User, password: str) -> list[str]:
    """New recovery codes in place of all old ones; returned to be shown once. Raises ServiceError, WrongState."""
    account = locked(user.pk)
    _check_password(account, password)
    if not has_factor(account):
        raise WrongState(_("Two-step sign-in is not turned on."))
    fresh = _new_codes(account)
    audit.record("account.recovery_codes_renewed", actor=account, subject=account)
    return fresh


@transaction.atomic
def remove(*, user: User, password: str, keep_session: str | None = None) -> None:
    """Do without the second factor again. Raises WrongState where the person's roles require it."""
    account = locked(user.pk)
    if is_required(account):
        raise WrongState(_("Your roles require two-step sign-in. It cannot be turned off."))
    _check_password(account, password)
    if not _delete(account):
        raise WrongState(_("Two-step sign-in is not turned on."))
    sessions.end_of(account, except_key=keep_session)
    audit.record("account.second_factor_removed", actor=account, subject=account)


@transaction.atomic
def reset(*, actor: User | None, account_id: int, reason: str) -> User:
    """Take the second factor of somebody who lost it away, end the sessions and tell the person.

    `actor` None is the system, from the command line: the last administrator may lose a telephone too.
    Raises WrongState for one's own account and for one that has none.
    """
    require_management(actor)
    account = locked(account_id)
    if actor is not None and account.pk == actor.pk:
        raise WrongState(_("You cannot reset your own second factor. Ask another administrator."))
    why = given_reason(reason)
    if not _delete(account):
        raise WrongState(_("Two-step sign-in is not turned on."))
    ended = sessions.end_of(account)
    audit.record(
        "account.second_factor_reset", actor=actor, subject=account, reason=why, changes={"sessions": [ended, 0]}
    )
    _tell(account, "second_factor_reset")
    return account


@transaction.atomic
def accept_code(*, user: User, code: str) -> bool:
    """Whether `code` is the app's present one; it is used up then.

    The step is written by one conditional statement: of two who send the same code at the same moment
    one finds it used. Raises NotReadable.
    """
    factor = SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        return False
    step = codes.matching_step(_read(factor.secret), code, now=real_now())
    if step is None:
        return False
    return SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step) == 1


@transaction.atomic
def accept_recovery_code(*, user: User, code: str) -> bool:
    """Whether `code` is one of the person's recovery codes that was not used before; it is used up then."""
    typed = hash_of(user, codes.bare_recovery_code(code))
    found = None
    for row in RecoveryCode.objects.filter(user=user, used_at__isnull=True):
        if hmac.compare_digest(row.hash, typed):
            found = row
    if found is None:
        return False
    if not RecoveryCode.objects.filter(pk=found.pk, used_at__isnull=True).update(used_at=real_now()):
        return False
    audit.record("account.recovery_code_used", actor=user, subject=user, changes={"left": [None, codes_left(user)]})
    return True


def codes_left(user: User) -> int:
    """How many recovery codes were not used yet."""
    return RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()


def tell_of_lock(user: User) -> None:
    """Let the person know that somebody who has the password guesses at the code."""
    _tell(user, "second_factor_locked")


def hash_of(user: User, bare: str) -> str:
    """What the table keeps of a recovery code. The code is random enough for a fast keyed hash."""
    return RECOVERY.code(f"{user.pk} {bare}")


def _new_codes(account: User) -> list[str]:
    RecoveryCode.objects.filter(user=account).delete()
    fresh = codes.make_recovery_codes()
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(user=account, hash=hash_of(account, codes.bare_recovery_code(code))) for code in fresh]
    )
    return fresh


def _delete(account: User) -> bool:
    """Delete factor and codes; returns whether the factor was in use."""
    RecoveryCode.objects.filter(user=account).delete()
    used = has_factor(account)
    SecondFactor.objects.filter(user=account).delete()
    return used


def _tell(account: User, code: str) -> None:
    notices.after_commit(code, recipients=[account], target=account)
    if account.email:
        notices.queue_mail(code, to=account.email, params={"name": account.full_name}, language=account.language)


def _check_password(account: User, password: str | None) -> None:
    if not account.check_password(password or ""):
        raise ServiceError(_("This is not your present password."), field="password")


def _read(stored: str) -> str:
    try:
        return SECRETS.decipher(stored)
    except Unreadable as error:
        raise NotReadable(
            _("Your app can no longer be checked: the installation's key was changed. Ask the system administrator.")
        ) from error
