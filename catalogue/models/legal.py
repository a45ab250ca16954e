"""Legal texts and the dated values read in them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.enums import Mark, Vocabulary
from catalogue.models.base import Sourced
from units.models.dated import Dated, DatedQuerySet
from units.models.scope import seat
from units.reach import above


class LegalTextQuerySet(models.QuerySet["LegalText"]):
    def visible_to(self, user: Any) -> "LegalTextQuerySet":
        """Every text: laws are public."""
        return self.all()


class LegalText(models.Model):
    """A law, decree, circular or local decision, with the days it is in force."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    symbol = models.CharField(_("symbol"), max_length=60)
    cite = models.CharField(_("name in citations"), max_length=120)
    title = models.CharField(_("title"), max_length=500)
    issued = models.DateField(_("issued on"), null=True, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(_("until (that day no longer included)"), null=True, blank=True)
    source = models.CharField(_("read in"), max_length=300, blank=True)
    link = models.URLField(_("link to the source"), max_length=500, blank=True)
    mark = models.CharField(_("comparison"), max_length=10, choices=Mark, default=Mark.UNCHECKED)
    note = models.TextField(_("note"), blank=True)
    shipped = models.BooleanField(_("came with the product"), default=False)

    objects: ClassVar[LegalTextQuerySet] = LegalTextQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        constraints = [
            models.UniqueConstraint(fields=["symbol", "issued"], name="legal_text_once"),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gt=F("in_force_from")), name="legal_text_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.cite

    @property
    def sign(self) -> str:
        return Mark(self.mark).sign


class CatalogueLoad(models.Model):
    """One loading of the product's data files that changed something; what the audit entry hangs on."""

    digest = models.CharField(_("checksum of the data files"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded at"))

    objects = models.Manager()

    class Meta:
        verbose_name = _("loading of the catalogue")
        verbose_name_plural = _("loadings of the catalogue")

    def __str__(self) -> str:
        return self.digest[:12]


class LegalValueQuerySet(DatedQuerySet):
    def visible_to(self, user: Any) -> "LegalValueQuerySet":
        """National values, and the local ones of the units of the user's roles and of the units above these."""
        if user.is_active and user.is_administrator:
            return self.all()
        mine = seat(user)
        line = above(mine.all_unit_ids, on=mine.day)
        return self.filter(Q(scope__isnull=True) | Q(scope__in=line))


class LegalValue(Dated, Sourced):
    """One number, day or word of the law, for the days it holds.

    `value` empty means: a rule is known to stand here from that day, its content is not. Nothing may
    be computed with it, and nothing older may be used in its place.
    """

    code = models.CharField(_("code"), max_length=80)
    name = models.CharField(_("name"), max_length=300)
    group = models.CharField(_("group"), max_length=60)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit of measure"), max_length=60, blank=True)
    words = models.CharField(_("value in words"), max_length=300, blank=True)
    scope = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only in")
    )

    objects: ClassVar[LegalValueQuerySet] = LegalValueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Dated.Meta):
        verbose_name = _("legal value")
        verbose_name_plural = _("legal values")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code", "scope", "valid_from"], name="legal_value_local_once"),
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=Q(scope__isnull=True), name="legal_value_once"
            ),
        ]
        indexes = [models.Index(fields=["code", "valid_from"], name="legal_value_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """A rule stands here, its content is not known."""
        return self.value is None and not self.words


class TermQuerySet(DatedQuerySet):
    def visible_to(self, user: Any) -> "TermQuerySet":
        """Every word: the lists are the same for all."""
        return self.all()


class Term(Dated, Sourced):
    """A word of a dated list: type of commendation, class of recipient, field of activity …"""

    vocabulary = models.CharField(_("list"), max_length=30, choices=Vocabulary)
    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=300)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects: ClassVar[TermQuerySet] = TermQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Dated.Meta):
        verbose_name = _("word of a list")
        verbose_name_plural = _("words of a list")
        ordering = ["vocabulary", "position", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["vocabulary", "code", "valid_from"], name="term_once"),
        ]

    def __str__(self) -> str:
        return self.name
