"""What this room does regularly."""

from django.db import transaction

from core.jobs.tick import register
from units.services.derived import refresh_units

HOUR = 3600.0


@register("units.refresh", every=lambda: HOUR)
@transaction.atomic
def follow_the_day() -> int:
    """A name or a place that was to begin today becomes the present one."""
    return refresh_units()
