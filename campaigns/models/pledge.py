"""A unit's pledge: what it registers to reach, indicator by indicator."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import INSIDE_STATES, PledgeState
from campaigns.models.base import PaperEntry, TypedValue, Versioned
from campaigns.models.indicator import Indicator, Target
from campaigns.models.participation import Participation
from campaigns.models.scope import offices, sent_or_own


class PledgeQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Inside the unit always; to the organiser and in reach once sent."""
        return self.filter(
            sent_or_own(user, unit="participation__unit", organiser="participation__campaign__organiser")
        )


class Pledge(Versioned, PaperEntry):
    """`late` is a flag, judged when it is sent for the first time; a corrected one is no later for that."""

    participation = models.OneToOneField(
        Participation, models.PROTECT, related_name="pledge", verbose_name=_("participation")
    )
    state = models.CharField(_("state"), max_length=12, choices=PledgeState, default=PledgeState.DRAFT)
    note = models.TextField(_("note of the unit"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    late = models.BooleanField(_("sent late"), default=False)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    return_reason = models.TextField(_("reason for the return"), blank=True)
    accept_note = models.TextField(_("note of acceptance"), blank=True)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=INSIDE_STATES) | Q(sent_at__isnull=False), name="pledge_sent_has_time"
            ),
        ]
        indexes = [models.Index(fields=["state"], name="pledge_state")]

    @property
    def unit_id(self) -> int:
        return self.participation.unit_id

    @property
    def organiser_id(self) -> int:
        return self.participation.campaign.organiser_id


class PledgeLineQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Lines of visible pledges; a following office sees its indicators' lines once sent."""
        pledges = Pledge.objects.visible_to(user).order_by().values("pk")
        followed = Q(indicator__office__in=offices(user)) & ~Q(pledge__state__in=INSIDE_STATES)
        return self.filter(Q(pledge__in=pledges) | followed)


class PledgeLine(TypedValue):
    """The registered value of one indicator, with the target it was compared with."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="lines", verbose_name=_("pledge"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="pledge_lines", verbose_name=_("indicator"))
    target = models.ForeignKey(
        Target, models.PROTECT, null=True, blank=True, related_name="pledge_lines", verbose_name=_("judged by")
    )
    is_below = models.BooleanField(_("below the target"), default=False)
    note = models.TextField(_("note"), blank=True)

    objects = PledgeLineQuerySet.as_manager()

    class Meta(TypedValue.Meta):
        verbose_name = _("line of a pledge")
        verbose_name_plural = _("lines of a pledge")
        constraints = [
            *TypedValue.Meta.constraints,
            models.UniqueConstraint(fields=["pledge", "indicator"], name="pledge_line_once"),
        ]
