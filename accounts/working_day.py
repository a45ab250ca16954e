"""Who may stand on a business day of their own."""

from django.conf import settings


def may_differ() -> bool:
    """Whether accounts may choose their working day: with demo data and in tests, never with real data."""
    return bool(settings.DEMO or settings.MODE == "test")
