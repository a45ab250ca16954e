"""Organisations and areas, through time."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.text.fields import SearchKeyField, SortKeyField
from core.text.models import KeyedModel
from core.text.querysets import KeyedQuerySet
from units.enums import AREA_KINDS, PLACE_KINDS, UnitKind, UnitLevel, UnitState
from units.models.scope import seat


class UnitQuerySet(KeyedQuerySet["Unit"]):
    def visible_to(self, user: User) -> Self:
        """Units `user` may open: those in reach of their units, and the line above these.

        The administrator, who sets units up, sees all of them.
        """
        if user.is_active and user.is_administrator:
            return self
        known = seat(user).known_unit_ids
        return self.filter(pk__in=known)

    def open_on(self, day: date) -> Self:
        return self.filter(Q(opened_on__lte=day) & (Q(closed_on__isnull=True) | Q(closed_on__gt=day)))

    def named_on(self, day: date) -> Self:
        """Adds what stood on `day`: `name_then`, `code_then`, `parent_then_id`, `parent_name_then`.

        Before the first day the first name stands, after the last day the last one.
        """
        from units.models.unit_name import UnitName  # noqa: PLC0415 -- they point at this table
        from units.models.unit_parent import UnitParent  # noqa: PLC0415

        names = UnitName.objects.latest_by(day).filter(unit=OuterRef("pk"))
        links = UnitParent.objects.latest_by(day).filter(unit=OuterRef("pk"))
        above = UnitName.objects.latest_by(day).filter(unit=OuterRef("parent_then_id"))
        return self.annotate(
            name_then=Subquery(names.values("name")[:1]),
            code_then=Subquery(names.values("code")[:1]),
            parent_then_id=Subquery(links.values("parent")[:1]),
        ).annotate(parent_name_then=Subquery(above.values("name")[:1]))

    def in_official_order(self) -> Self:
        return self.order_by("official_order", "sort_key", "pk")


class Unit(KeyedModel):
    """An organisation or area. What changes in its life stands in dated rows beside it.

    `name`, `short_name`, `code`, `parent` and `known_names` are derived: the present ones (of a closed
    unit the last), written by `units.services.derived` only.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind)
    level = models.CharField(_("level"), max_length=20, choices=UnitLevel)
    opened_on = models.DateField(_("in operation from"))
    closed_on = models.DateField(_("ceased on"), null=True, blank=True)
    official_order = models.PositiveIntegerField(_("official order"), default=0)
    version = models.PositiveIntegerField(default=0)

    name = models.CharField(_("name"), max_length=300, editable=False)
    short_name = models.CharField(_("short name"), max_length=100, editable=False, blank=True)
    code = models.CharField(_("code"), max_length=30, editable=False, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="children",
        verbose_name=_("unit above"),
    )  # fmt: skip
    known_names = models.TextField(editable=False, blank=True)
    search = SearchKeyField(source="known_names")
    sort_key = SortKeyField(source="name")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        indexes = [
            models.Index(fields=["sort_key"], name="unit_sort"),
            models.Index(fields=["official_order", "sort_key", "id"], name="unit_official_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("opened_on")), name="unit_days"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def unit_id(self) -> int:
        """Rights are asked of a unit as of any record that belongs to it."""
        return self.pk

    def state_on(self, day: date) -> UnitState:
        if day < self.opened_on:
            return UnitState.COMING
        return UnitState.CLOSED if self.closed_on and self.closed_on <= day else UnitState.OPEN

    def name_on(self, day: date) -> str:
        """The name on `day`; before the first name the first, after the last the last."""
        rows = sorted(self.names.all(), key=lambda row: row.valid_from)
        if not rows:
            return self.name
        return next((row for row in reversed(rows) if row.valid_from <= day), rows[0]).name

    def parent_on(self, day: date) -> "Unit | None":
        """The unit above on `day`; of a closed unit the last one."""
        rows = sorted(self.parents.select_related("parent"), key=lambda row: row.valid_from)
        row = next((row for row in reversed(rows) if row.valid_from <= day), rows[0] if rows else None)
        return row.parent if row else None

    @property
    def is_area(self) -> bool:
        return self.kind in AREA_KINDS

    @property
    def name_inside(self) -> str:
        """The name as it reads inside a sentence: areas begin with a small letter there."""
        return inside(self.name, self.kind)


def inside(name: str, kind: str) -> str:
    """`name` of a unit of `kind` as it reads inside a sentence."""
    return name[:1].lower() + name[1:] if kind in PLACE_KINDS else name
