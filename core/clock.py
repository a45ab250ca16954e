"""The one business date.

Law, roles and deadlines ask ``today()`` and ``now()``. Demo accounts may stand on another day; the
shift lives in a context variable, so it follows a request or a job and nothing else. Audit, leases
and sessions ask ``real_now()``, which nothing can move.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_shift: ContextVar[timedelta] = ContextVar("business_clock_shift", default=timedelta())


def real_now() -> datetime:
    """The machine's time, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 -- the one place that reads the machine's clock


def now() -> datetime:
    """Business time: the machine's, moved by the shift in force here."""
    return (real_now() + _shift.get()).astimezone(ZONE)


def today() -> date:
    """The business day in Việt Nam."""
    return now().date()


def real_today() -> date:
    """The machine's day in Việt Nam."""
    return real_now().astimezone(ZONE).date()


@contextmanager
def on_day(day: date | None) -> Iterator[None]:
    """Let the business clock stand on `day` inside the block, the hour running on; None: no shift.

    The caller answers for the permission to do so: the middleware and the job runner allow it in demo
    mode only.
    """
    shift = timedelta() if day is None else day - real_today()
    token = _shift.set(shift)
    try:
        yield
    finally:
        _shift.reset(token)
