"""The mail of what waits: to whoever has an address, has something to do and has not switched it off."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation

from accounts import working_day
from accounts.models import User
from accounts.models.user import Digest
from core import clock, notices
from core.text import format_date
from desk.items import in_words, pending_of
from desk.models import DigestMark

CODE = "desk.digest"
EARLIEST, LATEST = time(6, 30), time(18, 0)
"""Mails go out in the morning; after a day without a worker no mail of the morning comes at night."""
BATCH = 25
"""People looked through in one tick, so that a tick stays short."""
MOST_ROWS = 12
MONDAY, SATURDAY = 0, 5


def wanted_on(day: date) -> list[str]:
    """Which choices of people a day serves: the daily ones on working days, the weekly ones on Monday too."""
    if day.weekday() >= SATURDAY:
        return []
    return [Digest.DAILY, Digest.WEEKLY] if day.weekday() == MONDAY else [Digest.DAILY]


def people_to_look_at(day: date) -> "QuerySet[User]":
    """Active accounts with an address that want a mail on `day` and were not looked at yet."""
    seen = DigestMark.objects.filter(user=OuterRef("pk"), day=day)
    rows: QuerySet[User] = (
        User.objects.filter(is_active=True, digest__in=wanted_on(day)).exclude(email=None).exclude(email="")
    )
    return rows.filter(~Exists(seen)).order_by("pk")


def send_due_digests() -> int:
    """Look through the next people of today; returns how many mails were put into the outbox."""
    return send_digests_at(clock.real_now().astimezone(clock.ZONE))


def send_digests_at(now: datetime) -> int:
    """The same for a moment in Việt Nam."""
    if not EARLIEST <= now.time() <= LATEST:
        return 0
    return sum(send_digest(user=user, day=now.date()) for user in people_to_look_at(now.date())[:BATCH])


@transaction.atomic
def send_digest(*, user: User, day: date) -> bool:
    """Look at one desk once a day and put its mail into the outbox, if anything waits. Returns whether it did.

    The mark comes first: of two workers at the same person one waits for it and then finds it there.
    """
    mark, is_new = DigestMark.objects.get_or_create(user=user, day=day)
    if not is_new:
        return False
    with clock.on_day(user.working_day if working_day.may_differ() else None), translation.override(user.language):
        params = params_for(user)
    if params is None:
        return False
    DigestMark.objects.filter(pk=mark.pk).update(items=params["count"])
    notices.queue_mail(CODE, to=user.email or "", params=params, language=user.language)
    return True


def params_for(user: User) -> dict[str, Any] | None:
    """What the mail says, as plain data in the reader's language; None where nothing waits."""
    pending, today = pending_of(user), clock.today()
    if not pending:
        return None
    late = sum(row.due_on is not None and row.due_on < today for row in pending)
    rows = [
        {
            "title": str(item.title), "why": str(item.why), "due": format_date(item.due_on) if item.due_on else "",
            "late": item.due_on is not None and item.due_on < today,
        }
        for item in in_words(pending[:MOST_ROWS])
    ]  # fmt: skip
    return {"name": user.full_name, "count": len(pending), "late": late, "rows": rows}
