"""What this room does regularly."""

from core.jobs.tick import register
from desk.services.digests import send_due_digests

MINUTE = 60.0


@register("desk.digests", every=lambda: MINUTE)
def send_some_digests() -> int:
    """The next few people of the morning; whoever was looked at today is not looked at again."""
    return send_due_digests()
