"""What the frame of each page asks."""

from typing import Any

from core.notices.models import Notice


def count_unread(user: Any) -> int:
    """How many notices `user` has not read."""
    return Notice.objects.visible_to(user).unread().count()
