"""A decision to commend: by whose authority, number and date as entered after signature."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import DecisionState
from awards.models.scope import in_reach, organised
from campaigns.models.base import Versioned
from catalogue.enums import CommendationKind
from core.text.fields import SearchKeyField
from core.text.models import KeyedModel
from core.text.querysets import KeyedQuerySet

UNNUMBERED = (DecisionState.DRAFT.value, DecisionState.AT_SIGNATURE.value)
NUMBERED = (
    DecisionState.ENTERED.value,
    DecisionState.PUBLISHED.value,
    DecisionState.CORRECTED.value,
    DecisionState.REVOKED.value,
)


class DecisionQuerySet(KeyedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Of my committees; once its number is entered also where a unit in my reach stands in it."""
        from awards.models.commendation import Commendation  # noqa: PLC0415 -- it points at this table

        mine = Commendation.objects.filter(in_reach(user, "unit"), decision__isnull=False).order_by()
        return self.filter(organised(user, "organiser") | Q(state__in=NUMBERED, pk__in=mine.values("decision")))


class Decision(KeyedModel, Versioned):
    """`number` is the number alone, `symbol` what follows the stroke: 1632 and QĐ-UBND.

    `year` is the year of `signed_on`: numbers begin anew each year, and the printed symbol has no year.
    """

    organiser = models.ForeignKey("units.Unit", models.PROTECT, related_name="decisions", verbose_name=_("committee"))
    round = models.ForeignKey(
        "awards.ReviewRound", models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name=_("review round"),
    )  # fmt: skip
    title = models.CharField(_("subject of the decision"), max_length=500)
    kind = models.CharField(_("type of commendation"), max_length=12, choices=CommendationKind)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=20, blank=True)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signer_then = models.CharField(_("signer"), max_length=300, blank=True)
    signer_post = models.CharField(_("post of the signer"), max_length=300, blank=True)
    on_paper = models.BooleanField(_("signed on paper, entered afterwards"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=DecisionState, default=DecisionState.DRAFT)
    state_reason = models.TextField(_("reason"), blank=True)
    signed_at = models.DateTimeField(_("agreed in the system at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    revokes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="revoked_by", verbose_name=_("revokes")
    )

    search = SearchKeyField(source=("title", "number", "symbol"))

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("commendation decision")
        verbose_name_plural = _("commendation decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "year", "number"], condition=~Q(number=""), name="decision_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number="", signed_on__isnull=True, year__isnull=True)
                | ~Q(number="") & Q(signed_on__isnull=False, year__isnull=False),
                name="decision_number_with_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=UNNUMBERED) | Q(number=""), name="decision_number_after_signature"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=NUMBERED) | ~Q(number=""), name="decision_entered_has_number"
            ),
        ]
        indexes = [models.Index(fields=["organiser", "state"], name="decision_list")]

    def __str__(self) -> str:
        return self.full_symbol or self.title

    @property
    def full_symbol(self) -> str:
        """As printed: 1632/QĐ-UBND; empty before the number is entered."""
        return f"{self.number}/{self.symbol}" if self.number else ""
