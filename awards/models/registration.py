"""Titles that people and collectives register for at the start of a year."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import RegistrationState
from awards.models.scope import in_reach, organised
from campaigns.models.base import PaperEntry, Versioned


class TitleRegistrationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Of units in my reach, and those made to a committee of mine."""
        return self.filter(organised(user, "organiser") | in_reach(user, "unit"))

    def live(self) -> Self:
        """Those that still stand."""
        return self.exclude(state=RegistrationState.WITHDRAWN)


class TitleRegistration(Versioned, PaperEntry):
    """A recipient means to reach an award in a year, perhaps with an initiative. Its absence only warns."""

    organiser = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="title_registrations_received", verbose_name=_("committee")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    school_year = models.BooleanField(
        _("school year"), default=False, help_text=_("The school year that begins in the year.")
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="title_registrations", verbose_name=_("unit"))
    subject = models.ForeignKey(
        "units.Subject", models.PROTECT, related_name="title_registrations", verbose_name=_("recipient")
    )
    award_type = models.ForeignKey(
        "catalogue.AwardType", models.PROTECT, related_name="registrations", verbose_name=_("award")
    )
    award_version = models.ForeignKey(
        "catalogue.AwardVersion", models.PROTECT, related_name="registrations",
        verbose_name=_("award as worded that day"),
    )  # fmt: skip
    printed_name = models.CharField(_("name as registered"), max_length=300)
    post_then = models.CharField(_("post at that time"), max_length=300, blank=True)
    initiative = models.CharField(_("initiative meant"), max_length=500, blank=True)
    registered_on = models.DateField(_("registered on"))
    state = models.CharField(_("state"), max_length=12, choices=RegistrationState, default=RegistrationState.REGISTERED)
    state_reason = models.TextField(_("reason"), blank=True)

    objects = TitleRegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("title registration")
        verbose_name_plural = _("title registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "school_year", "subject", "award_type"],
                condition=~Q(state=RegistrationState.WITHDRAWN),
                name="title_registration_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organiser", "year"], name="title_registration_year"),
            models.Index(fields=["unit", "year"], name="title_registration_unit"),
        ]

    def __str__(self) -> str:
        return self.printed_name
