"""Signing in with the second factor: after the password, before anything else."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts import codes, half_session
from accounts.models import RecoveryCode, SecondFactor, Session, SignInLock, User
from accounts.services import locks, passwords, second_factor, sign_in
from accounts.services.accounts import deactivate_account, reset_password
from accounts.session_store import SessionStore, digest
from core.audit.models import Entry
from core.clock import real_now
from core.errors import NotAllowed
from core.notices.models import Notice, OutgoingMail
from tests.accounts.conftest import SIGN_IN
from tests.accounts.factories import PASSWORD, code_now, give_factor, idle_for
from tests.factories import UserFactory

CODE = "/account/sign-in/code/"
RECOVERY = "/account/sign-in/recovery/"
PROFILE = "/account/profile/"
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def secret(user: User) -> str:
    return give_factor(user)


@pytest.fixture
def half(user: User, secret: str) -> Client:
    """A browser in which the password was given and the code was not."""
    client = Client()
    response = client.post(SIGN_IN, {"username": user.username, "password": PASSWORD})
    assert response["Location"] == CODE
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(PROFILE).status_code == 200


def paper_codes(user: User, count: int = 10) -> list[str]:
    fresh = codes.make_recovery_codes()[:count]
    for code in fresh:
        RecoveryCode.objects.create(user=user, hash=second_factor.hash_of(user, codes.bare_recovery_code(code)))
    return fresh


def test_password_alone_opens_nothing(half: Client) -> None:
    """A9 (ASVS 6.3.3): skipping straight to a page with a half session leads back to signing in."""
    for address in ("/", PROFILE, "/account/security/", "/account/password/", "/jobs/"):
        response = half.get(address)
        assert (response.status_code, response["Location"]) == (302, f"/account/sign-in/?next={quote(address, '')}")
    assert half.post("/account/security/begin/", {"password": PASSWORD}).status_code == 302
    assert not SecondFactor.objects.exclude(coming_secret="").exists()
    assert not Session.objects.filter(user__isnull=False).exists()
    assert not Entry.objects.filter(action="account.signed_in").exists()


def test_code_opens_the_session(half: Client, user: User, secret: str) -> None:
    assert half.get(CODE).status_code == 200
    assert half.post(CODE, {"code": code_now(secret)})["Location"] == reverse("desk:home")
    assert is_signed_in(half)
    assert Session.objects.get().user == user
    assert Entry.objects.filter(action="account.signed_in", actor=user).count() == 1


def test_page_asks_for_a_one_time_code_and_offers_the_paper(half: Client) -> None:
    page = half.get(CODE).content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    assert RECOVERY in page
    assert half.get(CODE)["Cache-Control"].count("no-store") == 1


def test_code_page_without_password_leads_to_signing_in(client: Client, secret: str) -> None:
    """A10 (ASVS 6.3.4): the second step is no way in of its own."""
    for address in (CODE, RECOVERY):
        assert client.get(address)["Location"] == SIGN_IN
        assert client.post(address, {"code": code_now(secret)})["Location"] == SIGN_IN


def test_no_way_in_leaves_the_code_out(user: User, secret: str) -> None:
    """A10 (ASVS 6.3.4): the one service that opens sessions refuses."""
    request = RequestFactory().post(SIGN_IN)
    request.session = SessionStore()
    with pytest.raises(NotAllowed):
        sign_in.open_session(request=request, user=user)
    assert not Session.objects.exists()


def test_session_key_changes_at_each_step(user: User, secret: str, client: Client) -> None:
    """A15 (ASVS 7.2.4): new key after the password and after the code; the old ones are dead."""
    session = client.session
    session["before"] = "kept"
    session.save()
    first = client.cookies["session"] = session.session_key
    client.post(SIGN_IN, {"username": user.username, "password": PASSWORD})
    second = client.cookies["session"].value
    client.post(CODE, {"code": code_now(secret)})
    third = client.cookies["session"].value
    assert len({first, second, third}) == 3
    assert list(Session.objects.values_list("key", flat=True)) == [digest(third)]


def test_same_code_is_taken_once(half: Client, user: User, secret: str) -> None:
    """A14 (ASVS 6.5.1): the same code twice is refused, and so is an earlier one of the window."""
    code = code_now(secret)
    half.post(CODE, {"code": code})
    again = Client()
    again.post(SIGN_IN, {"username": user.username, "password": PASSWORD})
    for used in (code, code_now(secret, later=-1)):
        response = again.post(CODE, {"code": used})
        assert response.status_code == 200
        assert "đã được sử dụng" in response.content.decode()
    assert not is_signed_in(again)


def test_wrong_code_keeps_what_was_typed_and_says_so_at_the_field(half: Client) -> None:
    page = half.post(CODE, {"code": "000 00x", "next": PROFILE}).content.decode()
    assert "Mã không đúng hoặc đã được sử dụng" in page
    assert 'value="000 00x"' in page
    assert f'value="{PROFILE}"' in page


def test_fifth_wrong_code_closes_the_second_step_everywhere(half: Client, user: User, secret: str) -> None:
    """A7 (ASVS 6.3.1): own counter, of the account wherever the tries come from: they need the password."""
    user.email = "han@example.vn"
    user.save()
    codes_tried = [half.post(CODE, {"code": "000000"}, REMOTE_ADDR=f"192.0.2.{n}").status_code for n in range(5)]
    assert codes_tried == [200, 200, 200, 200, 429]
    response = half.post(CODE, {"code": code_now(secret)}, REMOTE_ADDR="198.51.100.1")
    assert response.status_code == 429
    assert 290 < int(response["Retry-After"]) <= 300
    assert half.post(RECOVERY, {"code": paper_codes(user)[0]}).status_code == 429
    assert Entry.objects.filter(action="account.code_locked", subject_id=user.pk).exists()
    assert Notice.objects.get().recipient == user
    assert OutgoingMail.objects.get().code == "second_factor_locked"


def test_wrong_codes_do_not_lock_passwords_nor_the_other_way(half: Client, user: User, secret: str) -> None:
    """A7: who only knows the name cannot close the second step of an account."""
    for _n in range(5):
        half.post(CODE, {"code": "000000"})
    assert Client().post(SIGN_IN, {"username": user.username, "password": PASSWORD})["Location"] == CODE
    SignInLock.objects.all().delete()
    for _n in range(5):
        Client(REMOTE_ADDR="192.0.2.9").post(SIGN_IN, {"username": user.username, "password": "sai"})
    assert half.post(CODE, {"code": code_now(secret)}).status_code == 302


def test_administrator_opens_the_lock_of_codes(half: Client, user: User, secret: str, administrator: User) -> None:
    for _n in range(5):
        half.post(CODE, {"code": "000000"})
    admin = Client()
    admin.force_login(administrator)
    assert (
        "Mã xác thực hai lớp: khóa đến"
        in admin.get(reverse("accounts:account_detail", args=[user.pk])).content.decode()
    )
    locks.unlock_account(user=user, actor=administrator)
    assert half.post(CODE, {"code": code_now(secret)}).status_code == 302


def test_code_that_is_right_forgets_the_wrong_ones(half: Client, user: User, secret: str) -> None:
    half.post(CODE, {"code": "000000"})
    assert SignInLock.objects.exists()
    half.post(CODE, {"code": code_now(secret)})
    assert not SignInLock.objects.exists()


def test_answer_to_a_wrong_password_says_nothing_about_the_factor(user: User, secret: str) -> None:
    """A11 (ASVS 6.3.8): with and without a factor, and for nobody's name, a wrong password is answered alike."""
    pages = []
    for name in (user.username, UserFactory().username, "khong.co.ai"):
        response = Client().post(SIGN_IN, {"username": name, "password": "sai"})
        page = response.content.decode().replace(name, "NAME")
        pages.append(page.replace(str(response.context["csrf_token"]), "TOKEN"))
    assert pages[0] == pages[1] == pages[2]


