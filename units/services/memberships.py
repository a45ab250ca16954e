"""Rights of users: roles granted and ended, deputies named and recalled."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import audit
from core.errors import NotAllowed, ServiceError, Text
from core.registry import Registry
from units.models import Delegation, Membership, Unit
from units.permissions import require
from units.seats import forget_seat
from units.services.periods import end_row, refuse_backwards, refuse_overlap
from units.services.rows import lock
from units.services.units import refuse_not_open

MANAGE = "units.manage_membership"


@dataclass(frozen=True)
class OpenWork:
    """Work that hangs on somebody's role, counted and handed over by the floor that knows it."""

    label: Text
    count: Callable[[Membership], int]
    hand_over: Callable[[Membership, User, User | None], None]


OPEN_WORK: Registry[OpenWork] = Registry("open work of a role")


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: str,
    unit: Unit,
    valid_from: date,
    actor: User | None,
    valid_to: date | None = None,
    document: str = "",
) -> Membership:
    """Let `user` be `role` in `unit` from a day on.

    Raises ServiceError for a disabled account, for oneself, for the same role twice at a time, and for a
    system administrator, who decides nothing.
    """
    require(actor, MANAGE)
    if actor is not None and actor.pk == user.pk:
        raise ServiceError(_("Nobody grants a role to themselves."), field="user")
    refuse_unfit(user, field="user")
    refuse_backwards(valid_from, valid_to)
    refuse_not_open(unit, valid_from, field="valid_from")
    refuse_overlap(Membership.objects.filter(user=user, role=role, unit=unit), start=valid_from, end=valid_to)
    row = Membership.objects.create(
        user=user, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to, document=document
    )
    audit.record(
        "membership.granted", actor=actor, subject=row, organiser_id=unit.pk, reason=document,
        changes={"user": [None, user], "valid_from": [None, valid_from], "valid_to": [None, valid_to]},
    )  # fmt: skip
    forget_seat(user)
    return row


@transaction.atomic
def end_role(
    *, membership_id: int, on: date, reason: str, actor: User | None, receiver: User | None = None,
    version: int | None = None,
) -> Membership:  # fmt: skip
    """Let a role end `on`, its open work going to `receiver`.

    Raises ServiceError if work is open, nobody is named, and nobody else holds the role there: no record
    may be left that nobody can act on.
    """
    require(actor, MANAGE)
    row = lock(Membership, membership_id, actor=actor, version=version)
    work = open_work(row)
    if receiver is not None:
        refuse_unfit(receiver, field="receiver")
        for entry in OPEN_WORK.values():
            entry.hand_over(row, receiver, actor)
    elif work and not others_holding(row, on):
        count = sum(number for _label, number in work)
        text = ngettext(
            "%(count)d open task depends on this role and nobody else holds it: name who receives it.",
            "%(count)d open tasks depend on this role and nobody else holds it: name who receives them.",
            count,
        )
        raise ServiceError(text % {"count": count}, field="receiver")
    changes = end_row(row, on=on)
    if receiver is not None:
        changes["receiver"] = [None, str(receiver)]
    audit.record("membership.ended", actor=actor, subject=row, organiser_id=row.unit_id, changes=changes, reason=reason)
    forget_seat(row.user)
    return row


def open_work(row: Membership) -> list[tuple[Text, int]]:
    """The kinds of open work that hang on a role, with their counts; empty kinds are left out."""
    counted = ((entry.label, entry.count(row)) for entry in OPEN_WORK.values())
    return [(label, count) for label, count in counted if count]


def others_holding(row: Membership, day: date) -> bool:
    same = Membership.objects.on(day).filter(role=row.role, unit=row.unit, user__is_active=True)
    return same.exclude(user=row.user).exists()


@transaction.atomic
def delegate(
    *, membership_id: int, to: User, valid_from: date, valid_to: date, actor: User | None, document: str = ""
) -> Delegation:
    """Let a deputy act in a role for a while. The holder of the role may do this, or an administrator."""
    row = lock(Membership, membership_id, actor=actor)
    refuse_not_entitled(actor, row)
    refuse_unfit(to, field="to")
    if to.pk == row.user_id:
        raise ServiceError(_("Choose somebody other than the holder of the role."), field="to")
    refuse_backwards(valid_from, valid_to)
    if valid_from < row.valid_from or (row.valid_to is not None and valid_to > row.valid_to):
        raise ServiceError(_("The role itself does not hold on all these days."), field="valid_from")
    refuse_overlap(row.delegations.filter(to=to), start=valid_from, end=valid_to)
    made = Delegation.objects.create(membership=row, to=to, valid_from=valid_from, valid_to=valid_to, document=document)
    audit.record(
        "delegation.made", actor=actor, subject=row, organiser_id=row.unit_id, reason=document,
        changes={"to": [None, to], "valid_from": [None, valid_from], "valid_to": [None, valid_to]},
    )  # fmt: skip
    forget_seat(to)
    return made


@transaction.atomic
def end_delegation(
    *, delegation_id: int, on: date, reason: str, actor: User | None, version: int | None = None
) -> Delegation:
    """Recall a deputy before the day that was set."""
    row = lock(Delegation, delegation_id, actor=actor, version=version)
    refuse_not_entitled(actor, row.membership)
    changes = end_row(row, on=on)
    audit.record(
        "delegation.ended", actor=actor, subject=row.membership, organiser_id=row.unit_id,
        changes={"to": [row.to, None], **changes}, reason=reason,
    )  # fmt: skip
    forget_seat(row.to)
    return row


def refuse_not_entitled(actor: User | None, row: Membership) -> None:
    """Raises NotAllowed unless `actor` holds the role or manages roles."""
    if actor is not None and actor.pk != row.user_id and not actor.has_perm(MANAGE):
        raise NotAllowed(MANAGE)


def refuse_unfit(user: User, *, field: str) -> None:
    if not user.is_active:
        raise ServiceError(_("This account is disabled."), field=field)
    if user.is_administrator:
        raise ServiceError(
            _("A system administrator decides and votes on nothing: choose another account."), field=field
        )
