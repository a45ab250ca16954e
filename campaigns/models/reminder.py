"""That a unit was reminded of what it owes."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models.base import Made
from campaigns.models.participation import Participation
from campaigns.models.period import ReportingPeriod


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the participations I may see."""
        return self.filter(participation__in=Participation.objects.visible_to(user).order_by().values("pk"))


class Reminder(Made):
    """One reminder to a unit on a business day: of its pledge, or of its report for `period`.

    However many steps a unit owes and however often the button is pressed, it is reminded once a day.
    """

    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="reminders", verbose_name=_("participation")
    )
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, null=True, blank=True, related_name="reminders",
        verbose_name=_("reporting period"),
    )  # fmt: skip
    day = models.DateField(_("reminded on"))

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["participation", "day"], name="reminder_once_a_day")]

    @property
    def unit_id(self) -> int:
        return self.participation.unit_id

    @property
    def organiser_id(self) -> int:
        return self.participation.campaign.organiser_id
