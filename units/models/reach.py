"""The closure of lines and successions, derived so that scope is one indexed look-up."""

from django.db import models

from units.enums import ReachVia
from units.models.dated import Dated


class UnitReach(Dated):
    """`ancestor` reaches `unit` for a while. Written by `units.services.reach` only."""

    ancestor = models.ForeignKey("units.Unit", on_delete=models.CASCADE, related_name="reaches")
    unit = models.ForeignKey("units.Unit", on_delete=models.CASCADE, related_name="reached_by")
    via = models.CharField(max_length=12, choices=ReachVia)

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["ancestor", "valid_to", "unit"], name="unit_reach_down")]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["ancestor", "unit", "via", "valid_from"], name="unit_reach_once"),
        ]
