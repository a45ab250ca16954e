"""The ledger: who was commended with what, as printed that day."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import CommendationSource, CommendationState
from awards.models.decision import Decision
from awards.models.nomination import Nomination
from awards.models.scope import in_reach, organised
from campaigns.models.base import Versioned
from catalogue.enums import CommendationKind
from core.text.fields import SearchKeyField, SortKeyField
from core.text.models import KeyedModel
from core.text.querysets import KeyedQuerySet
from units.enums import SubjectClass

SNAPSHOT = frozenset(
    {
        "honorific", "printed_name", "printed_post", "printed_unit", "printed_award", "printed_merit",
        "printed_decision", "printed_issuer", "awarded_on", "award_version", "subject",
    }
)  # fmt: skip
"""What stood on the paper. A mistake is mended by a correcting decision and another row, never here."""


def refuse_snapshot(columns: Iterable[str]) -> None:
    """Raises TypeError if a column of the printed snapshot is about to be changed."""
    touched = SNAPSHOT.intersection(name.removesuffix("_id") for name in columns)
    if touched:
        raise TypeError(f"Printed on a decision, never changed: {', '.join(sorted(touched))}.")


class CommendationQuerySet(KeyedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Entered by my committees, and of units in my reach."""
        return self.filter(organised(user, "organiser") | in_reach(user, "unit"))

    def in_force(self) -> Self:
        return self.filter(state=CommendationState.IN_FORCE)

    def update(self, **kwargs: Any) -> int:
        refuse_snapshot(kwargs)
        return super().update(**kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        names = list(fields)
        refuse_snapshot(names)
        return super().bulk_update(objs, names, batch_size=batch_size)


class Commendation(KeyedModel, Versioned):
    """A row per recipient and award. `unit` is the living unit it counts for; the printed one may be gone."""

    organiser = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="commendations_entered", verbose_name=_("committee")
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="commendations", verbose_name=_("decision")
    )
    nomination = models.OneToOneField(
        Nomination, models.PROTECT, null=True, blank=True, related_name="commendation", verbose_name=_("nomination")
    )
    subject = models.ForeignKey(
        "units.Subject", models.PROTECT, related_name="commendations", verbose_name=_("recipient")
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="commendations", verbose_name=_("unit")
    )
    award_version = models.ForeignKey(
        "catalogue.AwardVersion", models.PROTECT, related_name="commendations", verbose_name=_("award")
    )
    position = models.PositiveSmallIntegerField(_("position in the list"), default=0)
    honorific = models.CharField(_("form of address"), max_length=60, blank=True)
    printed_name = models.CharField(_("name as printed"), max_length=300)
    printed_post = models.CharField(_("post as printed"), max_length=300, blank=True)
    printed_unit = models.CharField(_("unit as printed"), max_length=300, blank=True)
    printed_award = models.CharField(_("award as printed"), max_length=300)
    printed_merit = models.TextField(_("merit as printed"), blank=True)
    printed_decision = models.CharField(_("decision as printed"), max_length=100, blank=True)
    printed_issuer = models.CharField(_("issuer as printed"), max_length=300, blank=True)
    awarded_on = models.DateField(_("awarded on"))
    achievement_year = models.PositiveSmallIntegerField(_("year of achievement"), null=True, blank=True)
    kind = models.CharField(_("type of commendation"), max_length=12, choices=CommendationKind, blank=True)
    subject_class = models.CharField(_("class of recipient"), max_length=20, choices=SubjectClass, blank=True)
    field = models.ForeignKey(
        "catalogue.Term", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("field of activity")
    )
    campaign = models.ForeignKey(
        "campaigns.Campaign", models.PROTECT, null=True, blank=True, related_name="commendations",
        verbose_name=_("campaign"),
    )  # fmt: skip
    bonus = models.BigIntegerField(_("bonus, đồng"), null=True, blank=True)
    bonus_basis = models.CharField(_("how the bonus was worked out"), max_length=500, blank=True)
    source = models.CharField(
        _("where from"), max_length=10, choices=CommendationSource, default=CommendationSource.HERE
    )
    state = models.CharField(_("state"), max_length=10, choices=CommendationState, default=CommendationState.IN_FORCE)
    state_reason = models.TextField(_("reason"), blank=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    published = models.BooleanField(_("on the public board"), default=False)
    search = SearchKeyField(source=("printed_name", "printed_unit", "printed_decision"))
    sort_key = SortKeyField(source="printed_name", person=True)

    objects = CommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("commendation")
        verbose_name_plural = _("commendations")
        # The versioned write goes through the base manager, which must refuse the snapshot as well.
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=CommendationSource.HERE) | Q(decision__isnull=False),
                name="commendation_here_has_decision",
            ),
            models.CheckConstraint(condition=Q(bonus__isnull=True) | Q(bonus__gte=0), name="commendation_bonus"),
            models.CheckConstraint(
                condition=Q(state=CommendationState.IN_FORCE, revoked_on__isnull=True)
                | Q(state=CommendationState.REVOKED, revoked_on__isnull=False),
                name="commendation_revoked_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "awarded_on"], name="commendation_subject"),
            models.Index(fields=["award_version", "awarded_on"], name="commendation_award"),
            models.Index(fields=["unit", "awarded_on"], name="commendation_unit"),
            models.Index(fields=["organiser", "awarded_on"], name="commendation_ledger"),
            models.Index(fields=["sort_key"], name="commendation_sort"),
            # the other orders and filters of the list
            models.Index(fields=["awarded_on", "id"], name="commendation_awarded"),
            models.Index(fields=["kind", "id"], name="commendation_kind"),
            models.Index(fields=["state", "id"], name="commendation_state"),
            models.Index(fields=["bonus", "id"], name="commendation_bonus_order"),
            models.Index(fields=["printed_decision", "id"], name="commendation_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.honorific} {self.printed_name}".strip()

    @property
    def recipient(self) -> str:
        """The name with its form of address, as printed."""
        return str(self)

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """As usual for a new row; a stored one may only be saved by naming columns outside the snapshot."""
        if not self._state.adding:
            refuse_snapshot(SNAPSHOT if update_fields is None else update_fields)
        super().save(*args, update_fields=update_fields, **kwargs)
