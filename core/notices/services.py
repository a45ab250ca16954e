"""Telling people, and their reading of it. Reading one's own inbox leaves no audit entry."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from core.clock import real_now
from core.notices.kinds import NOTICES, Params
from core.notices.models import Notice


@transaction.atomic
def tell(
    code: str,
    *,
    recipients: Iterable[Any],
    target: models.Model,
    params: Params | None = None,
    dedupe: str | None = None,
) -> None:
    """See `core.notices.after_commit`."""
    NOTICES[code]  # an unknown code fails here, not in somebody's inbox
    # In one order everywhere: two transactions that tell the same people must not wait for each other.
    keys = sorted({person if isinstance(person, int) else person.pk for person in recipients})
    Notice.objects.bulk_create(
        [
            Notice(
                recipient_id=key, code=code, params=dict(params or {}), target_type=target._meta.label_lower,
                target_id=target.pk, dedupe=dedupe,
            )
            for key in keys
        ],
        ignore_conflicts=True,
        batch_size=500,
    )  # fmt: skip


@transaction.atomic
def open_notice(*, notice_id: int, actor: Any) -> Notice:
    """Mark one of the actor's notices as read. Raises Notice.DoesNotExist for somebody else's."""
    notice = Notice.objects.visible_to(actor).get(pk=notice_id)
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=real_now())
    return notice


@transaction.atomic
def read_all(*, actor: Any, up_to: int) -> int:
    """Mark all notices read that the actor's page showed (ids up to `up_to`); returns how many."""
    return Notice.objects.visible_to(actor).unread().filter(pk__lte=up_to).update(read_at=real_now())
