"""Names of units through time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from units.models.dated import Dated


class UnitName(Dated):
    """A name and code in force for a while. A code may come back for another unit: never ask by code alone."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="names")
    name = models.CharField(_("name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=100, blank=True)
    code = models.CharField(_("code"), max_length=30, blank=True)
    document = models.CharField(_("by document"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("unit name")
        ordering = ["valid_from"]
        indexes = [models.Index(fields=["code", "valid_from"], name="unit_name_code")]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
