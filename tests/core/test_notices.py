"""The inbox: told once, read by its owner alone."""

import pytest
from django.db import transaction
from django.urls import reverse

from core import notices
from core.notices.kinds import NOTICES
from core.notices.models import Notice
from tests.core.jobs import JobFactory, queries_of
from tests.factories import HouseFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class NoticeFactory(HouseFactory):
    class Meta:
        model = Notice

    code = "test.returned"
    target_type = "jobs.job"
    target_id = 1


@pytest.fixture(autouse=True)
def _texts():
    notices.register(
        "test.returned", text=lambda params: f"Trả lại: {params.get('reason', '')}",
        url=lambda notice: f"/campaigns/{notice.target_id}/",
    )  # fmt: skip
    yield
    del NOTICES._entries["test.returned"]


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def page(client, user):
    client.force_login(user)
    return client


def test_notice_reaches_each_recipient_once(user):
    other, target = UserFactory(), JobFactory()
    notices.after_commit("test.returned", recipients=[user, other.pk, user], target=target, params={"reason": "x"})
    told = Notice.objects.order_by("recipient_id")
    assert [notice.recipient_id for notice in told] == sorted([user.pk, other.pk])
    assert (told[0].target_type, told[0].target_id, told[0].text) == ("jobs.job", target.pk, "Trả lại: x")


def test_dedupe_tells_a_person_once_however_often_it_runs(user):
    target, other = JobFactory(), UserFactory()
    for recipients in ([user], [user, other]):
        notices.after_commit("test.returned", recipients=recipients, target=target, dedupe="period:7")
    assert Notice.objects.filter(recipient=user).count() == 1
    assert Notice.objects.filter(recipient=other).count() == 1


def test_without_dedupe_each_time_counts(user):
    target = JobFactory()
    for _ in range(2):
        notices.after_commit("test.returned", recipients=[user], target=target)
    assert notices.unread_count(user) == 2


def test_a_deed_that_is_undone_is_not_told(user):
    target = JobFactory()

    @transaction.atomic
    def deed():
        notices.after_commit("test.returned", recipients=[user], target=target)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deed()
    assert not Notice.objects.exists()


def test_an_unknown_code_fails_where_it_is_written(user):
    with pytest.raises(KeyError):
        notices.after_commit("nobody.knows", recipients=[user], target=JobFactory())


def test_inbox_shows_own_notices_unread_first(page, user):
    NoticeFactory(recipient=user, params={"reason": "cũ, chưa đọc"})
    NoticeFactory(recipient=user, params={"reason": "mới, đã đọc"}, read_at="2024-10-20T00:00Z")
    NoticeFactory(recipient=user, params={"reason": "<b>mới</b>"})
    NoticeFactory(recipient=UserFactory(), params={"reason": "của người khác"})
    answer = page.get(reverse("notices:inbox"))
    text = answer.content.decode()
    assert text.index("&lt;b&gt;mới") < text.index("cũ, chưa đọc") < text.index("mới, đã đọc")
    assert "của người khác" not in text
    assert answer.context["unread_count"] == 2


def test_empty_inbox_says_what_will_stand_there(page):
    assert "Chưa có thông báo nào" in page.get(reverse("notices:inbox")).content.decode()


def test_notice_of_an_older_version_still_reads(page, user):
    NoticeFactory(recipient=user, code="of.an.older.version")
    NoticeFactory(recipient=user, code="job_failed", params={"name": "of an older version"})
    assert page.get(reverse("notices:inbox")).status_code == 200


def test_opening_marks_read_and_leads_on(page, user):
    notice = NoticeFactory(recipient=user, target_id=7)
    answer = page.post(reverse("notices:notice_open", args=[notice.pk]))
    assert answer.url == "/campaigns/7/"
    notice.refresh_from_db()
    first_read = notice.read_at
    assert first_read is not None
    page.post(reverse("notices:notice_open", args=[notice.pk]))
    notice.refresh_from_db()
    assert notice.read_at == first_read
    assert notices.unread_count(user) == 0


def test_opening_by_get_marks_nothing(page, user):
    notice = NoticeFactory(recipient=user)
    assert page.get(reverse("notices:notice_open", args=[notice.pk])).status_code == 405
    assert notices.unread_count(user) == 1


def test_the_notice_of_another_is_not_there(page):
    other = UserFactory()
    notice = NoticeFactory(recipient=other)
    assert page.post(reverse("notices:notice_open", args=[notice.pk])).status_code == 404
    assert notices.unread_count(other) == 1


def test_all_as_read_takes_own_notices_that_were_shown(page, user):
    other = UserFactory()
    shown, _foreign = NoticeFactory(recipient=user), NoticeFactory(recipient=other)
    later = NoticeFactory(recipient=user)
    page.post(reverse("notices:read_all"), {"up_to": shown.pk})
    assert list(Notice.objects.unread().filter(recipient=user)) == [later]
    assert notices.unread_count(other) == 1


@pytest.mark.parametrize("up_to", ["", "x", "-1", "²", "9" * 40])
def test_all_as_read_bears_any_number(page, user, up_to):
    assert page.post(reverse("notices:read_all"), {"up_to": up_to}).status_code == 302


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_opening_bears_any_number(page, number):
    assert page.post(f"/notices/{number}/open/").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 200])
def test_inbox_query_count(page, user, count):
    NoticeFactory.create_batch(count, recipient=user)
    assert queries_of(page, reverse("notices:inbox"), "notices_notice") == 4


def test_signed_out_is_sent_to_sign_in(client):
    assert client.get(reverse("notices:inbox")).status_code == 302
