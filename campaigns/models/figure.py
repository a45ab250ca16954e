"""The figures of a report and every change made to them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import INSIDE_STATES, Basis, Verdict
from campaigns.models.base import TypedValue
from campaigns.models.indicator import Indicator, Target
from campaigns.models.report import ProgressReport
from campaigns.models.scope import offices
from core.audit.models import InsertOnlyModel, InsertOnlyQuerySet


class FigureQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the reports I may see; a following office sees its indicators' figures once sent."""
        reports = ProgressReport.objects.visible_to(user).order_by().values("pk")
        followed = Q(indicator__office__in=offices(user)) & ~Q(report__state__in=INSIDE_STATES)
        return self.filter(Q(report__in=reports) | followed)


class Figure(TypedValue):
    """What a unit reached by one indicator in one period. Blank is not zero; `no_data` says so on purpose.

    The official figure is used in totals where there is one, else the estimate. `verdict` is stored for
    counting and sorting and can be computed again from the figure and its target.
    """

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="figures", verbose_name=_("report"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figures", verbose_name=_("indicator"))
    basis = models.CharField(_("basis"), max_length=10, choices=Basis, default=Basis.OFFICIAL)
    target = models.ForeignKey(
        Target, models.PROTECT, null=True, blank=True, related_name="figures", verbose_name=_("judged by")
    )
    no_data = models.BooleanField(_("no data"), default=False)
    explanation = models.TextField(_("explanation"), blank=True)
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict, blank=True)
    returned = models.BooleanField(_("returned"), default=False)
    return_note = models.TextField(_("what to mend"), blank=True)
    confirmed_at = models.DateTimeField(_("confirmed by the office at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("confirmed by"),
    )  # fmt: skip

    objects = FigureQuerySet.as_manager()

    class Meta(TypedValue.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            *TypedValue.Meta.constraints,
            models.UniqueConstraint(fields=["report", "indicator", "basis"], name="figure_once"),
            models.CheckConstraint(
                condition=Q(no_data=False)
                | Q(
                    number__isnull=True, numerator__isnull=True, denominator__isnull=True, on_date__isnull=True,
                    yes__isnull=True, words="",
                ),
                name="figure_no_data_is_empty",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["indicator", "report"], name="figure_indicator")]

    @property
    def unit_id(self) -> int:
        return self.report.participation.unit_id

    @property
    def organiser_id(self) -> int:
        return self.report.participation.campaign.organiser_id

    def is_assigned_to(self, user: User) -> bool:
        return self.indicator.is_assigned_to(user)


class FigureChangeQuerySet(InsertOnlyQuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the figures I may see."""
        return self.filter(figure__in=Figure.objects.visible_to(user).order_by().values("pk"))


class FigureChange(InsertOnlyModel):
    """A figure before and after, who changed it and why."""

    figure = models.ForeignKey(Figure, models.PROTECT, related_name="changes", verbose_name=_("figure"))
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True)

    objects = FigureChangeQuerySet.as_manager()

    class Meta(InsertOnlyModel.Meta):
        verbose_name = _("change of a figure")
        verbose_name_plural = _("changes of figures")
        ordering = ["pk"]
