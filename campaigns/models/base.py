"""Shapes shared by the records of campaigns and of awards."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Made(models.Model):
    """Who made a row and when, by the machine's clock; the business day stands in the audit."""

    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )

    class Meta:
        abstract = True


class Versioned(Made):
    """A record with states: written only through core.workflow, which counts the version up."""

    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class PaperEntry(models.Model):
    """A step that came on paper and was entered on behalf of its unit; the scan is an attachment.

    Once `on_behalf` is set it stays: the record says for ever that it was not made by its unit.
    """

    on_behalf = models.BooleanField(_("entered on behalf of the unit"), default=False)
    paper_symbol = models.CharField(_("paper number"), max_length=100, blank=True)
    paper_signed_on = models.DateField(_("paper signed on"), null=True, blank=True)

    class Meta:
        abstract = True


class TypedValue(models.Model):
    """The value of an indicator. Its kind says which of the fields hold it.

    number, money, count: `number`, money in the indicator's scale. percent: `numerator` and
    `denominator` where both are known, else `number`. date: `on_date`. yes/no: `yes`. text: `words`.
    """

    number = models.DecimalField(_("number"), max_digits=20, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(_("numerator"), max_digits=20, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(_("denominator"), max_digits=20, decimal_places=4, null=True, blank=True)
    on_date = models.DateField(_("date"), null=True, blank=True)
    yes = models.BooleanField(_("yes or no"), null=True, blank=True)
    words = models.TextField(_("in words"), blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0),
                name="%(app_label)s_%(class)s_denominator",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False),
                name="%(app_label)s_%(class)s_ratio",
            ),
        ]
