"""Which unit stood above which, through time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units.models.dated import Dated


class UnitParent(Dated):
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="child_links", verbose_name=_("unit above")
    )
    document = models.CharField(_("by document"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("unit above")
        ordering = ["valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_parent_once"),
            models.CheckConstraint(condition=~Q(unit=F("parent")), name="unit_parent_other"),
        ]
