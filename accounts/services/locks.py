"""Counting failed sign-ins, and closing the door for a while (decision 15)."""

import logging
import math
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.addresses import counted_address
from accounts.models import AddressTally, SignInLock, User
from accounts.models.lock import SECOND_STEP
from accounts.names import fold_username
from accounts.permissions import require_management
from core import audit
from core.clock import real_now

log = logging.getLogger(__name__)
# A pair that has been quiet for so long begins anew, with the shortest cool-off.
FORGET_AFTER = timedelta(days=1)
# While a name is locked at one address, other addresses have this many tries: slowed, not locked.
TRIES_ELSEWHERE = 2


def pair_of(username: str, address: str) -> dict[str, str]:
    return {"username": fold_username(username)[:150], "address": counted_address(address)}


def second_step_of(username: str) -> dict[str, str]:
    return {**pair_of(username, ""), "address": SECOND_STEP}


def closed_until(*, username: str, address: str, second_step: bool = False) -> datetime | None:
    """Until when nobody may sign in as `username` from `address`, or None if it is open.

    `second_step`: until when no code of the second factor is taken.
    """
    now = real_now()
    counted = second_step_of(username) if second_step else pair_of(username, address)
    ends = [
        lock.locked_until
        for lock in SignInLock.objects.filter(**counted, locked_until__gt=now)
        if lock.locked_until is not None
    ]
    window = timedelta(minutes=settings.LOCKOUT_ADDRESS_MINUTES)
    ends += [
        tally.since + window
        for tally in AddressTally.objects.filter(
            address=counted_address(address), failures__gte=settings.LOCKOUT_ADDRESS_LIMIT, since__gt=now - window
        )
    ]
    return max(ends, default=None)


def seconds_until(end: datetime) -> int:
    return max(1, math.ceil((end - real_now()).total_seconds()))


def failures_of(*, username: str, address: str) -> int:
    lock = SignInLock.objects.filter(**pair_of(username, address)).first()
    return lock.failures if lock else 0


@transaction.atomic
def note_failure(*, username: str, address: str, second_step: bool = False) -> bool:
    """Count a failed try of the pair and of the address; lock the pair when it has had its tries.

    `second_step`: a wrong code, counted for the account. Returns whether this try closed the door. The
    log never names what was typed: it may be a password in the wrong box.
    """
    now = real_now()
    _count_address(counted_address(address), now)
    pair = second_step_of(username) if second_step else pair_of(username, address)
    SignInLock.objects.get_or_create(**pair, defaults={"last_failed": now})
    lock = SignInLock.objects.select_for_update().get(**pair)
    if now - lock.last_failed > FORGET_AFTER:
        lock.failures = lock.times_locked = 0
    lock.failures += 1
    lock.last_failed = now
    closes = lock.failures >= _tries_of(lock, now)
    if closes:
        steps = settings.COOL_OFF_STEPS
        lock.locked_until = now + steps[min(lock.times_locked, len(steps) - 1)]
        lock.times_locked += 1
        lock.failures = 0
        _record_lock(lock)
    lock.save()
    return closes


def _record_lock(lock: SignInLock) -> None:
    """Put the lock into the history of the account, if the name belongs to one."""
    account = User.objects.filter(username=lock.username).first()
    log.warning("Signing in was closed for account %s at %s", account and account.pk, lock.address)
    if account is not None and lock.of_codes:
        audit.record("account.code_locked", actor=None, subject=account)
    elif account is not None:
        audit.record("account.locked", actor=None, subject=account, changes={"address": [None, lock.address]})


def _tries_of(lock: SignInLock, now: datetime) -> int:
    limit: int = settings.AXES_FAILURE_LIMIT
    if lock.of_codes:
        return limit
    elsewhere = SignInLock.objects.filter(username=lock.username, locked_until__gt=now)
    elsewhere = elsewhere.exclude(pk=lock.pk).exclude(address=SECOND_STEP)
    return min(limit, TRIES_ELSEWHERE) if elsewhere.exists() else limit


def _count_address(address: str, now: datetime) -> None:
    window = timedelta(minutes=settings.LOCKOUT_ADDRESS_MINUTES)
    AddressTally.objects.get_or_create(address=address, defaults={"since": now})
    AddressTally.objects.filter(address=address, since__lte=now - window).update(since=now, failures=0)
    AddressTally.objects.filter(address=address).update(failures=F("failures") + 1)


@transaction.atomic
def forget_pair(*, username: str, address: str) -> None:
    """After a successful sign-in the pair and its codes begin anew; the address's own count stays."""
    SignInLock.objects.filter(**pair_of(username, address)).delete()
    SignInLock.objects.filter(**second_step_of(username)).delete()


@transaction.atomic
def unlock_account(*, user: User, actor: User) -> int:
    """Open all locks on an account's name at once. Returns how many there were."""
    require_management(actor)
    opened = SignInLock.objects.filter(username=user.username, locked_until__gt=real_now()).count()
    SignInLock.objects.filter(username=user.username).delete()
    audit.record("account.unlocked", actor=actor, subject=user, changes={"locks": [opened, 0]})
    return opened


@transaction.atomic
def clear_old() -> None:
    """Drop what no longer counts."""
    now = real_now()
    SignInLock.objects.filter(last_failed__lt=now - FORGET_AFTER).delete()
    window = timedelta(minutes=settings.LOCKOUT_ADDRESS_MINUTES)
    AddressTally.objects.filter(since__lt=now - window).delete()