def test_half_session_ends_after_ten_minutes(half: Client, secret: str) -> None:
    session = half.session
    session[half_session.KEY] = {**session[half_session.KEY], "at": (real_now() - timedelta(minutes=11)).timestamp()}
    session.save()
    response = half.post(CODE, {"code": code_now(secret), "next": PROFILE})
    assert response["Location"] == f"{SIGN_IN}?next=%2Faccount%2Fprofile%2F&reason=code_late"
    assert "Đã quá thời gian nhập mã" in half.get(response["Location"]).content.decode()


def test_new_password_ends_the_half_session(half: Client, user: User, secret: str) -> None:
    """A15: whoever knew the old password is out."""
    passwords.change_password(user=user, old=PASSWORD, new="bốn tiếng không liên quan")
    assert half.post(CODE, {"code": code_now(secret)})["Location"].startswith(SIGN_IN)
    assert not is_signed_in(half)


def test_disabled_account_finishes_no_sign_in(half: Client, user: User, secret: str, administrator: User) -> None:
    """A17 (ASVS 7.4.2)."""
    deactivate_account(actor=administrator, account_id=user.pk, reason="Nghỉ việc")
    assert half.post(CODE, {"code": code_now(secret)})["Location"].startswith(SIGN_IN)


def test_reset_in_between_does_not_open_the_half_session(
    half: Client, user: User, secret: str, administrator: User
) -> None:
    second_factor.reset(actor=administrator, account_id=user.pk, reason="Mất máy")
    assert half.post(CODE, {"code": code_now(secret)}).status_code == 200
    assert not is_signed_in(half)


