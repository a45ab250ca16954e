"""Indicators of a campaign, the kinds of units they are for, and the targets given to units."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import (
    Cumulation,
    Demand,
    Direction,
    IndicatorKind,
    MoneyScale,
    RollUp,
    TargetForm,
    TargetSource,
)
from campaigns.models.campaign import Campaign
from campaigns.models.plan import FocusArea, OfCampaignQuerySet, PlanRevision
from campaigns.models.scope import in_reach, offices, organised
from units.enums import UnitKind
from units.models.scope import seat


class Indicator(models.Model):
    """What is counted, in which measure, and what counts as better.

    Its meaning (kind, measure, scale, direction, form, roll-up, cumulation) is frozen once a pledge
    names it; a plan revision ends it and begins another under the same code.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="indicators", verbose_name=_("campaign"))
    focus_area = models.ForeignKey(FocusArea, models.PROTECT, related_name="indicators", verbose_name=_("focus area"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    code = models.CharField(_("number"), max_length=20)
    name = models.CharField(_("name"), max_length=500)
    measure = models.CharField(_("unit of measure"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=IndicatorKind, default=IndicatorKind.NUMBER)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction, default=Direction.HIGHER)
    form = models.CharField(_("form of target"), max_length=12, choices=TargetForm, default=TargetForm.VALUE)
    scale = models.CharField(_("scale of money"), max_length=10, choices=MoneyScale, blank=True)
    decimals = models.PositiveSmallIntegerField(
        _("decimals"), null=True, blank=True, help_text=_("Empty: as many as are typed."),
    )  # fmt: skip
    rollup = models.CharField(_("total of the units"), max_length=12, choices=RollUp, default=RollUp.SUM)
    cumulation = models.CharField(
        _("cumulated over periods"), max_length=10, choices=Cumulation, default=Cumulation.SUM
    )
    weight = models.DecimalField(
        _("weight"), max_digits=7, decimal_places=3, default=Decimal(1), help_text=_("Within the focus area.")
    )
    numerator_name = models.CharField(_("what is counted above"), max_length=200, blank=True)
    denominator_name = models.CharField(_("out of"), max_length=200, blank=True)
    guide = models.TextField(_("how it is counted"), blank=True)
    explanation = models.CharField(_("explanation asked"), max_length=10, choices=Demand, default=Demand.WHEN_SHORT)
    evidence = models.CharField(_("evidence asked"), max_length=10, choices=Demand, default=Demand.NEVER)
    office = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="followed_indicators",
        verbose_name=_("office that follows it"),
    )  # fmt: skip
    since = models.ForeignKey(PlanRevision, models.PROTECT, related_name="+", verbose_name=_("since revision"))
    until = models.ForeignKey(
        PlanRevision, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("until revision")
    )

    objects = OfCampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["campaign", "focus_area__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code", "since"], name="indicator_once"),
            models.CheckConstraint(condition=Q(decimals__lte=4), name="indicator_decimals"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="indicator_weight"),
            models.CheckConstraint(
                condition=Q(kind="money") & ~Q(scale="") | ~Q(kind="money") & Q(scale=""), name="indicator_scale"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organiser_id(self) -> int:
        return self.campaign.organiser_id

    def is_assigned_to(self, user: User) -> bool:
        """Whether the user follows it for its office."""
        return self.office_id in offices(user)

    def is_for(self, kind: str) -> bool:
        """Whether units of `kind` are meant. No kind named: all of them."""
        kinds = {row.kind for row in self.unit_kinds.all()}
        return not kinds or kind in kinds


class IndicatorUnitKind(models.Model):
    """ "Áp dụng cho": a kind of unit an indicator is for. None given means every kind."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="unit_kinds")
    kind = models.CharField(_("kind of unit"), max_length=20, choices=UnitKind)

    objects = models.Manager()

    class Meta:
        verbose_name = _("applies to")
        verbose_name_plural = _("applies to")
        constraints = [models.UniqueConstraint(fields=["indicator", "kind"], name="indicator_unit_kind_once")]


class TargetQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The plan's common targets with the campaign; a unit's own target to those who read its papers."""
        campaigns = Campaign.objects.visible_to(user).order_by().values("pk")
        own_or_all = (
            Q(unit__isnull=True)
            | in_reach(user, "unit")
            | Q(unit__in=seat(user).all_unit_ids)
            | organised(user, "indicator__campaign__organiser")
            | Q(indicator__office__in=offices(user))
        )
        return self.filter(own_or_all, indicator__campaign__in=campaigns)


class Target(models.Model):
    """What is asked for by an indicator, of all units or of one, since a revision of the plan.

    In force on a day is the one of the newest revision not after the day; a unit's own goes before the
    common one. `assigned` false is "không giao", which is not zero. `low` alone is a value or a floor,
    `high` alone a ceiling, both a range; strict bounds leave the bound itself outside.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets", verbose_name=_("indicator"))
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=_("unit")
    )
    revision = models.ForeignKey(PlanRevision, models.PROTECT, related_name="targets", verbose_name=_("plan revision"))
    assigned = models.BooleanField(_("assigned"), default=True)
    low = models.DecimalField(_("from"), max_digits=20, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(_("to"), max_digits=20, decimal_places=4, null=True, blank=True)
    low_strict = models.BooleanField(_("more than, not equal"), default=False)
    high_strict = models.BooleanField(_("less than, not equal"), default=False)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    words = models.TextField(_("in words"), blank=True)
    base = models.DecimalField(
        _("value to compare with"), max_digits=20, decimal_places=4, null=True, blank=True,
        help_text=_("For instance last year's result."),
    )  # fmt: skip
    reference = models.CharField(_("by reference to"), max_length=500, blank=True)
    source = models.CharField(_("set by"), max_length=10, choices=TargetSource, default=TargetSource.ORGANISER)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "unit", "revision"], name="target_unit_once"),
            models.UniqueConstraint(
                fields=["indicator", "revision"], condition=Q(unit__isnull=True), name="target_common_once"
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=F("low")), name="target_range"
            ),
            models.CheckConstraint(
                condition=Q(assigned=True)
                | Q(unit__isnull=False, low__isnull=True, high__isnull=True, due_on__isnull=True, words=""),
                name="target_not_assigned_is_empty",
            ),
        ]

    @property
    def organiser_id(self) -> int:
        return self.indicator.campaign.organiser_id
