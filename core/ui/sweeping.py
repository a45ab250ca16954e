"""What the pages remembered and nobody needs any more: drafts nobody came back for, keys of old posts."""

from datetime import timedelta

from core.clock import real_now
from core.jobs.tick import register
from core.ui.models import Draft, PostOnce

DRAFT_DAYS = 180  # units come back a few times a year
POST_DAYS = 3
DAILY = 24 * 3600.0


@register("ui.sweep", every=lambda: DAILY)
def sweep() -> None:
    """Drop drafts untouched for half a year and the keys of posts that no open page can repeat."""
    now = real_now()
    Draft.objects.filter(updated__lt=now - timedelta(days=DRAFT_DAYS)).delete()
    PostOnce.objects.filter(created__lt=now - timedelta(days=POST_DAYS)).delete()
