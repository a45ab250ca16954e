from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.gate import way_back
from accounts.models import User
from core.clock import real_now
from tests.accounts.conftest import SIGN_IN
from tests.accounts.factories import PASSWORD, idle_for
from tests.factories import UserFactory

NEW_PASSWORD = "bốn tiếng không liên quan"
pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(db: None) -> User:
    return UserFactory(must_change=True, password_expires_at=real_now() + timedelta(hours=72))


def test_views_are_closed_unless_they_say_otherwise(client: Client, settings: object) -> None:
    settings.ROOT_URLCONF = "tests.accounts.polling_urls"
    assert client.get("/no-poll/")["Location"] == "/account/sign-in/?next=%2Fno-poll%2F"


@pytest.mark.parametrize("name", ["accounts:sign_in", "accounts:password_forgotten", "health:healthz"])
def test_public_pages_are_open(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


def test_no_redirect_leads_out_of_the_site(client: Client) -> None:
    response = client.post("/account/profile/", HTTP_REFERER="https://example.org/stolen")
    assert response["Location"] == "/account/sign-in/?next=%2F"


@pytest.mark.parametrize(
    ("given", "back"),
    [
        ("http://testserver/account/list/?q=a", "/account/list/?q=a"),
        ("https://example.org/account/list/", "/"),
        ("//example.org", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_way_back_is_a_path_of_this_site(given: str, back: str) -> None:
    request = RequestFactory().post("/account/profile/", HTTP_REFERER=given)
    assert way_back(request) == back


def test_initial_password_leads_nowhere_but_to_its_change(client: Client, newcomer: User) -> None:
    client.post(SIGN_IN, {"username": newcomer.username, "password": PASSWORD})
    for address in ("/", "/account/profile/", "/jobs/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, "/account/password/"), address
    assert client.post("/account/profile/", {"full_name": "x"})["Location"] == "/account/password/"
    assert "Đặt mật khẩu của riêng bạn" in client.get("/account/password/").content.decode()


def test_first_change_needs_the_initial_password_and_opens_the_desk(client: Client, newcomer: User) -> None:
    client.post(SIGN_IN, {"username": newcomer.username, "password": PASSWORD})
    typed = {"old": "sai", "new": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert client.post("/account/password/", typed).status_code == 200
    assert client.post("/account/password/", typed | {"old": PASSWORD})["Location"] == "/"
    assert client.get("/").status_code == 200
    newcomer.refresh_from_db()
    assert (newcomer.must_change, newcomer.password_expires_at) == (False, None)


def test_newcomer_may_leave_and_choose_a_language(client: Client, newcomer: User) -> None:
    client.force_login(newcomer)
    assert client.post("/account/language/", {"language": "en"}).status_code == 302
    assert client.post("/account/sign-out/")["Location"] == "/account/sign-in/?reason=signed_out"


def test_initial_password_works_once_changed_only_with_the_new_one(client: Client, newcomer: User) -> None:
    client.post(SIGN_IN, {"username": newcomer.username, "password": PASSWORD})
    client.post("/account/password/", {"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD})
    assert Client().post(SIGN_IN, {"username": newcomer.username, "password": PASSWORD}).status_code == 200


def test_part_of_a_page_moves_the_whole_page(signed_in: Callable[..., Client], user: User) -> None:
    client = signed_in(user)
    idle_for(user, 3600)
    response = client.get(
        "/account/profile/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/account/list/?q=a"
    )
    assert response.status_code == 204
    assert response["HX-Redirect"] == "/account/sign-in/?next=%2Faccount%2Flist%2F%3Fq%3Da&reason=expired"


def test_part_posted_after_the_end_leaves_the_page_alone(client: Client, db: None) -> None:
    response = client.post("/account/profile/", HTTP_HX_REQUEST="true")
    assert response.status_code == 401
    assert "HX-Redirect" not in response
    assert "vẫn được giữ" in response.content.decode()


def test_autosave_is_told_in_its_own_way(client: Client, db: None) -> None:
    response = client.post(reverse("ui:draft_save"), b"{}", content_type="application/json")
    assert (response.status_code, response.json()) == (401, {"error": "signed_out"})
