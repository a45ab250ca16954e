"""Blocks and clusters of units that compete with one another in a year."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from units.enums import BlockRole
from units.models.dated import Dated


class Block(models.Model):
    organiser = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="blocks")
    year = models.PositiveSmallIntegerField(_("year"))
    name = models.CharField(_("name"), max_length=300)

    class Meta:
        verbose_name = _("block")
        constraints = [models.UniqueConstraint(fields=["organiser", "year", "name"], name="block_once")]

    def __str__(self) -> str:
        return self.name


class BlockMember(Dated):
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="members")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="block_places")
    role = models.CharField(_("role"), max_length=10, choices=BlockRole, default=BlockRole.MEMBER)

    class Meta(Dated.Meta):
        verbose_name = _("block member")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["block", "unit", "valid_from"], name="block_member_once"),
            models.UniqueConstraint(
                fields=["block"],
                condition=models.Q(role=BlockRole.LEAD, valid_to__isnull=True),
                name="block_one_lead",
            ),
        ]
