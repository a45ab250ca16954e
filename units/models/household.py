"""Households, which are commended as such."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.text.fields import SearchKeyField, SortKeyField
from core.text.models import KeyedModel
from core.text.querysets import KeyedQuerySet
from units.models.scope import seat


class HouseholdQuerySet(KeyedQuerySet["Household"]):
    def visible_to(self, user: User) -> Self:
        """Households of the units in reach."""
        return self.filter(unit__in=seat(user).readable_units())


class Household(KeyedModel):
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="households", verbose_name=_("unit"))
    name = models.CharField(_("name of the household"), max_length=200)
    head = models.ForeignKey(
        "units.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="headed_households",
        verbose_name=_("head of the household"),
    )  # fmt: skip
    search = SearchKeyField(source="name")
    sort_key = SortKeyField(source="name", person=True)
    version = models.PositiveIntegerField(default=0)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("household")
        indexes = [models.Index(fields=["sort_key"], name="household_sort")]

    def __str__(self) -> str:
        return self.name

    @property
    def organiser_id(self) -> int:
        return self.unit_id
