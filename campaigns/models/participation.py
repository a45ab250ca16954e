"""A unit taking part in a campaign."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import ParticipationState
from campaigns.models.base import PaperEntry, Versioned
from campaigns.models.campaign import Campaign
from campaigns.models.scope import in_reach, offices, organised
from core import clock


class ParticipationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Of campaigns I organise; of units in my reach once launched; of all units where my office
        follows an indicator.
        """
        from campaigns.models.indicator import Indicator  # noqa: PLC0415 -- keeps this module below it

        followed = Indicator.objects.filter(office__in=offices(user)).order_by().values("campaign")
        launched = Q(campaign__launched_at__lte=clock.now())
        return self.filter(
            organised(user, "campaign__organiser") | (launched & (in_reach(user, "unit") | Q(campaign__in=followed)))
        )


class Participation(Versioned, PaperEntry):
    """One unit in one campaign, under the name it had at the launch. Not joining: in no reminder, no total."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="participations", verbose_name=_("campaign"))
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="participations", verbose_name=_("unit"))
    unit_name_then = models.CharField(_("name at the launch"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=ParticipationState, default=ParticipationState.INVITED)
    state_reason = models.TextField(_("reason"), blank=True)
    state_at = models.DateTimeField(_("since"), null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="participation_once")]
        indexes = [models.Index(fields=["unit", "state"], name="participation_unit")]

    def __str__(self) -> str:
        return self.unit_name_then or str(self.unit)

    @property
    def organiser_id(self) -> int:
        return self.campaign.organiser_id
