"""A unit's report of a period: first in words, part by part."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import INSIDE_STATES, ReportState, Section
from campaigns.models.base import PaperEntry, Versioned
from campaigns.models.participation import Participation
from campaigns.models.period import ReportingPeriod
from campaigns.models.plan import FocusArea
from campaigns.models.scope import sent_or_own


class ProgressReportQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Inside the unit always; to the organiser and in reach once sent."""
        return self.filter(
            sent_or_own(user, unit="participation__unit", organiser="participation__campaign__organiser")
        )


class ProgressReport(Versioned, PaperEntry):
    """`late` is a flag, judged once by the deadline that stood when it was sent (`due_at_then`)."""

    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="reports", verbose_name=_("participation")
    )
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="reports", verbose_name=_("reporting period")
    )
    state = models.CharField(_("state"), max_length=12, choices=ReportState, default=ReportState.DRAFT)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    due_at_then = models.DateTimeField(_("deadline at that time"), null=True, blank=True)
    late = models.BooleanField(_("sent late"), default=False)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    return_reason = models.TextField(_("reason for the return"), blank=True)
    return_count = models.PositiveSmallIntegerField(_("times returned"), default=0)
    closed_at = models.DateTimeField(_("figures closed at"), null=True, blank=True)
    reopened_reason = models.TextField(_("reason for reopening"), blank=True)

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        constraints = [
            models.UniqueConstraint(fields=["participation", "period"], name="progress_report_once"),
            models.CheckConstraint(
                condition=Q(state__in=INSIDE_STATES) | Q(sent_at__isnull=False), name="progress_report_sent_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.CLOSED) | Q(closed_at__isnull=False),
                name="progress_report_closed_has_time",
            ),
        ]
        indexes = [models.Index(fields=["period", "state"], name="progress_report_period")]

    @property
    def unit_id(self) -> int:
        return self.participation.unit_id

    @property
    def organiser_id(self) -> int:
        return self.participation.campaign.organiser_id


class OfReportQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the reports I may see."""
        return self.filter(report__in=ProgressReport.objects.visible_to(user).order_by().values("pk"))


class ReportPart(models.Model):
    """One part in words: of a focus area, or one of the closing sections."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="parts", verbose_name=_("report"))
    focus_area = models.ForeignKey(
        FocusArea, models.PROTECT, null=True, blank=True, related_name="report_parts", verbose_name=_("focus area")
    )
    section = models.CharField(_("section"), max_length=12, choices=Section, default=Section.FOCUS)
    text = models.TextField(_("text"), blank=True)
    returned = models.BooleanField(_("returned"), default=False)
    return_note = models.TextField(_("what to mend"), blank=True)

    objects = OfReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a report")
        verbose_name_plural = _("parts of a report")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "focus_area"], condition=Q(focus_area__isnull=False), name="report_part_focus_once"
            ),
            models.UniqueConstraint(
                fields=["report", "section"], condition=Q(focus_area__isnull=True), name="report_part_section_once"
            ),
            models.CheckConstraint(
                condition=Q(focus_area__isnull=False, section=Section.FOCUS)
                | Q(focus_area__isnull=True) & ~Q(section=Section.FOCUS),
                name="report_part_focus_has_area",
            ),
        ]
