"""Signed-in browsers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Session(models.Model):
    """One browser's session. `key` is a digest: who reads the table cannot take a session over.

    `expires` is the absolute end, set once. The idle end follows from `last_touched`, which is written
    at most once a minute and never by a page that merely polls.
    """

    key = models.CharField(max_length=64, unique=True)
    data = models.TextField()
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, null=True, related_name="sessions")
    ip = models.CharField(_("address"), max_length=45, blank=True)
    agent = models.CharField(_("browser"), max_length=300, blank=True)
    created = models.DateTimeField(_("signed in at"))
    last_touched = models.DateTimeField(_("last active at"))
    expires = models.DateTimeField()

    class Meta:
        verbose_name = _("session")
        ordering = ("-last_touched", "-pk")
        indexes = [models.Index(fields=["user", "expires"]), models.Index(fields=["expires"])]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.ip}"
