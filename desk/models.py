"""That somebody's desk was looked through for the mail of a day."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.clock import real_now


class DigestMark(models.Model):
    """One look a person and day, whether it led to a mail (`items` > 0) or not. Its row is what makes it once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_marks", verbose_name=_("account")
    )
    day = models.DateField(_("day"))
    items = models.PositiveIntegerField(_("items"), default=0)
    made_at = models.DateTimeField(_("made at"), default=real_now)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day:%Y-%m-%d}"
