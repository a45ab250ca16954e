"""What the frame of the pages shows of rooms that lie below it and may not name it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.passwords import WORD_SOURCES
from core import notices
from core.jobs.enums import JobState
from core.ui import navigation, states
from core.ui.context import register_unread


def is_administrator(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_administrator)


def words_of_units() -> Iterator[str]:
    """Names and codes of the units: a password made of them is easy to guess."""
    from units.models import UnitName  # noqa: PLC0415 -- models exist only after ready()

    for name, code in UnitName.objects.order_by().values_list("name", "code").distinct():
        yield from (name, code)


def introduce() -> None:
    """Enter the jobs' and notices' states, menu entries and the unread count."""
    states.register(JobState.QUEUED, tone="waiting")
    states.register(JobState.RUNNING, tone="waiting", icon="loader-2")
    states.register(JobState.SUCCEEDED, tone="approved")
    states.register(JobState.FAILED, tone="failed")
    states.register(JobState.CANCELLED, tone="draft", icon="ban")
    states.register(JobState.EXPIRED, tone="draft", icon="archive")
    navigation.register(
        "my-files", label=_("My files"), icon="download", url_name="jobs:list", order=900, place="account"
    )
    navigation.register(
        "jobs", label=_("Files being made and waiting"), icon="list-check", url_name="jobs:overview",
        visible=is_administrator, order=920,
    )  # fmt: skip
    navigation.register_link("inbox", "notices:inbox")
    register_unread(notices.unread_count)
    WORD_SOURCES.append(words_of_units)
