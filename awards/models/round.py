"""A round of review: what a committee takes nominations for, until when, by which route."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import RoundState
from awards.models.scope import committees
from campaigns.models.base import Versioned
from catalogue.enums import CommendationKind, Route, SimplifiedCase


class ReviewRoundQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Of committees where I hold a role, and of those in whose line my units stand."""
        return self.filter(committees(user))


class ReviewRound(Versioned):
    """`year` is the year of the achievement, or the one in which the school year begins."""

    organiser = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="review_rounds", verbose_name=_("committee")
    )
    year = models.PositiveSmallIntegerField(_("year of achievement"))
    school_year = models.BooleanField(_("school year"), default=False)
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(
        _("type of commendation"), max_length=12, choices=CommendationKind, default=CommendationKind.MERIT
    )
    campaign = models.ForeignKey(
        "campaigns.Campaign", models.PROTECT, null=True, blank=True, related_name="review_rounds",
        verbose_name=_("campaign"),
    )  # fmt: skip
    route = models.CharField(_("route"), max_length=12, choices=Route, default=Route.FULL)
    simplified_case = models.CharField(
        _("case of the simplified procedure"), max_length=15, choices=SimplifiedCase, blank=True
    )
    due_at = models.DateTimeField(_("submissions due at"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RoundState, default=RoundState.OPEN)

    objects = ReviewRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("review round")
        verbose_name_plural = _("review rounds")
        constraints = [
            # Law, Article 85: the simplified procedure is open in named cases only, so the case is recorded.
            models.CheckConstraint(
                condition=Q(route=Route.SIMPLIFIED) & ~Q(simplified_case="")
                | ~Q(route=Route.SIMPLIFIED) & Q(simplified_case=""),
                name="review_round_simplified_case",
            ),
        ]
        indexes = [models.Index(fields=["organiser", "year"], name="review_round_year")]

    def __str__(self) -> str:
        return self.title
