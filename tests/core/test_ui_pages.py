"""Who may open a page, and what its parts are."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.ui_site.urls")]


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="accounts.backends.AccountBackend")
    return client


def test_signed_out_is_led_to_sign_in_and_back(client):
    response = client.get("/list/?q=a")
    assert response.status_code == 302
    assert parse_qs(urlsplit(response["Location"]).query)["next"] == ["/list/?q=a"]


def test_list_shows_rows_with_headings_in_cells(signed_in, user):
    page = signed_in.get("/list/").content.decode()
    assert f'<a href="/user/{user.pk}/">{user.username}</a>' in page
    assert 'data-label="Họ và tên"' in page


def test_form_page_saves_once_and_leads_on(signed_in):
    page = signed_in.get("/form/")
    once = page.context["once"]
    first = signed_in.post("/form/", {"name": "mot", "_once": once})
    second = signed_in.post("/form/", {"name": "mot", "_once": once})
    assert (first.status_code, second.status_code) == (302, 303)
    assert first["Location"] == second["Location"] == "/list/"
