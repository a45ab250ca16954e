from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import SIGN_IN

pytestmark = pytest.mark.django_db


def create(**options: str) -> str:
    out = StringIO()
    call_command("create_administrator", stdout=out, **options)
    return out.getvalue()


def test_there_is_no_account_after_a_bare_migrate() -> None:
    assert User.objects.count() == 0


def test_administrator_gets_an_initial_password_that_must_change() -> None:
    printed = create(username="Quan.Tri", full_name="Thạch Thị Quản")
    password = printed.split("Initial password: ")[1].split("\n")[0]
    account = User.objects.get()
    assert (account.username, account.is_administrator, account.must_change) == ("quan.tri", True, True)
    client = Client()
    assert client.post(SIGN_IN, {"username": "quan.tri", "password": password})["Location"] == "/"
    assert client.get("/account/list/")["Location"] == "/account/password/"


def test_two_runs_give_two_passwords() -> None:
    first = create(username="mot", full_name="Một")
    second = create(username="hai", full_name="Hai")
    assert first.split("password: ")[1] != second.split("password: ")[1]


def test_taken_name_is_one_plain_line() -> None:
    create(username="quan.tri", full_name="Một")
    with pytest.raises(CommandError, match="username"):
        create(username="QUAN.TRI", full_name="Hai")


def test_answers_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["quan.tri", "Thạch Thị Quản"])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    create()
    assert User.objects.get().full_name == "Thạch Thị Quản"


def test_missing_answers_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(""))
    with pytest.raises(CommandError, match="--username"):
        create()
