"""Invariants of this room."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.invariants import named, register, rows_of
from core.notices.enums import MailState
from core.notices.models import OutgoingMail


@register("notices.mail", _("A mail that was sent has its time, and no other has"))
def mail() -> Iterator[str]:
    wrong = Q(state=MailState.SENT, sent_at__isnull=True) | ~Q(state=MailState.SENT) & Q(sent_at__isnull=False)
    for pk, state in rows_of(OutgoingMail.objects.filter(wrong).order_by("pk"), "pk", "state"):
        yield named(OutgoingMail, pk, state)
