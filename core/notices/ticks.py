"""Rings for mail that is due: after a failed try, or when the first call was lost."""

from core.jobs.tick import register
from core.notices import mail


@register("notices.mail", every=lambda: 60.0)
def ring_for_mail() -> None:
    if mail.due_ids():
        mail.ring()
