"""A letter with its lines: what a unit proposes to a committee in a round."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import INSIDE_STATES, SubmissionDirection, SubmissionState
from awards.models.round import ReviewRound
from awards.models.scope import INSIDE, sent_or_own
from campaigns.models.base import PaperEntry, Versioned


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Inside the unit always; to the committee and in reach once sent; to a reviewer of a line."""
        from awards.models.appraisal import Appraisal  # noqa: PLC0415 -- appraisals hang on lines of this

        asked = Appraisal.objects.open_for(user).values("nomination__submission")
        return self.filter(
            sent_or_own(user, unit="unit", organiser="round__organiser", inside=INSIDE, on_behalf="on_behalf")
            | (Q(pk__in=asked) & ~INSIDE)
        )


class Submission(Versioned, PaperEntry):
    """Tờ trình: number and date may follow; letter and minutes are its attachments."""

    round = models.ForeignKey(ReviewRound, models.PROTECT, related_name="submissions", verbose_name=_("review round"))
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="submissions", verbose_name=_("unit"))
    unit_name_then = models.CharField(_("name of the unit at that time"), max_length=300, blank=True)
    direction = models.CharField(
        _("to whom the letter goes"), max_length=4, choices=SubmissionDirection, default=SubmissionDirection.IN
    )
    symbol = models.CharField(_("number and symbol"), max_length=100, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signer_then = models.CharField(_("signer"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SubmissionState, default=SubmissionState.DRAFT)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    taken_in_at = models.DateTimeField(_("taken in at"), null=True, blank=True)
    late = models.BooleanField(_("sent late"), default=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=INSIDE_STATES) | Q(sent_at__isnull=False), name="submission_sent_has_time"
            ),
        ]
        indexes = [
            models.Index(fields=["round", "state"], name="submission_round"),
            models.Index(fields=["unit", "state"], name="submission_unit"),
        ]

    def __str__(self) -> str:
        return self.symbol or self.unit_name_then

    @property
    def organiser_id(self) -> int:
        return self.round.organiser_id
