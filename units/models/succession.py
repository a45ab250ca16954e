"""Which unit came after which."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units.enums import SuccessionKind


class Succession(models.Model):
    """`successor` takes over from `predecessor` on the day `on`. It reads what is past, it never writes it."""

    predecessor = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="successions", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="precessions", verbose_name=_("successor")
    )
    on = models.DateField(_("on"))
    kind = models.CharField(_("kind"), max_length=20, choices=SuccessionKind)
    document = models.CharField(_("by document"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("succession")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_other"),
        ]
