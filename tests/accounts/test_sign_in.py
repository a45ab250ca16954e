import unicodedata
from datetime import timedelta
from typing import ClassVar

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from accounts.models import Session, User
from accounts.session_store import digest
from core.audit.models import Entry
from core.clock import real_now
from tests.accounts.conftest import SIGN_IN
from tests.accounts.factories import PASSWORD
from tests.factories import UserFactory

REFUSED = "Tên đăng nhập hoặc mật khẩu không đúng"
pytestmark = pytest.mark.django_db


class CountingHasher(MD5PasswordHasher):
    worked: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        self.worked.append(salt)
        return super().encode(password, salt)


def test_sign_in_opens_a_session_of_the_account(client: Client, user: User) -> None:
    response = client.post(SIGN_IN, {"username": user.username, "password": PASSWORD})
    assert response["Location"] == reverse("desk:home")
    row = Session.objects.get()
    assert (row.user, row.ip) == (user, "127.0.0.1")
    assert Entry.objects.filter(action="account.signed_in", actor=user).count() == 1


def test_cookie_ends_with_the_browser_and_is_not_what_the_table_holds(client: Client, user: User) -> None:
    client.post(SIGN_IN, {"username": user.username, "password": PASSWORD})
    cookie = client.cookies["session"]
    assert cookie["max-age"] == ""
    assert cookie["expires"] == ""
    assert cookie["httponly"]
    assert Session.objects.get().key == digest(cookie.value) != cookie.value


def test_page_offers_no_remembering_and_lets_managers_fill_in(client: Client) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "checkbox" not in page
    assert "onpaste" not in page


@pytest.mark.parametrize("typed", ["NgocHan.PNV", "  ngochan.pnv ", "ｎｇｏｃｈａｎ.pnv"])
def test_user_name_is_folded(client: Client, user: User, typed: str) -> None:
    assert client.post(SIGN_IN, {"username": typed, "password": PASSWORD}).status_code == 302


def test_email_opens_the_only_account_that_has_it(client: Client) -> None:
    UserFactory(username="mot", email="vanphong@example.vn")
    typed = {"username": "VanPhong@example.vn", "password": PASSWORD}
    assert client.post(SIGN_IN, typed).status_code == 302


def test_shared_email_opens_no_account(client: Client) -> None:
    UserFactory.create_batch(2, email="vanphong@example.vn")
    response = client.post(SIGN_IN, {"username": "vanphong@example.vn", "password": PASSWORD})
    assert REFUSED in response.content.decode()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("stored", ["NFC", "NFD"])
def test_password_is_compared_in_one_form(client: Client, user: User, stored: str, form: str) -> None:
    password = " Mười tám tiếng Việt có dấu  "
    user.set_password(unicodedata.normalize(stored, password))
    user.save()
    typed = unicodedata.normalize(form, password)
    assert client.post(SIGN_IN, {"username": user.username, "password": typed}).status_code == 302


def test_password_is_checked_exactly(client: Client, user: User) -> None:
    long = "ế" * 200
    user.set_password(long)
    user.save()
    for wrong in (long[:-1], long + " ", long.upper()):
        response = client.post(SIGN_IN, {"username": user.username, "password": wrong})
        assert REFUSED in response.content.decode()


def refused_page(client: Client, username: str, password: str) -> str:
    response = client.post(SIGN_IN, {"username": username, "password": password})
    assert response.status_code == 200
    page = response.content.decode().replace(username, "NAME")
    token = response.context["csrf_token"]
    return page.replace(str(token), "TOKEN")


def test_unknown_wrong_and_closed_get_the_same_answer(client: Client, user: User) -> None:
    closed = UserFactory(is_active=False)
    wrong = refused_page(client, user.username, "khong-phai-mat-khau")
    assert REFUSED in wrong
    assert refused_page(client, "khong.co.ai", "khong-phai-mat-khau") == wrong
    assert refused_page(client, closed.username, PASSWORD) == wrong


def test_unknown_name_costs_the_same_hashing(client: Client, settings: settings, user: User) -> None:
    settings.PASSWORD_HASHERS = ["tests.accounts.test_sign_in.CountingHasher"]
    CountingHasher.worked.clear()
    client.post(SIGN_IN, {"username": user.username, "password": "khong-phai"})
    known = len(CountingHasher.worked)
    CountingHasher.worked.clear()
    client.post(SIGN_IN, {"username": "khong.co.ai", "password": "khong-phai"})
    assert len(CountingHasher.worked) == known == 1


def test_argon2_comes_first_and_old_hashes_are_upgraded(client: Client, settings: settings) -> None:
    production = [path for path in settings.PASSWORD_HASHERS if "MD5" not in path]
    assert "Argon2" in production[0]
    settings.PASSWORD_HASHERS = production[1:]
    user = UserFactory()
    assert user.password.startswith("pbkdf2_")
    settings.PASSWORD_HASHERS = production
    client.post(SIGN_IN, {"username": user.username, "password": PASSWORD})
    user.refresh_from_db()
    assert user.password.startswith("argon2")


def test_initial_password_opens_nothing_after_its_time(client: Client, user: User) -> None:
    user.password_expires_at = real_now() - timedelta(seconds=1)
    user.save()
    page = client.post(SIGN_IN, {"username": user.username, "password": PASSWORD}).content.decode()
    assert "Mật khẩu cấp lần đầu đã hết hạn" in page
    wrong = client.post(SIGN_IN, {"username": user.username, "password": "sai"}).content.decode()
    assert REFUSED in wrong


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/account/profile/?a=1", "/account/profile/?a=1"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_next_leads_only_within_this_site(client: Client, user: User, wanted: str, target: str) -> None:
    response = client.post(SIGN_IN, {"username": user.username, "password": PASSWORD, "next": wanted})
    assert response["Location"] == target


def test_session_key_changes_at_sign_in(client: Client, user: User) -> None:
    session = client.session
    session["before"] = "kept"
    session.save()
    client.cookies["session"] = session.session_key
    client.post(SIGN_IN, {"username": user.username, "password": PASSWORD})
    new = client.cookies["session"].value
    assert new != session.session_key
    assert list(Session.objects.values_list("key", flat=True)) == [digest(new)]


def test_whoever_is_signed_in_is_led_on(client: Client, user: User) -> None:
    client.force_login(user)
    assert client.get(f"{SIGN_IN}?next=/account/profile/")["Location"] == "/account/profile/"


def test_forgotten_password_says_whom_to_ask(client: Client, settings: settings) -> None:
    settings.HELP_CONTACT = "Phòng Nội vụ | 0299 000 0118"
    page = client.get(reverse("accounts:password_forgotten")).content.decode()
    assert "Phòng Nội vụ" in page
    assert "0299 000 0118" in page
