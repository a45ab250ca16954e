"""Invariants of this room: of dated facts one holds on a day."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from catalogue.models import AwardVersion, LegalValue, Term
from core.invariants import overlaps, register

SAME = (
    (AwardVersion, ("type", "scope")),
    (LegalValue, ("code", "scope")),
    (Term, ("vocabulary", "code")),
)


@register("catalogue.dated", _("Versions of an award, legal values and words of lists do not overlap in time"))
def dated() -> Iterator[str]:
    for model, same in SAME:
        yield from overlaps(model._default_manager.all(), *same)
