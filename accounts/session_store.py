"""Sessions kept in our own table, with an idle and an absolute end (decision 14)."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction

from accounts.models import Session, User
from core.clock import real_now

TOUCH_EVERY = timedelta(minutes=1)
KEEP_ENDED = timedelta(days=1)


def digest(session_key: str) -> str:
    """What the table keeps of a session's key: a reader of a backup cannot use it as a cookie."""
    return hashlib.sha256(session_key.encode()).hexdigest()


def idle_limit(*, administrator: bool) -> timedelta:
    """How long a session may lie idle; an administrator's less long."""
    seconds = settings.SESSION_IDLE_SECONDS
    if administrator:
        seconds = min(seconds, settings.SESSION_IDLE_SECONDS_ADMINISTRATOR)
    return timedelta(seconds=seconds)


def is_over(row: Session, now: datetime) -> bool:
    """Whether `row` has reached its absolute or its idle end."""
    administrator = row.user is not None and row.user.is_administrator
    return now >= row.expires or now - row.last_touched >= idle_limit(administrator=administrator)


class SessionStore(SessionBase):
    """One browser's session.

    `ended` says that the browser came with a session that is no longer one; `ended_user` whose it was, if
    it merely ran out (the row is left for a while, so that a form sent too late can still be kept).
    """

    def __init__(self, session_key: str | None = None, *, ip: str = "", agent: str = "") -> None:
        super().__init__(session_key)
        self.ip = ip
        self.agent = agent
        self.ended = False
        self.ended_user: User | None = None
        self._touched: datetime | None = None

    def load(self) -> dict[str, Any]:
        key = self.session_key or ""
        row = Session.objects.select_related("user").filter(key=digest(key)).first()
        if row is None or is_over(row, real_now()):
            self.ended = bool(key)
            self.ended_user = row.user if row is not None else None
            self._session_key = None
            return {}
        self._touched = row.last_touched
        return self.decode(row.data)

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(key=digest(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write the content; raises UpdateError if the session was ended meanwhile elsewhere."""
        if self.session_key is None:
            self.create()
            return
        content = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        values = {"data": self.encode(content), "user_id": content.get(SESSION_KEY)}
        if not must_create:
            if not Session.objects.filter(key=digest(self.session_key)).update(**values):
                raise UpdateError
            return
        self._insert(values)

    def _insert(self, values: dict[str, Any]) -> None:
        now = real_now()
        try:
            with transaction.atomic():
                Session.objects.create(
                    key=digest(str(self.session_key)),
                    ip=self.ip[:45],
                    agent=self.agent[:300],
                    created=now,
                    last_touched=now,
                    expires=now + timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS),
                    **values,
                )
        except IntegrityError as error:
            raise CreateError from error
        self._touched = now

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(key=digest(key)).delete()

    def touch(self) -> None:
        """Note that the person is active; written at most once a minute."""
        self._get_session()  # type: ignore[attr-defined]  # loads once
        now = real_now()
        if self.session_key is None or self._touched is None or now - self._touched < TOUCH_EVERY:
            return
        Session.objects.filter(key=digest(self.session_key)).update(last_touched=now)
        self._touched = now

    @classmethod
    def clear_expired(cls) -> None:
        """Delete what ran out a day ago or earlier, and what nobody signed in with."""
        now = real_now()
        Session.objects.filter(expires__lte=now - KEEP_ENDED).delete()
        Session.objects.filter(last_touched__lte=now - KEEP_ENDED - idle_limit(administrator=False)).delete()
