"""What the bell wakes: the sending of mail, off the ticking thread because a mail server may be slow."""

from celery import shared_task

from core.notices import mail


@shared_task(name="core.notices.tasks.send_mails", ignore_result=True)
def send_mails() -> None:
    """Try every mail that is due. The rows know which; a second call at once finds none."""
    mail.send_due()
