from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import Session, User
from accounts.session_store import SessionStore
from core.clock import real_now
from core.jobs import POLL_URL_NAMES
from core.ui.models import Draft
from tests.accounts.factories import PASSWORD, idle_for, older_by

SignedIn = Callable[..., Client]
PROFILE = "/account/profile/"
NEW_PASSWORD = "bốn tiếng không liên quan"
pytestmark = pytest.mark.django_db


def is_open(client: Client) -> bool:
    return client.get(PROFILE).status_code == 200


@pytest.mark.parametrize(("seconds", "still_open"), [(14 * 60, True), (15 * 60 + 1, False)])
def test_idle_session_ends(signed_in: SignedIn, user: User, seconds: int, still_open: bool) -> None:
    client = signed_in(user)
    idle_for(user, seconds)
    assert is_open(client) is still_open


@pytest.mark.parametrize(("seconds", "still_open"), [(4 * 60, True), (5 * 60 + 1, False)])
def test_administrator_may_idle_less_long(
    signed_in: SignedIn, administrator: User, seconds: int, still_open: bool
) -> None:
    client = signed_in(administrator)
    idle_for(administrator, seconds)
    assert is_open(client) is still_open


def test_session_ends_after_ten_hours_of_work(signed_in: SignedIn, user: User) -> None:
    client = signed_in(user)
    older_by(user, 10 * 3600 - 60)
    assert is_open(client)
    older_by(user, 61)
    assert not is_open(client)


def test_time_outs_are_settings(signed_in: SignedIn, user: User, settings: settings) -> None:
    settings.SESSION_ABSOLUTE_SECONDS = 60
    settings.SESSION_IDLE_SECONDS = 30
    client = signed_in(user)
    row = Session.objects.get()
    assert row.expires - row.created == timedelta(seconds=60)
    idle_for(user, 31)
    assert not is_open(client)


def test_expired_session_says_so_and_leads_back(signed_in: SignedIn, user: User) -> None:
    client = signed_in(user)
    idle_for(user, 3600)
    response = client.get(f"{PROFILE}?tab=2")
    assert response["Location"] == "/account/sign-in/?next=%2Faccount%2Fprofile%2F%3Ftab%3D2&reason=expired"
    assert "Phiên làm việc đã kết thúc" in client.get(response["Location"]).content.decode()


def test_work_is_noted_at_most_once_a_minute(signed_in: SignedIn, user: User) -> None:
    client = signed_in(user)
    client.get(PROFILE)
    first = Session.objects.get().last_touched
    client.get(PROFILE)
    assert Session.objects.get().last_touched == first
    idle_for(user, 61)
    client.get(PROFILE)
    assert Session.objects.get().last_touched > first


def test_polls_keep_no_session_alive(signed_in: SignedIn, user: User, settings: settings) -> None:
    settings.ROOT_URLCONF = "tests.accounts.polling_urls"
    client = signed_in(user)
    idle_for(user, 120)
    before = Session.objects.get().last_touched
    assert client.get("/poll/").status_code == 200
    assert Session.objects.get().last_touched == before
    client.get("/no-poll/")
    assert Session.objects.get().last_touched > before


def test_progress_of_a_job_is_a_poll() -> None:

    assert "jobs:row" in POLL_URL_NAMES


def test_signing_out_ends_the_session_on_the_server(signed_in: SignedIn, user: User) -> None:
    client = signed_in(user)
    old = client.cookies["session"].value
    response = client.post(reverse("accounts:sign_out"))
    assert response["Location"] == "/account/sign-in/?reason=signed_out"
    client.cookies["session"] = old
    assert not is_open(client)
    assert not Session.objects.filter(user=user).exists()


def test_signing_out_takes_a_post(signed_in: SignedIn, user: User) -> None:
    client = signed_in(user)
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert is_open(client)


def test_inactive_account_is_out_at_the_next_request(signed_in: SignedIn, user: User) -> None:
    client = signed_in(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_open(client)


def test_changing_the_password_ends_the_other_sessions_and_renews_the_key(signed_in: SignedIn, user: User) -> None:
    here, there = signed_in(user), signed_in(user)
    old = here.cookies["session"].value
    response = here.post(
        reverse("accounts:password_change"), {"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD}
    )
    assert response.status_code == 302
    # Before the other device asks for anything: what it then finds is no proof that its row was gone.
    assert Session.objects.filter(user=user).count() == 1
    assert is_open(here)
    assert not is_open(there)
    assert here.cookies["session"].value != old
    assert not is_open(Client(HTTP_COOKIE=f"session={old}"))


def test_other_devices_can_be_signed_out(signed_in: SignedIn, user: User) -> None:
    here, there = signed_in(user), signed_in(user, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    page = here.get(PROFILE).content.decode()
    assert "Firefox, Windows" in page
    assert "Thiết bị này" in page
    response = here.post(reverse("accounts:session_end_others"), follow=True)
    assert "Đã đăng xuất 1 thiết bị." in response.content.decode()
    assert is_open(here)
    assert not is_open(there)


def test_form_sent_too_late_is_kept_as_a_draft(signed_in: SignedIn, user: User) -> None:
    client = signed_in(user)
    idle_for(user, 3600)
    typed = {"version": "0", "full_name": "Tên gõ sau khi phiên đã hết", "language": "vi"}
    response = client.post(PROFILE, typed, HTTP_REFERER=f"http://testserver{PROFILE}")
    assert response["Location"].startswith("/account/sign-in/?next=%2Faccount%2Fprofile%2F&")
    assert Draft.objects.get(user=user).payload["full_name"] == ["Tên gõ sau khi phiên đã hết"]
    again = signed_in(user)
    assert "Tên gõ sau khi phiên đã hết" in again.get(PROFILE).content.decode()
    user.refresh_from_db()
    assert user.full_name == "Lý Thị Ngọc Hân"


def test_passwords_are_never_kept_as_a_draft(signed_in: SignedIn, user: User) -> None:
    client = signed_in(user)
    idle_for(user, 3600)
    client.post(reverse("accounts:password_change"), {"old": PASSWORD, "new": "a", "again": "a"})
    assert not Draft.objects.exists()


def test_form_of_a_session_that_was_ended_is_not_kept(signed_in: SignedIn, user: User) -> None:
    client = signed_in(user)
    Session.objects.all().delete()
    client.post(PROFILE, {"full_name": "Ai đó"})
    assert not Draft.objects.exists()


def test_old_rows_are_cleared_at_the_next_sign_in(signed_in: SignedIn, user: User) -> None:
    signed_in(user)
    idle_for(user, 2 * 24 * 3600)
    signed_in(user)
    assert Session.objects.count() == 1


def test_two_keys_never_share_a_row(db: None) -> None:
    first, second = SessionStore(), SessionStore()
    first.create()
    second.create()
    assert first.session_key != second.session_key
    assert Session.objects.count() == 2
    assert Session.objects.filter(expires__gt=real_now()).count() == 2
