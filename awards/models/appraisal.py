"""What reviewers are asked and find."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import Opinion
from awards.models.nomination import Nomination
from awards.models.scope import organised
from campaigns.models.base import Versioned


class AppraisalQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """My own, and those on nominations to a committee of mine. A unit reads the finding, not the opinions."""
        return self.filter(Q(reviewer=user) | organised(user, "nomination__round__organiser"))

    def open_for(self, user: User) -> Self:
        """Tasks given to the user by name and not taken away again."""
        return self.filter(reviewer=user, ended_at__isnull=True).order_by()


class Appraisal(Versioned):
    """One reviewer's task on one nomination, and the opinion given; `turn` counts the times it came back.

    A task taken away or handed to a substitute ends with a reason; what was found stays readable.
    """

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="appraisals", verbose_name=_("nomination"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="appraisals", verbose_name=_("reviewer")
    )
    turn = models.PositiveSmallIntegerField(_("turn"), default=1)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    outcome = models.CharField(_("finding"), max_length=12, choices=Opinion, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    given_at = models.DateTimeField(_("given at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_reason = models.TextField(_("why it ended"), blank=True)
    relative = models.BooleanField(_("ended for kinship with the recipient"), default=False)

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        verbose_name = _("appraisal")
        verbose_name_plural = _("appraisals")
        constraints = [
            models.UniqueConstraint(fields=["nomination", "reviewer", "turn"], name="appraisal_once"),
            models.CheckConstraint(
                condition=Q(outcome="", given_at__isnull=True) | ~Q(outcome="") & Q(given_at__isnull=False),
                name="appraisal_given_has_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_reason=""), name="appraisal_ended_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["reviewer", "outcome"], name="appraisal_queue")]

    @property
    def organiser_id(self) -> int:
        return self.nomination.round.organiser_id

    def is_assigned_to(self, user: User) -> bool:
        return self.reviewer_id == user.pk and self.ended_at is None


class OpenFieldQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the nominations I may see: the unit must read what to mend."""
        return self.filter(nomination__in=Nomination.objects.visible_to(user).order_by().values("pk"))


class OpenField(models.Model):
    """A field or paper of a nomination given back for mending; only these may be changed then."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="open_fields")
    appraisal = models.ForeignKey(Appraisal, models.CASCADE, null=True, related_name="open_fields")
    name = models.CharField(_("field"), max_length=60)
    note = models.TextField(_("what to mend"), blank=True)
    mended_at = models.DateTimeField(_("mended at"), null=True, blank=True)

    objects = OpenFieldQuerySet.as_manager()

    class Meta:
        verbose_name = _("field given back")
        verbose_name_plural = _("fields given back")
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "name"], condition=Q(mended_at__isnull=True), name="open_field_once"
            )
        ]
