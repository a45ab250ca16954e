"""Pages that ask by themselves, again and again, and therefore say nothing about the person."""

from collections.abc import Callable
from typing import Any

from django.urls import ResolverMatch

from core import jobs


def is_poll(match: ResolverMatch | None, view: Callable[..., Any]) -> bool:
    """Whether a request is a poll: its name is listed in core.jobs, or its view says `is_poll = True`."""
    view_class = getattr(view, "view_class", None)
    if getattr(view, "is_poll", False) or getattr(view_class, "is_poll", False):
        return True
    return match is not None and match.view_name in jobs.POLL_URL_NAMES
