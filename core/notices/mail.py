"""The mail outbox: a row first, then as many tries as it takes.

A mail server that is slow or away holds up no request and loses no mail. A mail can go out twice if a
worker dies between the server's "taken" and the row's "sent"; it is never silently lost.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.utils import translation

from core.clock import real_now
from core.jobs import bell
from core.notices.enums import OPEN, MailState
from core.notices.kinds import MAILS, Params
from core.notices.models import OutgoingMail

log = logging.getLogger(__name__)

SEND_TASK = "core.notices.tasks.send_mails"
MOST_ATTEMPTS = 10
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
IN_FLIGHT = timedelta(minutes=10)  # after which the worker that took it is taken for dead
BATCH = 50


@transaction.atomic
def put_in_outbox(code: str, *, to: str, params: Params | None = None, language: str = "vi") -> OutgoingMail:
    """See `core.notices.queue_mail`."""
    MAILS[code]  # an unknown code fails here, not at night
    mail = OutgoingMail.objects.create(to=to, code=code, params=dict(params or {}), language=language)
    transaction.on_commit(ring, robust=True)
    return mail


def ring() -> None:
    bell.ring(SEND_TASK, line="mail")


def due_ids() -> list[int]:
    """The mails to try now, oldest first; those in flight too long are tried again."""
    due = OutgoingMail.objects.filter(state__in=OPEN, next_try__lte=real_now())
    return list(due.order_by("next_try").values_list("pk", flat=True)[:BATCH])


def send_due() -> int:
    """Try each mail that is due; returns how many went out."""
    return sum(send_one(mail_id) for mail_id in due_ids())


def send_one(mail_id: int) -> bool:
    """Claim one mail, send it, write how it went."""
    now = real_now()
    taken = OutgoingMail.objects.filter(pk=mail_id, state__in=OPEN, next_try__lte=now).update(
        state=MailState.SENDING, attempts=F("attempts") + 1, next_try=now + IN_FLIGHT
    )
    if not taken:
        return False
    mail = OutgoingMail.objects.get(pk=mail_id)
    try:
        deliver(mail)
    except (OSError, SMTPException) as error:
        postpone(mail, error)
        return False
    except Exception as error:  # a mail that cannot be written must not hold up the others
        log.exception("Mail %s cannot be written", mail.pk)
        postpone(mail, error)
        return False
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=real_now(), last_error="")
    return True


def deliver(mail: OutgoingMail) -> None:
    """Write the words in the recipient's language and hand them to the mail server."""
    kind = MAILS[mail.code]
    with translation.override(mail.language):
        subject = " ".join(kind.subject(mail.params).split())
        send_mail(subject, kind.body(mail.params), None, [mail.to])


def postpone(mail: OutgoingMail, error: Exception) -> None:
    """Wait twice as long each time; give up after MOST_ATTEMPTS and say so in the log."""
    wait = min(FIRST_WAIT * 2 ** (mail.attempts - 1), LONGEST_WAIT)
    last = mail.attempts >= MOST_ATTEMPTS
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=MailState.FAILED if last else MailState.QUEUED,
        next_try=real_now() + wait,
        last_error=f"{type(error).__name__}: {error}"[:200],
    )
    log.log(
        logging.ERROR if last else logging.WARNING, "Mail %s was not taken (attempt %s): %s",
        mail.pk, mail.attempts, type(error).__name__,
    )  # fmt: skip
