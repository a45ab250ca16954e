"""What every entry of the catalogue says of where it was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.enums import Mark


class Cited(models.Model):
    """The text and article an entry rests on, where that was read, and how far it was compared."""

    text = models.ForeignKey(
        "catalogue.LegalText", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("legal text")
    )
    article = models.CharField(_("article"), max_length=200, blank=True)
    source = models.CharField(_("read in"), max_length=300, blank=True)
    link = models.URLField(_("link to the source"), max_length=500, blank=True)
    mark = models.CharField(_("comparison"), max_length=10, choices=Mark, default=Mark.UNCHECKED)

    class Meta:
        abstract = True

    @property
    def citation(self) -> str:
        """As officials cite it: "Điều 23 Luật Thi đua, khen thưởng 2022"; empty where no text is known."""
        return " ".join(part for part in (self.article, self.text.cite if self.text else "") if part)

    @property
    def sign(self) -> str:
        return Mark(self.mark).sign

    @property
    def binds(self) -> bool:
        """Whether it may refuse anything; what was not checked only warns."""
        return Mark(self.mark).binds


class Sourced(Cited):
    """An entry on its own: with a note, and whether an update of the product may touch it."""

    note = models.TextField(_("note"), blank=True)
    # False once somebody here has written it: an update then leaves it alone.
    shipped = models.BooleanField(_("came with the product"), default=False)

    class Meta:
        abstract = True
