"""States of a sample record."""

from django.db import models

from core.ui import states


class Sample(models.TextChoices):
    DRAFT = "draft", "Bản nháp"
    SENT = "sent", "Đã gửi"


class Other(models.TextChoices):
    DRAFT = "draft", "Nháp khác"


states.register(Sample.DRAFT, tone="draft")
states.register(Sample.SENT, tone="waiting", icon="send")
