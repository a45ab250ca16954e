"""Award titles and forms: an identity, and what the law says of it for a span of days."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.enums import AuthorityLevel, AwardLevel, MajorityBase, Nature, Route, Weight
from catalogue.models.base import Cited, Sourced
from units.enums import SubjectKind
from units.models.dated import Dated, DatedQuerySet


class AwardTypeQuerySet(models.QuerySet["AwardType"]):
    def visible_to(self, user: Any) -> "AwardTypeQuerySet":
        """Every type: the list is the law's."""
        return self.all()


class AwardType(models.Model):
    """The identity of an award through all its wordings; carries no rule."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects: ClassVar[AwardTypeQuerySet] = AwardTypeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code


class AwardVersionQuerySet(DatedQuerySet):
    def visible_to(self, user: Any) -> "AwardVersionQuerySet":
        """Every version: the list is the law's."""
        return self.all()


class AwardVersion(Dated, Sourced):
    """An award as worded and governed on the days [valid_from, valid_to).

    Once a registration, nomination or commendation points to it, its content stays for ever; a change
    of the law is another version.
    """

    type = models.ForeignKey(AwardType, models.PROTECT, related_name="versions", verbose_name=_("award"))
    name = models.CharField(_("name"), max_length=300)
    short = models.CharField(_("short name"), max_length=60, blank=True)
    conferred = models.CharField(_("word of conferring"), max_length=60, blank=True)
    level = models.CharField(_("level of the award"), max_length=10, choices=AwardLevel)
    route = models.CharField(_("route"), max_length=20, choices=Route, blank=True)
    needs_council = models.BooleanField(_("goes to the council"), null=True, blank=True)
    majority_num = models.PositiveSmallIntegerField(_("share of votes: numerator"), null=True, blank=True)
    majority_den = models.PositiveSmallIntegerField(_("share of votes: denominator"), null=True, blank=True)
    majority_base = models.CharField(_("share counted on"), max_length=10, choices=MajorityBase, blank=True)
    scope = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only in")
    )

    objects: ClassVar[AwardVersionQuerySet] = AwardVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Dated.Meta):
        verbose_name = _("version of an award")
        verbose_name_plural = _("versions of an award")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["type", "scope", "valid_from"], name="award_version_local_once"),
            models.UniqueConstraint(
                fields=["type", "valid_from"], condition=Q(scope__isnull=True), name="award_version_once"
            ),
            models.CheckConstraint(
                condition=Q(majority_num__isnull=True, majority_den__isnull=True)
                | Q(majority_den__gt=0, majority_num__gt=0, majority_num__lte=models.F("majority_den")),
                name="award_version_majority",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AwardSubject(Cited):
    """A kind of recipient an award is for, and the bonus coefficient on the base salary for that kind."""

    version = models.ForeignKey(AwardVersion, models.CASCADE, related_name="subjects")
    kind = models.CharField(_("kind of recipient"), max_length=20, choices=SubjectKind)
    coefficient = models.DecimalField(_("coefficient"), max_digits=7, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = _("recipients of an award")
        verbose_name_plural = _("recipients of an award")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "kind"], name="award_subject_once")]


class AwardAuthority(Cited):
    """A level whose head may decide an award."""

    version = models.ForeignKey(AwardVersion, models.CASCADE, related_name="authorities")
    level = models.CharField(_("who decides"), max_length=20, choices=AuthorityLevel)

    class Meta:
        verbose_name = _("authority to award")
        verbose_name_plural = _("authorities to award")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "level"], name="award_authority_once")]


class DossierItem(Cited):
    """A paper the dossier of an award holds; `ground` limits it to nominations on those grounds."""

    version = models.ForeignKey(AwardVersion, models.CASCADE, related_name="dossier_items")
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=300)
    ground = models.CharField(_("only on the ground"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("paper of the dossier")
        verbose_name_plural = _("papers of the dossier")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="dossier_item_once")]

    def __str__(self) -> str:
        return self.name


class AwardRule(Cited):
    """A condition of an award with its figures. Judged by code later; shown in words today."""

    version = models.ForeignKey(AwardVersion, models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.SlugField(_("code"), max_length=60)
    words = models.CharField(_("condition"), max_length=500)
    params = models.JSONField(_("parameters"), default=dict, blank=True)
    weight = models.CharField(_("when not met"), max_length=10, choices=Weight, default=Weight.WARN)

    class Meta:
        verbose_name = _("condition of an award")
        verbose_name_plural = _("conditions of an award")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="award_rule_once")]

    def __str__(self) -> str:
        return self.words
