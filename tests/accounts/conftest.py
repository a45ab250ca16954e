from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.accounts.factories import PASSWORD, AdministratorFactory
from tests.factories import UserFactory

SIGN_IN = "/account/sign-in/"


@pytest.fixture
def user(db: None) -> User:
    return UserFactory(username="ngochan.pnv", full_name="Lý Thị Ngọc Hân")


@pytest.fixture
def administrator(db: None) -> User:
    return AdministratorFactory()


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """A new browser in which the account has signed in by the form."""

    def sign_in(user: User, password: str = PASSWORD, **extra: str) -> Client:
        client = Client(**extra)
        response = client.post(SIGN_IN, {"username": user.username, "password": password})
        assert response.status_code == 302, response.content.decode()
        return client

    return sign_in
