"""Whom to ask for help."""

from django.conf import settings


def help_lines() -> list[str]:
    """The lines of the setting HELP_CONTACT."""
    return [line.strip() for line in settings.HELP_CONTACT.split("|") if line.strip()]
