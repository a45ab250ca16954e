import pytest
from django.test import Client

from accounts.models import User
from core.audit.models import Entry
from tests.accounts.conftest import SIGN_IN

pytestmark = pytest.mark.django_db
LANGUAGE = "/account/language/"


def test_english_browser_sees_vietnamese(client: Client) -> None:
    response = client.get(SIGN_IN, HTTP_ACCEPT_LANGUAGE="en-US,en;q=0.9")
    assert response["Content-Language"] == "vi"
    assert "Đăng nhập" in response.content.decode()


def test_choice_of_the_browser_holds_before_signing_in(client: Client) -> None:
    response = client.post(LANGUAGE, {"language": "en", "next": SIGN_IN})
    assert response["Location"] == SIGN_IN
    page = client.get(SIGN_IN)
    assert page["Content-Language"] == "en"
    assert 'lang="en"' in page.content.decode()


def test_choice_of_the_account_goes_before_that_of_the_browser(client: Client, user: User) -> None:
    client.force_login(user)
    client.post(LANGUAGE, {"language": "en"})
    user.refresh_from_db()
    assert user.language == "en"
    assert Entry.objects.filter(action="account.language_chosen").count() == 1
    client.cookies["django_language"] = "vi"
    assert client.get("/account/profile/")["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["fr", "", "../etc"])
def test_unknown_language_changes_nothing(client: Client, user: User, language: str) -> None:
    client.force_login(user)
    assert client.post(LANGUAGE, {"language": language}).status_code == 302
    user.refresh_from_db()
    assert user.language == "vi"
    assert "django_language" not in client.cookies


def test_language_takes_a_post(client: Client) -> None:
    assert client.get(LANGUAGE).status_code == 405


def test_forged_language_cookie_is_ignored(client: Client) -> None:
    client.cookies["django_language"] = "xx"
    assert client.get(SIGN_IN)["Content-Language"] == "vi"
