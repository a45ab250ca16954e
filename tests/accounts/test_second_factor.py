"""Setting the second factor up, moving it, turning it off, resetting it, and who must have it."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import codes
from accounts.models import RecoveryCode, SecondFactor, Session, User
from accounts.second_factor_rule import check_setting, is_required
from accounts.services import second_factor
from core.audit.models import Entry
from core.errors import NotAllowed, ServiceError, WrongState
from core.notices.models import Notice, OutgoingMail
from core.ui.models import Draft
from tests.accounts.conftest import SIGN_IN
from tests.accounts.factories import PASSWORD, AdministratorFactory, code_now, give_factor
from tests.factories import UserFactory

SignedIn = Callable[..., Client]
SECURITY, BEGIN = "/account/security/", "/account/security/begin/"
CONFIRM, CODES, REMOVE = "/account/security/confirm/", "/account/security/codes/", "/account/security/remove/"
CODE_STEP = "/account/sign-in/code/"
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def key_on(page: str) -> str:
    found = re.search(r"data-key>([^<]+)<", page)
    assert found is not None
    return found.group(1).replace(" ", "")


def codes_on(page: str) -> list[str]:
    return re.findall(r"<li><code>([^<]+)</code></li>", page)


def with_factor(user: User) -> tuple[Client, str]:
    """A browser signed in with password and code, and the secret."""
    secret = give_factor(user)
    client = Client()
    client.post(SIGN_IN, {"username": user.username, "password": PASSWORD})
    assert client.post(CODE_STEP, {"code": code_now(secret, later=-1)}).status_code == 302
    return client, secret


@pytest.fixture
def everybody(settings: settings) -> None:
    settings.SECOND_FACTOR_ROLES = ["everybody"]


def test_setting_up_shows_square_key_and_codes_once(signed_in: SignedIn, user: User) -> None:
    client = signed_in(user)
    before = client.cookies["session"].value
    assert client.post(BEGIN, {"password": PASSWORD})["Location"] == CONFIRM
    page = page_of(client, CONFIRM)
    assert "<svg" in page
    assert key_on(page) == key_on(page_of(client, CONFIRM))
    response = client.post(CONFIRM, {"code": code_now(key_on(page))})
    shown = codes_on(response.content.decode())
    assert len(shown) == 10
    assert "no-store" in response["Cache-Control"]
    assert client.cookies["session"].value != before
    for address in (SECURITY, CONFIRM, CODES):
        assert shown[0] not in client.get(address, follow=True).content.decode()
    assert "Đang bật" in page_of(client, SECURITY)
    assert Entry.objects.filter(action="account.second_factor_set_up", actor=user).count() == 1


def test_code_that_confirmed_opens_no_sign_in(signed_in: SignedIn, user: User) -> None:
    """A14 (ASVS 6.5.1)."""
    client = signed_in(user)
    client.post(BEGIN, {"password": PASSWORD})
    code = code_now(key_on(page_of(client, CONFIRM)))
    client.post(CONFIRM, {"code": code})
    assert not second_factor.accept_code(user=user, code=code)


def test_secret_stands_ciphered_in_the_table(signed_in: SignedIn, user: User) -> None:
    client = signed_in(user)
    client.post(BEGIN, {"password": PASSWORD})
    key = key_on(page_of(client, CONFIRM))
    assert key not in SecondFactor.objects.get().coming_secret
    client.post(CONFIRM, {"code": code_now(key)})
    row = SecondFactor.objects.get()
    assert (key in row.secret, row.coming_secret) == (False, "")
    assert second_factor.SECRETS.decipher(row.secret) == key


def test_setting_up_needs_the_password_again(signed_in: SignedIn, user: User) -> None:
    """A19 (ASVS 7.5.1), with the counters of the sign-in page."""
    client = signed_in(user)
    assert "Mật khẩu hiện tại không đúng" in client.post(BEGIN, {"password": "sai"}).content.decode()
    assert not SecondFactor.objects.exists()
    for _n in range(4):
        client.post(BEGIN, {"password": "sai"})
    assert client.post(BEGIN, {"password": PASSWORD}).status_code == 429


def test_opening_the_pages_makes_nothing(signed_in: SignedIn, user: User) -> None:
    """A50: no state change on GET."""
    client = signed_in(user)
    for address in (SECURITY, BEGIN, CONFIRM, CODES, REMOVE):
        client.get(address)
    assert not SecondFactor.objects.exists()


def test_wrong_code_confirms_nothing_and_keeps_the_square(signed_in: SignedIn, user: User) -> None:
    client = signed_in(user)
    client.post(BEGIN, {"password": PASSWORD})
    page = client.post(CONFIRM, {"code": "12345"}).content.decode()
    assert "Mã không khớp" in page
    assert 'value="12345"' in page
    assert key_on(page) == key_on(page_of(client, CONFIRM))
    assert not second_factor.has_factor(user)


def test_setting_up_signs_other_devices_out(signed_in: SignedIn, user: User) -> None:
    other, client = signed_in(user), signed_in(user)
    client.post(BEGIN, {"password": PASSWORD})
    client.post(CONFIRM, {"code": code_now(key_on(page_of(client, CONFIRM)))})
    assert other.get(SECURITY).status_code == 302
    assert client.get(SECURITY).status_code == 200


def test_moving_to_a_new_phone_keeps_the_old_one_until_confirmed(user: User) -> None:
    client, old = with_factor(user)
    client.post(BEGIN, {"password": PASSWORD})
    new = key_on(page_of(client, CONFIRM))
    assert second_factor.accept_code(user=user, code=code_now(old))
    client.post(CONFIRM, {"code": code_now(new)})
    assert not second_factor.accept_code(user=user, code=code_now(old, later=1))
    assert second_factor.accept_code(user=user, code=code_now(new, later=1))
    assert Entry.objects.filter(action="account.second_factor_replaced").count() == 1


def test_new_codes_replace_the_old_ones(user: User) -> None:
    client, _secret = with_factor(user)
    assert client.post(CODES, {"password": "sai"}).status_code == 200
    assert not RecoveryCode.objects.exists()
    first = codes_on(client.post(CODES, {"password": PASSWORD}).content.decode())
    second = codes_on(client.post(CODES, {"password": PASSWORD}).content.decode())
    assert len(first) == len(second) == 10
    assert not second_factor.accept_recovery_code(user=user, code=first[0])
    assert second_factor.accept_recovery_code(user=user, code=second[0])


def test_turning_off_needs_the_password_and_leaves_nothing(user: User) -> None:
    """A19."""
    client, _secret = with_factor(user)
    client.post(REMOVE, {"password": "sai"})
    assert second_factor.has_factor(user)
    assert client.post(REMOVE, {"password": PASSWORD})["Location"] == SECURITY
    assert not SecondFactor.objects.exists()
    assert Client().post(SIGN_IN, {"username": user.username, "password": PASSWORD})["Location"] == "/"


def test_required_factor_cannot_be_turned_off(everybody: None, user: User) -> None:
    client, _secret = with_factor(user)
    assert REMOVE not in page_of(client, SECURITY)
    assert "không thể tắt" in client.post(REMOVE, {"password": PASSWORD}).content.decode()
    assert second_factor.has_factor(user)


def test_nothing_opens_before_a_required_factor(everybody: None, signed_in: SignedIn, user: User) -> None:
    """A9 (ASVS 6.3.3)."""
    client = signed_in(user)
    for address in ("/", "/account/profile/", "/jobs/", SECURITY, CODES, REMOVE):
        response = client.get(address)
        assert response.status_code == 302, address
        assert response["Location"].startswith(f"{BEGIN}?next="), address
    page = page_of(client, BEGIN)
    assert 'name="password"' not in page
    assert "/account/sign-out/" in page
    client.post(f"{BEGIN}?next=/jobs/", {"next": "/jobs/"})
    response = client.post(CONFIRM, {"code": code_now(key_on(page_of(client, CONFIRM))), "next": "/jobs/"})
    assert 'href="/jobs/"' in response.content.decode()
    assert client.get("/jobs/").status_code == 200


def test_part_of_a_page_moves_the_whole_page(everybody: None, signed_in: SignedIn, user: User) -> None:
    response = signed_in(user).get("/account/profile/", HTTP_HX_REQUEST="true")
    assert response["HX-Redirect"].startswith(BEGIN)


def test_factor_required_from_now_on_stops_an_open_session_and_keeps_its_text(
    signed_in: SignedIn, user: User, settings: settings
) -> None:
    """A25 (ASVS 8.3.2): what is required counts at the next request."""
    client = signed_in(user)
    settings.SECOND_FACTOR_ROLES = ["everybody"]
    client.post("/account/profile/", {"full_name": "Tên gõ dở", "version": 0, "language": "vi"})
    user.refresh_from_db()
    assert user.full_name != "Tên gõ dở"
    assert Draft.objects.get().payload["full_name"] == ["Tên gõ dở"]


def test_session_that_gave_no_code_touches_no_factor(signed_in: SignedIn, user: User) -> None:
    """A10: a session from elsewhere cannot exchange the factor with the password alone."""
    client = signed_in(user)
    give_factor(user)
    for address in (SECURITY, BEGIN, CODES, REMOVE):
        assert client.post(address, {"password": PASSWORD}).status_code in (403, 405), address
        assert client.get(address).status_code == 403, address
    assert not SecondFactor.objects.exclude(coming_secret="").exists()
    assert not RecoveryCode.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "administrator", "required"),
    [
        ([], True, False),
        (["administrator"], True, True),
        (["administrator"], False, False),
        (["everybody"], False, True),
        (["approver"], True, False),
    ],
)
def test_setting_names_who_must(wanted: list[str], administrator: bool, required: bool, settings: settings) -> None:
    settings.SECOND_FACTOR_ROLES = wanted
    assert is_required(UserFactory(is_administrator=administrator)) is required


def test_misspelt_role_stops_the_start(settings: settings) -> None:
    settings.SECOND_FACTOR_ROLES = ["administrator", "aprover"]
    assert [(error.id, "aprover" in error.msg) for error in check_setting()] == [("accounts.E001", True)]
    settings.SECOND_FACTOR_ROLES = ["everybody", "administrator", "standing_officer", "approver"]
    assert check_setting() == []


def test_administrator_resets_and_the_person_is_told(administrator: User, user: User) -> None:
    user.email = "han@example.vn"
    user.save()
    client, _secret = with_factor(user)
    admin = Client()
    admin.force_login(administrator)
    address = reverse("accounts:account_factor_reset", args=[user.pk])
    assert "gặp trực tiếp" in page_of(admin, address)
    assert admin.post(address, {"reason": ""}).status_code == 200
    assert second_factor.has_factor(user)
    assert admin.post(address, {"reason": "Mất điện thoại"}).status_code == 302
    assert not SecondFactor.objects.exists()
    assert client.get(SECURITY).status_code == 302
    assert not Session.objects.filter(user=user).exists()
    entry = Entry.objects.get(action="account.second_factor_reset")
    assert (entry.actor, entry.reason) == (administrator, "Mất điện thoại")
    assert "đặt lại xác thực hai lớp" in str(Notice.objects.get(recipient=user))
    assert OutgoingMail.objects.get().to == "han@example.vn"


def test_reset_is_for_others_and_for_administrators(administrator: User, user: User) -> None:
    give_factor(administrator)
    give_factor(user)
    with pytest.raises(WrongState):
        second_factor.reset(actor=administrator, account_id=administrator.pk, reason="x")
    with pytest.raises(NotAllowed):
        second_factor.reset(actor=UserFactory(), account_id=user.pk, reason="x")
    with pytest.raises(WrongState):
        second_factor.reset(actor=administrator, account_id=AdministratorFactory().pk, reason="x")


def test_last_administrator_is_helped_from_the_command_line(administrator: User) -> None:
    give_factor(administrator)
    call_command("reset_second_factor", username=administrator.username, reason="Mất máy", verbosity=0)
    assert not SecondFactor.objects.exists()
    assert Entry.objects.get(action="account.second_factor_reset").actor is None
    with pytest.raises(CommandError):
        call_command("reset_second_factor", username="khong.co", reason="x")


def test_setting_up_that_took_an_hour_begins_again(user: User, signed_in: SignedIn) -> None:
    client = signed_in(user)
    client.post(BEGIN, {"password": PASSWORD})
    key = key_on(page_of(client, CONFIRM))
    SecondFactor.objects.update(coming_since=SecondFactor.objects.get().coming_since - second_factor.SET_UP_TIME)
    assert client.post(CONFIRM, {"code": code_now(key)})["Location"] == BEGIN
    with pytest.raises(ServiceError):
        second_factor.confirm(user=user, code=code_now(key))


def test_audit_and_notices_hold_no_secret(signed_in: SignedIn, user: User) -> None:
    """A52: no secrets in the log."""
    client = signed_in(user)
    client.post(BEGIN, {"password": PASSWORD})
    key = key_on(page_of(client, CONFIRM))
    shown = codes_on(client.post(CONFIRM, {"code": code_now(key)}).content.decode())
    second_factor.accept_recovery_code(user=user, code=shown[0])
    written = str(list(Entry.objects.values()))
    assert key not in written
    assert shown[0] not in written
    assert codes.bare_recovery_code(shown[0]) not in written


def test_list_finds_accounts_without_a_factor(administrator: User, user: User) -> None:
    give_factor(user)
    without = UserFactory(full_name="Chưa Có Lớp Hai")
    client = Client()
    client.force_login(administrator)
    page = page_of(client, "/account/list/?state=without_factor")
    assert without.full_name in page
    assert user.full_name not in page
