from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.addresses import client_address, counted_address
from accounts.models import AddressTally, SignInLock, User
from accounts.services import locks
from core.audit.models import Entry
from core.clock import real_now
from core.errors import NotAllowed
from tests.accounts.conftest import SIGN_IN
from tests.accounts.factories import PASSWORD
from tests.factories import UserFactory

HERE, THERE = "192.0.2.10", "198.51.100.20"
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def attempt(username: str, password: str, address: str = HERE, **extra: str) -> int:
    client = Client(REMOTE_ADDR=address, **extra)
    return client.post(SIGN_IN, {"username": username, "password": password}).status_code


def fail(username: str, times: int, address: str = HERE, **extra: str) -> list[int]:
    return [attempt(username, "sai", address, **extra) for _n in range(times)]


def test_fifth_failure_locks_the_pair_and_the_right_password_too(user: User) -> None:
    assert fail(user.username, 5) == [200, 200, 200, 200, 429]
    assert attempt(user.username, PASSWORD) == 429


def test_locked_page_says_until_when(user: User) -> None:
    fail(user.username, 5)
    response = Client(REMOTE_ADDR=HERE).post(SIGN_IN, {"username": user.username, "password": PASSWORD})
    assert "Có thể đăng nhập lại sau" in response.content.decode()
    assert 290 < int(response["Retry-After"]) <= 300


def test_unknown_name_is_locked_alike(db: None) -> None:
    assert fail("khong.co.ai", 5) == [200, 200, 200, 200, 429]


def test_locking_one_does_not_lock_a_colleague_at_the_same_address(user: User) -> None:
    fail(user.username, 5)
    assert attempt(UserFactory().username, PASSWORD) == 302


def test_same_name_elsewhere_is_slowed_not_locked(user: User) -> None:
    fail(user.username, 5)
    assert fail(user.username, 1, THERE) == [200]
    assert attempt(user.username, PASSWORD, THERE) == 302
    assert fail(user.username, 2, THERE) == [200, 429]


@pytest.mark.parametrize("variant", ["NGOCHAN.pnv", " ngochan.pnv", "ｎｇｏｃｈａｎ.pnv"])
def test_variants_of_a_name_share_their_failures(user: User, variant: str) -> None:
    fail(user.username, 3)
    assert fail(variant, 2) == [200, 429]


def test_email_and_name_share_their_failures(user: User) -> None:
    User.objects.filter(pk=user.pk).update(email="han@example.vn", search="")
    fail(user.username, 3)
    assert fail("Han@example.vn", 2) == [200, 429]


def test_cool_off_grows(user: User) -> None:
    waits = []
    for _n in range(5):
        fail(user.username, 5)
        lock = SignInLock.objects.get()
        assert lock.locked_until is not None
        waits.append(round((lock.locked_until - lock.last_failed).total_seconds() / 60))
        lock.locked_until = real_now()
        lock.save()
    assert waits == [5, 15, 60, 240, 240]


def test_after_a_quiet_day_the_pair_begins_anew(user: User) -> None:
    fail(user.username, 5)
    past = real_now() - timedelta(days=1, minutes=1)
    SignInLock.objects.update(last_failed=past, locked_until=past)
    fail(user.username, 5)
    assert SignInLock.objects.get().times_locked == 1


def test_trying_while_locked_does_not_prolong_it(user: User) -> None:
    fail(user.username, 5)
    until = SignInLock.objects.get().locked_until
    fail(user.username, 5)  # as many as bring about a pause
    assert SignInLock.objects.get().locked_until == until


def test_success_forgets_the_failures_of_the_pair(user: User) -> None:
    fail(user.username, 4)
    assert attempt(user.username, PASSWORD) == 302
    assert fail(user.username, 4) == [200] * 4


def test_spray_over_many_names_trips_the_address(user: User, settings: settings) -> None:
    settings.LOCKOUT_ADDRESS_LIMIT = 10
    assert [attempt(f"ten{n}", "mot-mat-khau") for n in range(10)] == [200] * 9 + [429]
    assert attempt(user.username, PASSWORD) == 429
    assert attempt(user.username, PASSWORD, THERE) == 302