def test_new_initial_password_does_not_bypass_the_factor(user: User, secret: str, administrator: User) -> None:
    """A13 (ASVS 6.4.3): after a reset of the password the code is still asked."""
    _account, initial = reset_password(actor=administrator, account_id=user.pk)
    client = Client()
    assert client.post(SIGN_IN, {"username": user.username, "password": initial})["Location"] == CODE
    client.post(CODE, {"code": code_now(secret)})
    assert client.get(PROFILE)["Location"] == "/account/password/"


def test_signing_out_ends_the_half_session(half: Client, secret: str) -> None:
    """A17 (ASVS 7.4.1)."""
    cookie = half.cookies["session"].value
    half.post("/account/sign-out/")
    half.cookies["session"] = cookie
    assert half.post(CODE, {"code": code_now(secret)})["Location"].startswith(SIGN_IN)
    assert not Session.objects.exists()


def test_recovery_code_works_once_in_any_writing(half: Client, user: User) -> None:
    """B6: recovery codes are hashed and of one use."""
    code = paper_codes(user)[3]
    response = half.post(RECOVERY, {"code": f" {code.upper()} ", "next": PROFILE})
    assert response["Location"] == PROFILE
    assert "Bạn còn 9 mã dự phòng" in half.get(PROFILE).content.decode()
    assert Entry.objects.filter(action="account.recovery_code_used").count() == 1
    again = Client()
    again.post(SIGN_IN, {"username": user.username, "password": PASSWORD})
    assert "Mã dự phòng không đúng hoặc đã được sử dụng" in again.post(RECOVERY, {"code": code}).content.decode()


def test_recovery_codes_are_stored_as_hashes_of_their_owner(user: User) -> None:
    """B6."""
    code, other = paper_codes(user)[0], UserFactory()
    stored = set(RecoveryCode.objects.values_list("hash", flat=True))
    assert not any(codes.bare_recovery_code(code) in entry for entry in stored)
    assert not second_factor.accept_recovery_code(user=other, code=code)
    assert second_factor.accept_recovery_code(user=user, code=code)


def test_few_recovery_codes_are_a_warning(half: Client, user: User) -> None:
    half.post(RECOVERY, {"code": paper_codes(user, 4)[0]})
    page = half.get(PROFILE).content.decode()
    assert "Bạn còn 3 mã dự phòng. Hãy tạo bộ mã mới" in page


def test_wrong_recovery_codes_share_the_counter_of_codes(half: Client, user: User) -> None:
    paper_codes(user)
    tried = [half.post(address, {"code": "aaaa"}).status_code for address in (CODE, RECOVERY, CODE, RECOVERY, RECOVERY)]
    assert tried == [200, 200, 200, 200, 429]


def test_another_key_of_the_installation_is_said_and_is_no_fault(half: Client, secret: str, settings: settings) -> None:
    settings.FIELD_KEY = "another key"
    response = half.post(CODE, {"code": code_now(secret)})
    assert response.status_code == 200
    assert "khóa mã hóa của hệ thống đã thay đổi" in response.content.decode()


@pytest.mark.parametrize("wanted", ["https://example.org/", "//example.org"])
def test_second_step_leads_only_within_this_site(half: Client, secret: str, wanted: str) -> None:
    assert half.post(CODE, {"code": code_now(secret), "next": wanted})["Location"] == "/"


def test_draft_comes_back_after_both_steps(user: User, secret: str, signed_in: Callable[..., Client]) -> None:
    """A16 (ASVS 7.3.1): an expired session's text survives password and code."""
    client = Client()
    client.post(SIGN_IN, {"username": user.username, "password": PASSWORD})
    client.post(CODE, {"code": code_now(secret, later=-1)})
    idle_for(user, 3600)
    typed = {"version": 0, "full_name": "Tên gõ dở", "language": "vi"}
    away = client.post(PROFILE, typed, HTTP_REFERER=f"http://testserver{PROFILE}")["Location"]
    assert away == f"{SIGN_IN}?next=%2Faccount%2Fprofile%2F&reason=expired"
    response = client.post(SIGN_IN, {"username": user.username, "password": PASSWORD, "next": PROFILE})
    assert response["Location"] == f"{CODE}?next=%2Faccount%2Fprofile%2F"
    back = client.post(response["Location"], {"code": code_now(secret), "next": PROFILE})["Location"]
    assert "Tên gõ dở" in client.get(back).content.decode()
