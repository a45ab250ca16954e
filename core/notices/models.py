"""A person's inbox, and the mail that waits to go out."""

import logging
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _

from core.clock import real_now
from core.notices.enums import OPEN, MailState
from core.notices.kinds import NOTICES

log = logging.getLogger(__name__)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> Self:
        """A notice is its recipient's alone."""
        return self.filter(recipient_id=user.pk) if user.is_authenticated else self.none()

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def for_inbox(self) -> Self:
        """Unread first, the newest at the top of each part."""
        is_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
        return self.annotate(is_read=is_read).order_by("is_read", "-pk")


class Notice(models.Model):
    """One thing one person should know of."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    target_type = models.CharField(max_length=80)
    target_id = models.BigIntegerField()
    dedupe = models.CharField(max_length=120, null=True, blank=True)
    created_at = models.DateTimeField(default=real_now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        constraints = [models.UniqueConstraint(fields=("recipient", "dedupe"), name="notices_told_once")]
        indexes = [
            models.Index(fields=("recipient",), condition=Q(read_at__isnull=True), name="notices_unread"),
            models.Index(fields=("recipient", "-id"), name="notices_inbox"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The sentence in the reader's language."""
        if self.code in NOTICES:
            try:
                return NOTICES[self.code].text(self.params)
            except (LookupError, TypeError, ValueError):
                # A row outlives the version of the code that wrote its parameters; the inbox must still show.
                log.warning("Notice %s cannot be read", self.pk)
        return str(_("This notice is of a kind that is no longer used."))

    @property
    def url(self) -> str:
        """The page it leads to; empty if there is none any more."""
        return NOTICES[self.code].url(self) if self.code in NOTICES else ""

    @property
    def icon(self) -> str:
        return NOTICES[self.code].icon if self.code in NOTICES else "bell"


class OutgoingMail(models.Model):
    """A mail that has to go out; it stays queued until a mail server has taken it."""

    to = models.EmailField()
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=real_now)
    created_at = models.DateTimeField(default=real_now)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("mail")
        indexes = [models.Index(fields=("state", "next_try"), name="notices_mail_due", condition=Q(state__in=OPEN))]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"