def test_address_opens_again_when_its_window_is_over(user: User, settings: settings) -> None:
    settings.LOCKOUT_ADDRESS_LIMIT = 3
    [attempt(f"ten{n}", "sai") for n in range(3)]
    window = timedelta(minutes=settings.LOCKOUT_ADDRESS_MINUTES)
    AddressTally.objects.update(since=real_now() - window)
    assert attempt(user.username, PASSWORD) == 302


def test_forged_forwarding_header_does_not_evade(user: User) -> None:
    codes = [attempt(user.username, "sai", HERE, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, 10.0.0.{n}") for n in range(5)]
    assert codes[-1] == 429


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "203.0.113.5", HERE),
        (1, "", HERE),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "1.2.3.4, 203.0.113.5", "203.0.113.5"),
        (2, "1.2.3.4, 203.0.113.5, 10.0.0.1", "203.0.113.5"),
        (2, "203.0.113.5", HERE),
        (1, "not-an-address", HERE),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_address_is_read_behind_the_known_proxies_only(
    settings: settings, proxies: int, header: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory(REMOTE_ADDR=HERE).get("/", HTTP_X_FORWARDED_FOR=header)
    assert client_address(request) == address


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
        ("x" * 60, "x" * 45),
    ],
)
def test_one_customer_counts_as_one_address(address: str, counted: str) -> None:
    assert counted_address(address) == counted


def test_administrator_opens_the_locks(client: Client, user: User, administrator: User) -> None:
    fail(user.username, 5)
    client.force_login(administrator)
    page = client.get(reverse("accounts:account_detail", args=[user.pk])).content.decode()
    assert f"Từ địa chỉ {HERE}" in page
    client.post(reverse("accounts:account_unlock", args=[user.pk]))
    assert attempt(user.username, PASSWORD) == 302
    assert Entry.objects.filter(action="account.unlocked", actor=administrator).count() == 1


def test_unlocking_takes_an_administrator(user: User) -> None:
    with pytest.raises(NotAllowed):
        locks.unlock_account(user=user, actor=user)


def test_what_no_longer_counts_is_cleared_at_sign_in(user: User) -> None:
    fail("khong.co.ai", 1)
    SignInLock.objects.update(last_failed=real_now() - timedelta(days=2))
    AddressTally.objects.update(since=real_now() - timedelta(days=2))
    attempt(user.username, PASSWORD)
    assert not SignInLock.objects.exists()
    assert not AddressTally.objects.exists()


def test_lock_stands_in_the_history_of_the_account(user: User) -> None:
    fail(user.username, 5)
    entry = Entry.objects.get(action="account.locked")
    assert (entry.actor, entry.subject_id, entry.changes) == (None, str(user.pk), {"address": [None, HERE]})


def test_log_never_names_what_was_typed(user: User, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    fail("mat-khau-go-nham-o", 5)
    fail(user.username, 5)
    ours = "\n".join(record.getMessage() for record in caplog.records)
    assert ours.count("A sign-in was refused at 192.0.2.10") == 10
    assert f"Signing in was closed for account {user.pk} at {HERE}" in ours
    assert "mat-khau-go-nham-o" not in ours


def test_present_password_is_not_guessed_in_an_open_browser(client: Client, user: User) -> None:
    client.force_login(user)
    url, new = reverse("accounts:password_change"), "con voi đọc thơ lục bát"
    wrong = {"old": "sai", "new": new, "again": new, "_once": "k"}
    assert [client.post(url, wrong).status_code for _n in range(6)] == [200] * 5 + [429]
    assert client.post(url, wrong | {"old": PASSWORD}).status_code == 429
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_unchanged_new_password_is_no_failure(client: Client, user: User) -> None:
    client.force_login(user)
    client.post(reverse("accounts:password_change"), {"old": PASSWORD, "new": "ngan", "again": "ngan"})
    assert not SignInLock.objects.exists()
