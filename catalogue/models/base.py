"""What every entry of the catalogue says of where it was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.enums import Mark


class Sourced(models.Model):
    """The text and article an entry rests on, where that was read, and how far it was compared."""

    text = models.ForeignKey(
        "catalogue.LegalText", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("legal text")
    )
    article = models.CharField(_("article"), max_length=200, blank=True)
    source_key = models.CharField(_("source"), max_length=60, blank=True)
    source_link = models.URLField(_("link to the source"), max_length=500, blank=True)
    mark = models.CharField(_("comparison"), max_length=10, choices=Mark, default=Mark.UNCHECKED)
    note = models.TextField(_("note"), blank=True)
    # An update of the product never touches an entry that was made here.
    shipped = models.BooleanField(_("came with the product"), default=False)

    class Meta:
        abstract = True
