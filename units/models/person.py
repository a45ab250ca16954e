"""People of the records: colleagues, citizens, clergy. An account is another thing (accounts.User)."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.text.fields import SearchKeyField, SortKeyField
from core.text.models import KeyedModel
from core.text.querysets import KeyedQuerySet
from units.models.appointment import Appointment
from units.models.scope import seat


class PersonQuerySet(KeyedQuerySet["Person"]):
    def visible_to(self, user: User) -> Self:
        """Persons of units in reach, now or once, those kept by a unit in reach, and the user's own record."""
        reading = seat(user).readable_units()
        served = Appointment.objects.filter(unit__in=reading).values("person")
        return self.filter(Q(pk__in=served) | Q(organiser__in=reading) | Q(user=user))

    def live(self) -> Self:
        """Without the records that were found to be doubles of others."""
        return self.filter(merged_into__isnull=True)

    def placed_on(self, day: date) -> Self:
        """Adds where each stood on `day`: `unit_then_id`, `unit_name_then`, `post_then`."""
        held = Appointment.objects.on(day).filter(person=OuterRef("pk")).order_by("-is_leader", "valid_from", "pk")
        return self.annotate(
            unit_then_id=Subquery(held.values("unit")[:1]),
            unit_name_then=Subquery(held.values("unit__name")[:1]),
            post_then=Subquery(held.values("post")[:1]),
        )

    def by_given_name(self) -> Self:
        return self.order_by("sort_key", "birth_year", "pk")


class Person(KeyedModel):
    """A person whose merit may be recorded. Only the name is required: many have no number and no unit.

    `organiser` is the unit that keeps the record. The identity number is stored ciphered beside a keyed
    code for matching; `units.services.identity` alone reads it, and leaves a trace.
    """

    organiser = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="kept_persons", verbose_name=_("unit keeping the record")
    )
    honorific = models.CharField(_("form of address"), max_length=50, blank=True)
    name = models.CharField(_("full name"), max_length=200)
    search = SearchKeyField(source="name")
    sort_key = SortKeyField(source="name", person=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    residence = models.CharField(_("residence"), max_length=300, blank=True)
    id_cipher = models.TextField(_("identity number, ciphered"), blank=True, editable=False)
    id_hmac = models.CharField(_("identity number, matching code"), max_length=64, null=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="person",
        verbose_name=_("account"),
    )  # fmt: skip
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="doubles",
        verbose_name=_("merged into"),
    )  # fmt: skip
    version = models.PositiveIntegerField(default=0)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("individual")
        indexes = [models.Index(fields=["sort_key"], name="person_sort")]
        constraints = [
            models.UniqueConstraint(
                fields=["id_hmac"], condition=Q(id_hmac__isnull=False), name="person_identity_once"
            ),
            models.CheckConstraint(condition=~Q(pk=F("merged_into")), name="person_merged_other"),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_year=F("birth_date__year")), name="person_birth_year"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """With the form of address, as official lists write it."""
        return f"{self.honorific} {self.name}".strip()

    @property
    def unit_ids(self) -> frozenset[int]:
        """The units whose people may edit this record today: where the person serves, else who keeps it."""
        served = frozenset(a.unit_id for a in self.appointments.all() if a.holds_on(clock.today()))
        return served | {self.organiser_id}

    @property
    def has_identity(self) -> bool:
        return bool(self.id_cipher)
