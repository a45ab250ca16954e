"""The second factor: what a person has beside the password."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SecondFactor(models.Model):
    """An app that counts six-digit codes from a shared secret and the time (RFC 6238).

    It counts from `confirmed_at` on, once a code was typed back. `coming_secret` is the one being set
    up: the first, or that of a new telephone while the old one still works. Both are ciphered.
    `last_step` is the half-minute of the last code accepted: no code of it or of an earlier one is taken.
    """

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="second_factor")
    secret = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    coming_secret = models.TextField(blank=True)
    coming_since = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("second factor")

    def __str__(self) -> str:
        return f"{self.user_id}"


class RecoveryCode(models.Model):
    """A code kept on paper, in place of the app, for one use. Stored as a keyed hash."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="recovery_codes")
    hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recovery code")
        constraints = [models.UniqueConstraint(fields=["user", "hash"], name="one_recovery_code")]

    def __str__(self) -> str:
        return f"{self.user_id}"
