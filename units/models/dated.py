"""Rows that hold from a day to a day."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _


def in_force(day: date, prefix: str = "") -> Q:
    """Rows whose half-open period [valid_from, valid_to) holds `day`; `prefix` names a relation."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    )


LASTING = Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
"""A period of at least one day."""

M = TypeVar("M", bound=models.Model)


class DatedQuerySet(models.QuerySet[M]):
    def on(self, day: date) -> Self:
        """The rows in force on `day`."""
        return self.filter(in_force(day))

    def lasting(self) -> Self:
        """Without the rows that were withdrawn before their first day had passed: they hold on no day."""
        return self.filter(LASTING)

    def touching(self, start: date, end: date | None) -> Self:
        """The rows whose period shares at least a day with [start, end)."""
        later = self.lasting().filter(Q(valid_to__isnull=True) | Q(valid_to__gt=start))
        return later if end is None else later.filter(valid_from__lt=end)

    def latest_by(self, day: date) -> Self:
        """For a subquery on one unit: the row standing on `day` first, else the first there ever was."""
        started = Case(When(valid_from__lte=day, then=Value(0)), default=Value(1))
        age = Case(When(valid_from__lte=day, then=F("valid_from")), default=None)
        return self.order_by(started, age.desc(nulls_last=True), "valid_from")


class Dated(models.Model):
    """Half-open: `valid_to` is the first day on which the row no longer holds."""

    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until before"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=LASTING,
                name="%(app_label)s_%(class)s_period",
            )
        ]

    @property
    def withdrawn(self) -> bool:
        """Whether it was ended on its first day and so never held."""
        return self.valid_to == self.valid_from

    def over_on(self, day: date) -> bool:
        """Whether it holds neither on `day` nor later."""
        return self.valid_to is not None and (self.withdrawn or self.valid_to <= day)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Withdrawable(Dated):
    """May end on the very day it begins, and so hold on none: what was granted by mistake ends at once."""

    class Meta(Dated.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_period",
            )
        ]


__all__ = ["LASTING", "Dated", "DatedQuerySet", "Withdrawable", "in_force"]
