"""The accounts of the demo and their roles."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import User
from core import clock
from units.models import Unit
from units.services.memberships import grant_role

DATA = Path(__file__).resolve().parent / "data"
SINCE = date(2021, 1, 1)


def read() -> dict[str, Any]:
    """The accounts as the data file has them."""
    return tomllib.loads((DATA / "people.toml").read_text(encoding="utf-8"))


def make_people(units: Mapping[str, Unit]) -> dict[str, User]:
    """Every account with its roles, by user name. One hash serves them all: the password is the same."""
    data = read()
    secret = make_password(data["password"]["value"])
    people = {}
    for entry in data["account"]:
        user = User.objects.create(
            username=entry["username"], full_name=entry["full_name"], phone=entry.get("phone", ""), password=secret,
            is_administrator=entry.get("administrator", False), working_day=entry.get("day"),
            password_set_at=clock.real_now(),
        )  # fmt: skip
        for role, key in entry.get("roles", []):
            since = max(SINCE, units[key].opened_on)
            grant_role(user=user, role=role, unit=units[key], valid_from=since, actor=None, document="Minh họa")
        people[user.username] = user
    return people


def banner() -> str:
    """The accounts as `make demo` prints them."""
    data = read()
    lines = [f"  {entry['username']:<20} {entry['full_name']}" for entry in data["account"]]
    return "\n".join(["Tài khoản minh họa:", *lines, f"  Mật khẩu chung: {data['password']['value']}"])
