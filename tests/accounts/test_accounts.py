"""Account administration: pages and services."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import Session, User
from accounts.services import accounts
from core.audit.models import Entry
from core.clock import real_now
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from tests.accounts.conftest import SIGN_IN
from tests.accounts.factories import PASSWORD, AdministratorFactory
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LIST = "/account/list/"
# Session, account, roles, deputies, unread notices; count, keys and rows of the list.
QUERIES_OF_LIST = 9


@pytest.fixture
def admin(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def url(verb: str, user: User) -> str:
    return reverse(f"accounts:account_{verb}", args=[user.pk])


def handed(page: str) -> str:
    found = re.search(r"data-handed>([^<]+)<", page)
    assert found, page
    return found[1]


# --- Who may ---


@pytest.mark.parametrize("verb", ["detail", "edit", "reset", "deactivate", "reactivate", "unlock"])
def test_other_accounts_are_not_found_and_ones_own_is_refused(client: Client, user: User, verb: str) -> None:
    other = UserFactory()
    client.force_login(user)
    assert client.post(url(verb, other)).status_code in (404, 405)
    assert client.get(url(verb, other)).status_code in (404, 405)
    expected = 405 if verb == "detail" else 403
    assert client.post(url(verb, user)).status_code in (expected, 403)


@pytest.mark.parametrize("name", ["accounts:account_list", "accounts:account_create"])
def test_administration_takes_an_administrator(client: Client, user: User, name: str) -> None:
    client.force_login(user)
    assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse(name)).status_code in (403, 405)


def test_list_shows_administrators_everybody(admin: Client, user: User) -> None:
    page = admin.get(LIST).content.decode()
    assert "Lý Thị Ngọc Hân" in page
    assert "Đang hoạt động" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=ngoc han", {"ngochan.pnv"}),
        ("q=NGOCHAN", {"ngochan.pnv"}),
        ("q=0912 345", {"so.dien.thoai"}),
        ("state=inactive", {"da.nghi"}),
        ("state=waiting", {"moi"}),
        ("state=administrator", {"quan.tri"}),
        ("state=active", {"ngochan.pnv", "so.dien.thoai", "moi", "quan.tri"}),
    ],
)
def test_list_is_searched_and_filtered(client: Client, user: User, query: str, expected: set[str]) -> None:
    UserFactory(username="so.dien.thoai", phone="0912 345 678")
    UserFactory(username="da.nghi", is_active=False)
    UserFactory(username="moi", must_change=True)
    client.force_login(AdministratorFactory(username="quan.tri"))
    rows = client.get(f"{LIST}?{query}").context["table"].records
    assert {row.username for row in rows} == expected


def test_list_is_in_the_order_of_given_names(admin: Client) -> None:
    for name in ("Trần Thị Bình", "Lê Văn Đạt", "Nguyễn Văn An", "Phạm Văn Dũng"):
        UserFactory(full_name=name)
    rows = admin.get(LIST).context["table"].records
    names = [row.full_name for row in rows if "Quản Trị" not in row.full_name]
    assert names == ["Nguyễn Văn An", "Trần Thị Bình", "Phạm Văn Dũng", "Lê Văn Đạt"]


@pytest.mark.parametrize("item_count", [1, 3, 200])
def test_list_query_count(admin: Client, item_count: int, django_assert_num_queries: Any, settings: settings) -> None:
    UserFactory.create_batch(item_count, password="!")
    admin.get(LIST)
    with django_assert_num_queries(QUERIES_OF_LIST):
        admin.get(LIST)


# --- Opening ---


def test_account_is_opened_with_an_initial_password_shown_once(admin: Client, administrator: User) -> None:
    typed = {"username": "Moi.Vao", "full_name": "  Danh  Thị Mới ", "email": "MOI@example.vn", "phone": ""}
    response = admin.post(reverse("accounts:account_create"), {**typed, "_once": "k1"})
    password = handed(response.content.decode())
    assert response["Cache-Control"] == "no-store"
    account = User.objects.get(username="moi.vao")
    assert (account.full_name, account.email) == ("Danh Thị Mới", "moi@example.vn")
    assert (account.must_change, account.is_administrator) == (True, False)
    hours = (account.password_expires_at - real_now()) / timedelta(hours=1)
    assert 71.9 < hours <= 72
    entry = Entry.objects.get(action="account.created")
    assert entry.actor == administrator
    assert password not in str(entry.changes)
    again = admin.post(reverse("accounts:account_create"), {**typed, "_once": "k1"})
    assert (again.status_code, again["Location"]) == (303, url("detail", account))
    assert password not in admin.get(url("detail", account)).content.decode()
    newcomer = Client()
    assert newcomer.post(SIGN_IN, {"username": "moi.vao", "password": password})["Location"] == "/"
    assert newcomer.get("/")["Location"] == "/account/password/"


def test_life_of_an_initial_password_is_a_setting(administrator: User, settings: settings) -> None:
    settings.INITIAL_PASSWORD_HOURS = 1
    account, _password = accounts.create_account(actor=administrator, username="moi", full_name="Mới")
    assert account.password_expires_at is not None
    assert account.password_expires_at - real_now() <= timedelta(hours=1)


@pytest.mark.parametrize(
    ("username", "full_name", "field", "words"),
    [
        ("NGOCHAN.PNV", "Trùng", "username", "Tên đăng nhập này đã có người dùng."),
        ("có dấu", "Có Dấu", "username", "Chỉ dùng chữ cái không dấu"),
        ("-dau.gach", "Gạch", "username", "Chỉ dùng chữ cái không dấu"),
        ("a" * 151, "Dài", "username", "150"),
        ("trong", "   ", "full_name", "Chưa nhập"),
    ],
)
def test_opening_is_refused_at_the_field(
    admin: Client, user: User, username: str, full_name: str, field: str, words: str
) -> None:
    before = User.objects.count()
    response = admin.post(reverse("accounts:account_create"), {"username": username, "full_name": full_name})
    assert any(words in error for error in response.context["form"].errors[field])
    assert User.objects.count() == before


def test_all_faults_of_the_form_are_said_at_once(admin: Client) -> None:
    response = admin.post(reverse("accounts:account_create"), {"username": "có dấu", "full_name": ""})
    assert set(response.context["form"].errors) == {"username", "full_name"}


def test_form_gives_no_other_fields(admin: Client) -> None:
    extra = {"is_active": "", "password": "x", "must_change": "", "version": "9", "working_day": "2024-01-01"}
    admin.post(reverse("accounts:account_create"), {"username": "moi", "full_name": "Mới", **extra})
    account = User.objects.get(username="moi")
    assert (account.is_active, account.must_change, account.version) == (True, True, 0)
    assert account.working_day is None
    assert not account.check_password("x")


# --- Editing ---


def facts(user: User, **changed: Any) -> dict[str, Any]:
    given = {"full_name": user.full_name, "email": "", "phone": "", "version": user.version}
    return given | changed


def test_editing_is_audited_with_before_and_after(admin: Client, user: User) -> None:
    assert admin.post(url("edit", user), facts(user, phone="0299 000 0118"))["Location"] == url("detail", user)
    entry = Entry.objects.get(action="account.edited")
    assert entry.changes == {"phone": ["", "0299 000 0118"]}
    user.refresh_from_db()
    assert user.version == 1


def test_second_of_two_editors_is_told(admin: Client, user: User) -> None:
    admin.post(url("edit", user), facts(user, phone="1"))
    response = admin.post(url("edit", user), facts(user, phone="2"))
    assert response.status_code == 409
    user.refresh_from_db()
    assert user.phone == "1"


def test_service_refuses_an_old_version(administrator: User, user: User) -> None:
    values = {"full_name": "Tên", "email": None, "phone": "", "is_administrator": False}
    with pytest.raises(MovedOn):
        accounts.edit_account(actor=administrator, account_id=user.pk, version=7, **values)


def test_nobody_gives_up_the_last_administration(admin: Client, administrator: User) -> None:
    page = admin.post(url("edit", administrator), facts(administrator)).content.decode()
    assert "quản trị viên duy nhất" in page
    other = AdministratorFactory()
    page = admin.post(url("edit", administrator), facts(administrator)).content.decode()
    assert "Không thể tự bỏ quyền quản trị" in page
    administrator.refresh_from_db()
    assert administrator.is_administrator
    assert admin.post(url("edit", other), facts(other)).status_code == 302


def test_inactive_administrators_do_not_count_as_the_last(administrator: User) -> None:
    AdministratorFactory(is_active=False)
    values = {"full_name": "Tên", "email": None, "phone": "", "is_administrator": False}
    with pytest.raises(WrongState, match="duy nhất"):
        accounts.edit_account(actor=administrator, account_id=administrator.pk, version=0, **values)


# --- A new initial password ---


def test_reset_shows_a_password_once_and_ends_the_sessions(admin: Client, administrator: User, user: User) -> None:
    theirs = Client()
    theirs.force_login(user)
    assert "hết hiệu lực" in admin.get(url("reset", user)).content.decode()
    password = handed(admin.post(url("reset", user)).content.decode())
    assert not Session.objects.filter(user=user).exists()
    assert "/account/sign-in/" in theirs.get("/")["Location"]
    assert Client().post(SIGN_IN, {"username": user.username, "password": PASSWORD}).status_code == 200
    assert Client().post(SIGN_IN, {"username": user.username, "password": password}).status_code == 302
    user.refresh_from_db()
    assert user.must_change
    entry = Entry.objects.get(action="account.password_reset")
    assert (entry.actor, password in str(entry.changes)) == (administrator, False)


def test_reset_is_not_for_oneself_nor_for_the_inactive(administrator: User) -> None:
    for account in (administrator, UserFactory(is_active=False)):
        with pytest.raises(WrongState):
            accounts.reset_password(actor=administrator, account_id=account.pk)


# --- Closing and opening again ---


def test_deactivation_ends_everything_at_once_and_states_the_reason(admin: Client, user: User) -> None:
    theirs = Client()
    theirs.force_login(user)
    assert admin.post(url("deactivate", user), {"reason": " "}).status_code == 200
    assert admin.post(url("deactivate", user), {"reason": "Nghỉ hưu"}).status_code == 302
    assert not Session.objects.filter(user=user).exists()
    assert theirs.get("/account/profile/").status_code == 302
    entry = Entry.objects.get(action="account.deactivated")
    assert (entry.reason, entry.changes["is_active"]) == ("Nghỉ hưu", [True, False])
    assert "Nghỉ hưu" in admin.get(url("detail", user)).content.decode()


def test_reactivation_gives_a_new_initial_password(admin: Client) -> None:
    closed = UserFactory(is_active=False)
    password = handed(admin.post(url("reactivate", closed), {"reason": "Đi làm lại"}).content.decode())
    assert Client().post(SIGN_IN, {"username": closed.username, "password": PASSWORD}).status_code == 200
    assert Client().post(SIGN_IN, {"username": closed.username, "password": password}).status_code == 302


def test_nobody_closes_their_own_account(admin: Client, administrator: User) -> None:
    AdministratorFactory()
    page = admin.post(url("deactivate", administrator), {"reason": "Nhầm"}).content.decode()
    assert "Không thể ngừng tài khoản của chính mình" in page
    administrator.refresh_from_db()
    assert administrator.is_active


def test_last_active_administrator_stays(administrator: User) -> None:
    actor = UserFactory(is_administrator=True)
    User.objects.filter(pk=actor.pk).update(is_active=False)
    stale = actor  # signed in before, closed meanwhile: the rule must hold by what is stored now
    with pytest.raises(WrongState, match="duy nhất"):
        accounts.deactivate_account(actor=stale, account_id=administrator.pk, reason="Tranh chấp")


def test_wrong_states_are_refused(administrator: User, user: User) -> None:
    closed = UserFactory(is_active=False)
    with pytest.raises(WrongState):
        accounts.reactivate_account(actor=administrator, account_id=user.pk, reason="Thừa")
    with pytest.raises(WrongState):
        accounts.deactivate_account(actor=administrator, account_id=closed.pk, reason="Thừa")
    with pytest.raises(ServiceError) as refused:
        accounts.deactivate_account(actor=administrator, account_id=user.pk, reason="  ")
    assert refused.value.field == "reason"


def test_every_service_asks_for_the_right(user: User) -> None:
    other = UserFactory()
    values = {"full_name": "Tên", "email": None, "phone": ""}
    calls: list[Any] = [
        lambda: accounts.create_account(actor=user, username="moi", full_name="Mới"),
        lambda: accounts.edit_account(actor=user, account_id=other.pk, version=0, is_administrator=True, **values),
        lambda: accounts.reset_password(actor=user, account_id=other.pk),
        lambda: accounts.deactivate_account(actor=user, account_id=other.pk, reason="x"),
        lambda: accounts.reactivate_account(actor=user, account_id=other.pk, reason="x"),
    ]
    for call in calls:
        with pytest.raises(NotAllowed):
            call()
