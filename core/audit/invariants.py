"""Invariants of this room. The proof of the chain is a command of its own: verify_audit."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.audit.models import Entry, Unsealed
from core.invariants import named, register, rows_of


@register("audit.queue", _("Each audit entry is either chained or waits to be (mended by seal_audit)"))
def queue() -> Iterator[str]:
    waiting = Unsealed.objects.order_by().values("pk")
    for (pk,) in rows_of(Entry.objects.without_link().exclude(pk__in=waiting), "pk"):
        yield named(Entry, pk)
    for (pk,) in rows_of(Unsealed.objects.filter(entry__link__isnull=False), "pk"):
        yield named(Unsealed, pk)
