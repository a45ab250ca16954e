"""What the frame of the pages shows of rooms that lie below it and may not name it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import notices
from core.jobs.enums import JobState
from core.ui import navigation, states
from core.ui.context import register_unread


def is_administrator(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_administrator)


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
