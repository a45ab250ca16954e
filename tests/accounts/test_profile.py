import pytest
from django.test import Client

from accounts.models import User
from core.audit.models import Entry

pytestmark = pytest.mark.django_db
PROFILE = "/account/profile/"


def typed(user: User, **changed: object) -> dict[str, object]:
    return {
        "version": user.version,
        "full_name": user.full_name,
        "phone": "",
        "email": "",
        "language": "vi",
    } | changed


def test_own_data_are_changed_and_audited(client: Client, user: User) -> None:
    client.force_login(user)
    response = client.post(PROFILE, typed(user, phone="0299 000 0118", email="Han@Example.vn"), follow=True)
    assert "Đã lưu thông tin của bạn." in response.content.decode()
    entry = Entry.objects.get(action="account.profile_edited")
    assert entry.changes == {"phone": ["", "0299 000 0118"], "email": [None, "han@example.vn"]}


def test_nobody_makes_themselves_an_administrator(client: Client, user: User) -> None:
    client.force_login(user)
    client.post(PROFILE, typed(user, is_administrator="on", username="khac", is_active=""))
    user.refresh_from_db()
    assert (user.is_administrator, user.username, user.is_active) == (False, "ngochan.pnv", True)


def test_name_stays_and_the_page_of_another_time_is_refused(client: Client, user: User) -> None:
    client.force_login(user)
    assert client.post(PROFILE, typed(user, full_name="")).status_code == 200
    assert client.post(PROFILE, typed(user, full_name="Tên mới")).status_code == 302
    assert client.post(PROFILE, typed(user, full_name="Tên khác")).status_code == 409
    user.refresh_from_db()
    assert user.full_name == "Tên mới"


def test_hostile_name_is_shown_as_text(client: Client, user: User) -> None:
    client.force_login(user)
    client.post(PROFILE, typed(user, full_name="<script>alert(1)</script>"))
    page = client.get("/").content.decode() + client.get(PROFILE).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_hostile_browser_name_is_shown_as_text(client: Client, user: User) -> None:
    client.force_login(user)
    user.sessions.update(agent="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in client.get(PROFILE).content.decode()
