"""The states of a stored file."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class FileState(TextChoices):
    """pending: row written, bytes on their way; held: kept back, never served; gone: expired and removed."""

    PENDING = "pending", pgettext_lazy("file", "Being stored")
    READY = "ready", pgettext_lazy("file", "Ready")
    HELD = "held", pgettext_lazy("file", "Held back")
    GONE = "gone", pgettext_lazy("file", "Removed")
