"""When units report, and who got more time."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import ExtensionState, PeriodKind
from campaigns.models.base import Made, Versioned
from campaigns.models.campaign import Campaign
from campaigns.models.participation import Participation
from campaigns.models.plan import OfCampaignQuerySet
from campaigns.models.scope import in_reach, organised, own


class ReportingPeriod(Made):
    """Both days are inside the period. `expected_share` is the share of the plan, in percent, that should
    stand at its end; without it nothing is called late against the plan.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="periods", verbose_name=_("campaign"))
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=PeriodKind, default=PeriodKind.FREE)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    due_at = models.DateTimeField(_("due at"))
    expected_share = models.DecimalField(_("expected share, %"), max_digits=7, decimal_places=4, null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = OfCampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["campaign", "ends_on", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "name"], name="reporting_period_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="reporting_period_days"),
            models.CheckConstraint(
                condition=Q(expected_share__isnull=True) | Q(expected_share__gte=0),
                name="reporting_period_share",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="reporting_period_due")]

    def __str__(self) -> str:
        return self.name

    @property
    def organiser_id(self) -> int:
        return self.campaign.organiser_id


class ExtensionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the participations I may see."""
        return self.filter(participation__in=Participation.objects.visible_to(user).order_by().values("pk"))


class Extension(Made):
    """More time for one unit in one period; the newest one counts."""

    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="extensions", verbose_name=_("participation")
    )
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="extensions", verbose_name=_("reporting period")
    )
    due_at = models.DateTimeField(_("due at"))
    reason = models.TextField(_("reason"))

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["pk"]
        indexes = [models.Index(fields=["participation", "period"], name="extension_of")]

    @property
    def unit_id(self) -> int:
        return self.participation.unit_id

    @property
    def organiser_id(self) -> int:
        return self.participation.campaign.organiser_id


class ExtensionRequestQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Of my units and those I read, and of the campaigns I organise; an indicator's office has no part in it."""
        unit, organiser = "participation__unit", "participation__campaign__organiser"
        return self.filter(own(user, unit) | in_reach(user, unit) | organised(user, organiser))


class ExtensionRequest(Versioned):
    """A unit's wish for more time in one period, and what the standing body answered to it."""

    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="extension_requests", verbose_name=_("participation")
    )
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="extension_requests", verbose_name=_("reporting period")
    )
    due_at = models.DateTimeField(_("asked until"))
    asked_at = models.DateTimeField(_("asked at"))
    reason = models.TextField(_("reason"))
    state = models.CharField(_("state"), max_length=12, choices=ExtensionState, default=ExtensionState.ASKED)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("answered by"),
    )  # fmt: skip
    answer = models.TextField(_("answer"), blank=True)
    extension = models.OneToOneField(
        Extension, models.PROTECT, null=True, blank=True, related_name="request", verbose_name=_("extension")
    )

    objects = ExtensionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for more time")
        verbose_name_plural = _("requests for more time")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "period"], condition=Q(state="asked"), name="extension_request_open_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(extension__isnull=False), name="extension_request_granted_has_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation} – {self.period}"

    @property
    def unit_id(self) -> int:
        return self.participation.unit_id

    @property
    def organiser_id(self) -> int:
        return self.participation.campaign.organiser_id
