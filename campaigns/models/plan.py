"""The plan of a campaign, revision by revision, and its focus areas."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models.base import Made
from campaigns.models.campaign import Campaign


class OfCampaignQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Whoever may open the campaign may read its plan."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user).order_by().values("pk"))


class PlanRevision(Made):
    """Revision 0 is the plan itself; later ones change it from a day on. Frozen when it is launched."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="revisions", verbose_name=_("campaign"))
    number = models.PositiveSmallIntegerField(_("revision"), default=0)
    effective_from = models.DateField(_("in effect from"), null=True, blank=True)
    symbol = models.CharField(_("number and symbol"), max_length=100, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    note = models.TextField(_("what changes"), blank=True)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)

    objects = OfCampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan revision")
        verbose_name_plural = _("plan revisions")
        ordering = ["campaign", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="plan_revision_once"),
            # Revision 0 counts from the beginning, whenever that turns out to be.
            models.CheckConstraint(condition=Q(number=0) | Q(effective_from__isnull=False), name="plan_revision_from"),
        ]

    @property
    def organiser_id(self) -> int:
        return self.campaign.organiser_id


class FocusArea(models.Model):
    """One content of emulation. `since` and `until` say in which revisions it stands; `until` is the
    first one without it.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="focus_areas", verbose_name=_("campaign"))
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=500)
    body = models.TextField(_("content"), blank=True)
    since = models.ForeignKey(PlanRevision, models.PROTECT, related_name="+", verbose_name=_("since revision"))
    until = models.ForeignKey(
        PlanRevision, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("until revision")
    )

    objects = OfCampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")
        ordering = ["campaign", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "position", "since"], name="focus_area_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def organiser_id(self) -> int:
        return self.campaign.organiser_id
