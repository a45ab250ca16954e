"""Who may open and press what: tests/permissions.toml against every address, role by role.

The table is written from the roles of the product's description; the status codes follow from it:
signed out 302; out of scope 404; in scope without the right 403; with it 200, a form's valid post 302.
An address that the table does not list fails, and so does one on which nobody is ever refused, unless
it says why.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.core.management import call_command
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client, TestCase
from django.urls import get_resolver, reverse

import tests.matrix.decisions
import tests.matrix.nominations
import tests.matrix.reports  # noqa: F401 -- enters its makers
from tests.matrix.objects import MAKERS, payload
from tests.units.world import ROLE_NAMES, World, build_world

FILE = Path(__file__).resolve().parent / "permissions.toml"
TABLE: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
GROUPS: dict[str, list[str]] = TABLE.pop("groups")
CAST = (*ROLE_NAMES, "administrator", "nobody")
OUTSIDER = "south.standing_officer"


def expand(names: Any) -> set[str]:
    """The roles that a group, a role or a list of both stands for."""
    if isinstance(names, str):
        names = [names]
    found: set[str] = set()
    for name in names:
        found |= expand(GROUPS[name]) if name in GROUPS else {name}
    return found


def named_urls(resolver: Any = None, space: str = "") -> Iterator[str]:
    """Every named address, in included namespaces as well."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from named_urls(pattern, inner)
        elif pattern.name:
            yield f"{space}{pattern.name}"


def key_of(role: str) -> str:
    return role if role in ("administrator", "nobody") or "." in role else f"north.{role}"


class RolledBack(Exception):
    """Ends a try-out so that its writes are undone."""


class Matrix(TestCase):
    """One test an address, added below."""

    world: World

    @classmethod
    def setUpClass(cls) -> None:
        # Rights are decided before a page is drawn; what pages show is tried elsewhere.
        cls.enterClassContext(patch.object(SimpleTemplateResponse, "rendered_content", ""))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_catalogue", verbosity=0)
        cls.world = build_world()

    def ask(self, role: str, method: str, url: str, data: Any = None) -> int:
        """The status `role` gets; whatever was written is undone."""
        client = Client(raise_request_exception=True)
        status = 0
        try:
            with transaction.atomic():
                if role:
                    client.force_login(self.world.user(key_of(role)))
                response = getattr(client, method)(url, data or {})
                response.close()
                status = response.status_code
                raise RolledBack
        except RolledBack:
            return status

    def check_url(self, name: str, entry: dict[str, Any]) -> None:
        record = MAKERS[entry["object"]](self.world) if "object" in entry else None
        arguments = record if isinstance(record, dict) else ({"pk": record.pk} if record is not None else {})
        url = reverse(name, kwargs=arguments)
        method = "post" if entry.get("kind") == "act" else "get"
        if entry.get("public"):
            assert self.ask("", method, url, entry.get("post")) == entry.get("status", 200)
            return
        assert self.ask("", method, url) == entry.get("signed_out", 302), "signed out"
        may, sees = expand(entry["may"]), expand(entry.get("sees", CAST))
        assert may <= sees
        wrong = []
        for role in (*CAST, *([OUTSIDER] if "object" in entry else [])):
            refused = 404 if role not in sees and (role != OUTSIDER or "outsider" not in entry) else 403
            if role in may or (role == OUTSIDER and entry.get("outsider") == 200):
                expected: Any = entry.get("status", 200) if method == "get" else None
            else:
                expected = refused
            if expected is not None:
                got = self.ask(role, method, url)
                if got != expected:
                    wrong.append(f"{role}: {got} instead of {expected}")
                if "post" in entry and method == "get" and role not in may and role != OUTSIDER:
                    posted = self.ask(role, "post", url, payload(self.world, entry["post"], record))
                    if posted != expected:
                        wrong.append(f"{role}: POST gives {posted} instead of {expected}")
        if "post" in entry or method == "post":
            actor = entry.get("by", min(may))
            got = self.ask(actor, "post", url, payload(self.world, entry.get("post", {}), record))
            if got not in (entry.get("post_status", 302), 303):
                wrong.append(f"{actor}: valid POST gives {got}")
        assert wrong == []


def add_tests() -> None:
    for name, entry in TABLE.items():

        def test(self: Matrix, name: str = name, entry: dict[str, Any] = entry) -> None:
            self.check_url(name, entry)

        setattr(Matrix, f"test_{name.replace(':', '_')}", test)


add_tests()


def test_the_table_lists_every_address_and_no_other():
    assert set(named_urls()) == set(TABLE)


def test_somebody_is_refused_everywhere_or_it_says_why():
    silent = [
        name for name, entry in TABLE.items()
        if not entry.get("public") and "reason" not in entry and "object" not in entry
        and expand(entry["may"]) == set(CAST)
    ]  # fmt: skip
    assert silent == []
