from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.services.profile import choose_working_day
from core.ui import navigation
from desk import registry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(db: None) -> User:
    return UserFactory(full_name="Lý Thị Ngọc Hân")


@pytest.fixture
def own_items(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "items", registry.Registry("desk item"))
    return


def enter(code: str, count: int | None = None, visible: bool = True) -> None:
    registry.register_link(
        code,
        label=f"Việc {code}",
        description=f"Mô tả {code}",
        icon="flag",
        url_name="accounts:profile",
        visible=lambda _user: visible,
        count=lambda _user: count,
    )


def test_signed_out_goes_to_the_sign_in_page(client: Client) -> None:
    assert client.get("/")["Location"] == "/account/sign-in/?next=%2F"


def test_desk_greets_and_says_what_will_stand_there(client: Client, user: User, own_items: None) -> None:
    client.force_login(user)
    page = client.get("/").content.decode()
    assert "Việc cần xử lý" in page
    assert "Chào Lý Thị Ngọc Hân. Không có việc nào đang chờ." in page
    assert "Tài khoản chưa được giao vai trò" in page


def test_date_is_in_words(client: Client, user: User) -> None:
    choose_working_day(user=user, day=date(2024, 12, 3))
    client.force_login(user)
    assert "Thứ Ba, ngày 03/12/2024" in client.get("/").content.decode()


def test_places_of_work_stand_in_order(client: Client, user: User, own_items: None) -> None:
    enter("a", count=None)
    enter("c", count=7)
    enter("e", visible=False)
    client.force_login(user)
    response = client.get("/")
    assert [row.code for row in response.context["places"]][:2] == ["a", "c"]
    page = response.content.decode()
    assert "Việc e" not in page


def test_hostile_label_is_shown_as_text(client: Client, user: User, own_items: None) -> None:
    enter("<script>", count=1)
    client.force_login(user)
    assert "<script>alert" not in client.get("/").content.decode()
    assert "Việc &lt;script&gt;" in client.get("/").content.decode()


def test_item_is_registered_once(own_items: None) -> None:
    enter("a")
    with pytest.raises(ValueError, match="twice"):
        enter("a")


def test_every_registered_link_leads_somewhere(client: Client, user: User) -> None:
    links: list[Any] = registry.items.values()
    for link in links:
        assert link.visible(user) in (True, False)


def test_what_else_stands_in_the_menu_follows(client: Client, user: User, own_items: None) -> None:
    enter("a")
    navigation_rows = [row for row in registry.rows_for(user) if row.code != "a"]
    assert [row.url for row in navigation_rows] == [
        item.url for item in navigation.items_for(user, "") if item.code != "home"
    ]
