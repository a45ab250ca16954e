"""A campaign: what a committee launches, for whom, by which paper, from when to when."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import CampaignForm, CampaignScope, CampaignState, Instrument
from campaigns.models.base import Versioned
from campaigns.models.scope import in_reach, offices, organised
from core import clock
from core.text.fields import SearchKeyField, SortKeyField
from core.text.models import KeyedModel
from core.text.querysets import KeyedQuerySet


class CampaignQuerySet(KeyedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Organised by a unit of mine; once launched also where a unit in my reach takes part, or my
        office follows an indicator. A draft never leaves its organiser.
        """
        from campaigns.models.indicator import Indicator  # noqa: PLC0415 -- it points at this table
        from campaigns.models.participation import Participation  # noqa: PLC0415 -- it points at this table

        taking_part = Participation.objects.filter(in_reach(user, "unit")).order_by().values("campaign")
        followed = Indicator.objects.filter(office__in=offices(user)).order_by().values("campaign")
        # By the business clock: somebody who stands on an earlier day does not see what comes later.
        launched = Q(launched_at__lte=clock.now())
        return self.filter(organised(user, "organiser") | (launched & (Q(pk__in=taking_part) | Q(pk__in=followed))))


class Campaign(KeyedModel, Versioned):
    """A movement from its draft to its archive. Its content hangs on plan revisions.

    `ends_on` empty with `end_event` set: it runs until an event. `margin` is the share of a target, in
    percent, by which a result must be better to count as exceeded.
    """

    organiser = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="organised_campaigns", verbose_name=_("organiser")
    )
    title = models.CharField(_("title"), max_length=500)
    theme = models.TextField(_("theme"), blank=True)
    symbol = models.CharField(_("number and symbol"), max_length=100, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signer_then = models.CharField(_("signer"), max_length=300, blank=True)
    instrument = models.CharField(_("kind of paper"), max_length=20, choices=Instrument, default=Instrument.PLAN)
    instrument_words = models.CharField(_("kind of paper in words"), max_length=100, blank=True)
    form = models.CharField(_("form of emulation"), max_length=10, choices=CampaignForm, default=CampaignForm.REGULAR)
    scope = models.CharField(_("scope"), max_length=12, choices=CampaignScope, default=CampaignScope.LOCALITY)
    goal = models.TextField(_("goal"), blank=True)
    participants = models.TextField(_("participants"), blank=True)
    criteria = models.TextField(_("criteria"), blank=True)
    measures = models.TextField(_("measures"), blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    end_event = models.CharField(_("until the event"), max_length=300, blank=True)
    pledge_due_on = models.DateField(_("pledges due on"), null=True, blank=True)
    margin = models.DecimalField(_("margin for exceeding, %"), max_digits=7, decimal_places=4, default=Decimal(1))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("campaign above")
    )
    parent_text = models.CharField(_("plan above, outside the system"), max_length=500, blank=True)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name=_("taken from")
    )
    state = models.CharField(_("state"), max_length=12, choices=CampaignState, default=CampaignState.DRAFT)
    launched_at = models.DateTimeField(_("launched at"), null=True, blank=True)
    launched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("launched by")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    state_reason = models.TextField(_("reason"), blank=True)
    search = SearchKeyField(source=("title", "symbol"))
    sort_key = SortKeyField(source="title")

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "symbol", "signed_on"], condition=~Q(symbol=""), name="campaign_symbol_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="campaign_days",
            ),
            models.CheckConstraint(condition=Q(margin__gte=0), name="campaign_margin"),
            models.CheckConstraint(
                condition=Q(state__in=[CampaignState.DRAFT, CampaignState.CANCELLED])
                | Q(launched_at__isnull=False, starts_on__isnull=False),
                name="campaign_launched_has_start",
            ),
        ]
        indexes = [models.Index(fields=["organiser", "state", "starts_on"], name="campaign_list")]

    def __str__(self) -> str:
        return self.title

    @property
    def awaits_symbol(self) -> bool:
        """Launched at a meeting before its paper had a number: it may run so, but not be closed."""
        return not self.symbol or self.signed_on is None
