"""What an award points to."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.text.fields import SearchKeyField
from core.text.models import KeyedModel
from core.text.querysets import KeyedQuerySet
from units.enums import GroupKind, SubjectKind
from units.models.household import Household
from units.models.person import Person
from units.models.scope import seat

_POINTERS = ("unit", "person", "household")


def _exactly_one() -> Q:
    """The pointer of the kind is set and no other; a group has its name and its keeper instead."""
    cases = Q(pk__in=[])
    for kind in _POINTERS:
        empty = {f"{other}__isnull": True for other in _POINTERS if other != kind}
        cases |= Q(kind=kind, group_name="", organiser__isnull=True, **{f"{kind}__isnull": False}, **empty)
    nothing = {f"{kind}__isnull": True for kind in _POINTERS}
    return cases | (Q(kind=SubjectKind.GROUP, organiser__isnull=False, **nothing) & ~Q(group_name=""))


class SubjectQuerySet(KeyedQuerySet["Subject"]):
    def visible_to(self, user: User) -> Self:
        """Subjects whose unit, person or household is visible, and groups kept by a unit in reach."""
        mine = seat(user)
        return self.filter(
            Q(unit__in=mine.known_unit_ids)
            | Q(person__in=Person.objects.visible_to(user).order_by().values("pk"))
            | Q(household__in=Household.objects.visible_to(user).order_by().values("pk"))
            | Q(organiser__in=mine.readable_units())
        )

    def with_targets(self) -> Self:
        return self.select_related("unit", "person", "household", "organiser")


class Subject(KeyedModel):
    """Exactly one of a unit, a person, a household or a named group. Made by `subject_for` when first needed.

    Groups are what no register holds: a couple, an enterprise from elsewhere, "the people and officials of …".
    """

    kind = models.CharField(_("kind"), max_length=12, choices=SubjectKind)
    unit = models.OneToOneField("units.Unit", on_delete=models.PROTECT, null=True, related_name="subject")
    person = models.OneToOneField("units.Person", on_delete=models.PROTECT, null=True, related_name="subject")
    household = models.OneToOneField("units.Household", on_delete=models.PROTECT, null=True, related_name="subject")
    group_name = models.CharField(_("name of the group"), max_length=300, blank=True)
    group_kind = models.CharField(_("kind of group"), max_length=12, choices=GroupKind, blank=True)
    organiser = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, related_name="kept_groups",
        verbose_name=_("unit keeping the record"),
    )  # fmt: skip
    search = SearchKeyField(source="group_name")

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject")
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="subject_exactly_one"),
            models.UniqueConstraint(
                fields=["organiser", "group_name"], condition=Q(kind="group"), name="subject_group_once"
            ),
        ]

    def __str__(self) -> str:
        return self.printed_name

    @property
    def target(self) -> models.Model | None:
        """The unit, person or household; None for a group."""
        return {"unit": self.unit, "person": self.person, "household": self.household}.get(self.kind)

    @property
    def printed_name(self) -> str:
        """The name with its form of address, as it stands today; awards keep their own snapshot."""
        return self.group_name if self.kind == SubjectKind.GROUP else str(self.target)

    @property
    def unit_ids(self) -> frozenset[int]:
        """The units to which the subject belongs today, for questions of right."""
        if self.kind == SubjectKind.PERSON and self.person is not None:
            return self.person.unit_ids
        household = self.household.unit_id if self.household else None
        one = {"unit": self.unit_id, "household": household}.get(self.kind, self.organiser_id)
        return frozenset() if one is None else frozenset({one})
