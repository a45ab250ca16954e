"""The mail of what waits: to whom, when, once a person and day, and what it says."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from campaigns.enums import PledgeState
from core import clock
from core.jobs.tick import TICKS
from core.notices.mail import send_due
from core.notices.models import OutgoingMail
from desk.models import DigestMark
from desk.services.digests import BATCH, MOST_ROWS, people_to_look_at, send_digest, send_digests_at
from desk.telling import body, subject
from tests.campaigns.factories import CampaignFactory, ParticipationFactory, PledgeFactory
from tests.campaigns.world import Committee, build_committee
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
MONDAY, TUESDAY, SATURDAY = date(2024, 10, 21), date(2024, 10, 22), date(2024, 10, 26)


@pytest.fixture
def committee(db: None) -> Committee:
    return build_committee()


@pytest.fixture
def officer(committee: Committee) -> User:
    """A unit officer with an address, a returned pledge and one that is overdue."""
    user = committee.unit_officers[0]
    change(user, email="an.hiep@example.test")
    for state, due in ((PledgeState.RETURNED, None), (PledgeState.DRAFT, date(2024, 3, 31))):
        campaign = CampaignFactory(organiser=committee.district, pledge_due_on=due, title="Phong trào A")
        part = ParticipationFactory(campaign=campaign, unit=committee.communes[0])
        PledgeFactory(participation=part, state=state, return_reason="Bổ sung minh chứng")
    return user


def change(user: User, **values: Any) -> None:
    """Write the values with their search keys."""
    for name, value in values.items():
        setattr(user, name, value)
    user.save()


def at(day: date, hour: int = 7) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.ZONE)


def test_the_mail_says_what_is_due_and_why(officer: User) -> None:
    assert send_digest(user=officer, day=MONDAY)
    row = OutgoingMail.objects.get()
    assert (row.to, row.code) == ("an.hiep@example.test", "desk.digest")
    assert send_due() == 1
    sent = mail.outbox[0]
    assert sent.subject == "Bạn có 2 việc cần xử lý, trong đó 1 việc quá hạn"
    assert f"Kính gửi {officer.full_name}," in sent.body
    assert "- Đăng ký thi đua: Phong trào A (quá hạn từ 31/03/2024)" in sent.body
    assert "“Bổ sung minh chứng”" in sent.body
    assert "“Tài khoản của tôi”" in sent.body


def test_once_a_person_and_day(officer: User) -> None:
    assert send_digests_at(at(MONDAY)) == 1
    assert send_digests_at(at(MONDAY, 8)) == 0
    assert not send_digest(user=officer, day=MONDAY)
    assert OutgoingMail.objects.count() == 1
    assert DigestMark.objects.get(user=officer).items == 2
    assert send_digest(user=officer, day=TUESDAY)
    assert OutgoingMail.objects.count() == 2


def test_whoever_has_nothing_to_do_gets_no_mail_and_is_not_asked_again(officer: User, committee: Committee) -> None:
    idle = UserFactory(email="ranh@example.test")
    assert not send_digest(user=idle, day=MONDAY)
    assert not OutgoingMail.objects.filter(to=idle.email).exists()
    assert idle not in people_to_look_at(MONDAY)


@pytest.mark.parametrize(
    ("digest", "monday", "tuesday"), [("daily", True, True), ("weekly", True, False), ("never", False, False)]
)
def test_people_choose_how_often(officer: User, digest: str, monday: bool, tuesday: bool) -> None:
    change(officer, digest=digest)
    assert (officer in people_to_look_at(MONDAY)) == monday
    assert (officer in people_to_look_at(TUESDAY)) == tuesday
    assert officer not in people_to_look_at(SATURDAY)


def test_no_address_or_no_active_account_no_mail(officer: User) -> None:
    for given in ({"email": None}, {"email": ""}, {"email": "a@example.test", "is_active": False}):
        change(officer, **given)
        assert officer not in people_to_look_at(MONDAY)


def test_mails_go_out_by_day_and_a_few_people_at_a_time(officer: User) -> None:
    assert send_digests_at(at(MONDAY, 6)) == 0
    assert send_digests_at(at(MONDAY, 19)) == 0
    UserFactory.create_batch(BATCH + 1, email="nhieu@example.test", password="!")
    send_digests_at(at(MONDAY))
    assert DigestMark.objects.count() == BATCH
    send_digests_at(at(MONDAY))
    assert DigestMark.objects.count() == BATCH + 2


def test_a_long_list_is_cut_and_says_so() -> None:
    row = {"title": "Việc", "why": "", "due": "", "late": False}
    params = {"name": "An", "count": MOST_ROWS + 3, "late": 0, "rows": [row] * MOST_ROWS}
    assert "và 3 việc khác." in body(params)
    assert subject(params) == f"Bạn có {MOST_ROWS + 3} việc cần xử lý"


def test_the_tick_is_registered() -> None:
    assert "desk.digests" in TICKS


def test_the_choice_stands_on_the_profile(client: Client, officer: User) -> None:
    client.force_login(officer)
    typed = {"version": officer.version, "full_name": officer.full_name, "phone": "", "email": "a@example.test",
             "language": "vi"}  # fmt: skip
    assert "Thư báo việc cần xử lý" in client.get("/account/profile/").content.decode()
    client.post("/account/profile/", {**typed, "digest": "never"})
    officer.refresh_from_db()
    assert officer.digest == "never"
    client.post("/account/profile/", {**typed, "version": officer.version})
    officer.refresh_from_db()
    assert officer.digest == "never"
