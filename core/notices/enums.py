"""Where a mail stands."""

from django.db import models
from django.utils.translation import pgettext_lazy


class MailState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("mail", "Waiting")
    SENDING = "sending", pgettext_lazy("mail", "Being sent")
    SENT = "sent", pgettext_lazy("mail", "Sent")
    FAILED = "failed", pgettext_lazy("mail", "Could not be sent")


OPEN = (MailState.QUEUED, MailState.SENDING)
