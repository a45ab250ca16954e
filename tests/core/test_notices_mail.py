"""The mail outbox: a row first, tries with growing waits, never lost."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail as django_mail

from core import notices
from core.clock import real_now
from core.jobs import bell
from core.notices import mail, ticks
from core.notices.enums import MailState
from core.notices.kinds import MAILS
from core.notices.models import OutgoingMail
from core.notices.tasks import send_mails

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _words():
    notices.register_mail(
        "test.reminder",
        subject=lambda params: f"Nhắc nộp\nbáo cáo {params['period']}",
        body=lambda params: "Hạn 30/11.",
    )
    yield
    del MAILS._entries["test.reminder"]


def queued(**given):
    row = notices.queue_mail("test.reminder", to="don.vi@example.test", params={"period": "năm 2024"})
    OutgoingMail.objects.filter(pk=row.pk).update(**given)
    return row


def refuse(message):
    raise SMTPServerDisconnected("busy")


def test_a_queued_mail_goes_out_once():
    row = queued()
    send_mails()
    send_mails()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (MailState.SENT, 1)
    assert [message.subject for message in django_mail.outbox] == ["Nhắc nộp báo cáo năm 2024"]


def test_queueing_rings_on_commit(monkeypatch, django_capture_on_commit_callbacks):
    rung = []
    monkeypatch.setattr(bell, "ring", lambda task, line: rung.append((task, line)))
    with django_capture_on_commit_callbacks(execute=True):
        queued()
        assert rung == []
    assert rung == [("core.notices.tasks.send_mails", "mail")]


def test_a_refused_mail_waits_longer_each_time(monkeypatch):
    monkeypatch.setattr(mail, "deliver", refuse)
    row = queued()
    waits = []
    for _ in range(3):
        OutgoingMail.objects.update(next_try=real_now())
        assert mail.send_due() == 0
        row.refresh_from_db()
        waits.append(round((row.next_try - real_now()) / timedelta(minutes=1)))
    assert (row.state, row.attempts, waits) == (MailState.QUEUED, 3, [1, 2, 4])
    assert "SMTPServerDisconnected" in row.last_error
    assert mail.due_ids() == []


def test_a_mail_that_is_never_taken_is_given_up_in_the_log(monkeypatch, caplog):
    monkeypatch.setattr(mail, "deliver", refuse)
    row = queued(attempts=mail.MOST_ATTEMPTS - 1)
    mail.send_due()
    row.refresh_from_db()
    assert row.state == MailState.FAILED
    assert caplog.records[-1].levelname == "ERROR"


def test_a_mail_that_cannot_be_written_holds_up_no_other():
    bad = queued(params={})
    good = queued()
    assert mail.send_due() == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (MailState.QUEUED, MailState.SENT)


def test_a_mail_in_flight_is_left_to_its_worker_for_a_while():
    row = queued(state=MailState.SENDING, next_try=real_now() + mail.IN_FLIGHT)
    assert mail.due_ids() == []
    OutgoingMail.objects.update(next_try=real_now())  # that worker is dead
    assert mail.send_due() == 1
    row.refresh_from_db()
    assert row.state == MailState.SENT


def test_two_workers_send_a_mail_once():
    row = queued()
    assert mail.send_one(row.pk)
    assert not mail.send_one(row.pk)
    assert len(django_mail.outbox) == 1


def test_the_tick_rings_only_for_due_mail(monkeypatch):
    rung = []
    monkeypatch.setattr(bell, "ring", lambda task, line: rung.append(task))
    ticks.ring_for_mail()
    assert rung == []
    queued()
    ticks.ring_for_mail()
    assert rung == ["core.notices.tasks.send_mails"]


def test_an_unknown_code_fails_where_it_is_written():
    with pytest.raises(KeyError):
        notices.queue_mail("nobody.knows", to="a@example.test")
