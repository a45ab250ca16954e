"""Bad inputs 39–104, each through the real page: a clear message at its place, nothing typed lost, nothing changed.

Rows 1–38 wait for the imports; what a file must not hold is tried piece by piece in
tests/core/test_files_incoming.py. Permissions are tried in tests/test_permissions.py.
"""

import unittest
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse

import tests.matrix.decisions
import tests.matrix.nominations
import tests.matrix.reports  # noqa: F401 -- enters its makers
from tests.hostile import rows_files, rows_requests, rows_texts, rows_values
from tests.hostile.answers import MOST_MEGABYTES, Page, fingerprint, within_bounds
from tests.hostile.rows import Asked, Case, Refused, Taken, Waits
from tests.hostile.sending import post
from tests.matrix.objects import MAKERS, payload
from tests.test_permissions import TABLE as PAGES
from tests.test_permissions import expand, key_of
from tests.units.world import World, build_world

ROWS: tuple[Case | Waits, ...] = (*rows_files.ROWS, *rows_texts.ROWS, *rows_values.ROWS, *rows_requests.ROWS)


class Hostile(TestCase):
    """One test a case, added below."""

    world: World
    record: Any = None

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_catalogue", verbosity=0)
        cls.world = build_world()

    def test_a_change_would_be_seen(self) -> None:
        before = fingerprint()
        person = self.world.persons["north.a.hamlet"]
        type(person).objects.filter(pk=person.pk).update(residence="khác")
        assert {table for table, rows in fingerprint().items() if rows != before[table]} == {"units_person"}

    def page_of(self, case: Case) -> tuple[str, dict[str, Any]]:
        """The page's address and its valid post; the record it names is made."""
        if not case.page:
            return "", {}
        entry = PAGES[case.page]
        self.record = MAKERS[entry["object"]](self.world) if "object" in entry else None
        arguments = {}
        if self.record is not None:
            arguments = self.record if isinstance(self.record, dict) else {"pk": self.record.pk}
        return reverse(case.page, kwargs=arguments), payload(self.world, entry.get("post", {}), self.record)

    def client_of(self, case: Case) -> Client:
        client = Client(raise_request_exception=False, enforce_csrf_checks=getattr(case, "strict", False))
        who = getattr(case, "as_", "")
        if not who:
            entry = PAGES[case.page]
            who = entry.get("by", min(expand(entry["may"])))
        if who != "-":
            client.force_login(self.world.user(key_of(who)))
        return client

    def given(self, case: Case, valid: Mapping[str, Any]) -> dict[str, Any]:
        """What is sent: the valid post with the row's pieces in it; None leaves a field out."""
        changed = {name: one(self.world) if callable(one) else one for name, one in case.send.items()}
        return {name: one for name, one in {**valid, **changed}.items() if one is not None}

    def check_refused(self, case: Refused) -> None:
        url, valid = self.page_of(case)
        if case.before is not None:
            case.before(self.world, self.record)
        client, data, before = self.client_of(case), self.given(case, valid), fingerprint()
        with within_bounds():
            response = post(client, url, data, {})
        assert response.status_code == case.status
        changed = {table for table, rows in fingerprint().items() if rows != before[table]}
        assert changed == ({"ui_draft"} if case.drafted else set())
        page = Page(response)
        if case.field:
            assert case.says in page.message_at(case.field), page.message_at(case.field)
        else:
            assert case.says in page.text
        for name, texts in data.items():
            if isinstance(texts, str) and name not in {*case.unkept, "version"} and case.status == 200:
                assert texts.replace("\r\n", "\n") in page.typed(name), name

    def check_taken(self, case: Taken) -> None:
        url, valid = self.page_of(case)
        client, data = self.client_of(case), self.given(case, valid)
        with within_bounds():
            response = post(client, url, data, {})
        assert response.status_code in (302, 303), Page(response).text
        followed = client.get(response["Location"])
        assert followed.status_code == 200
        page = Page(followed)
        for words in case.shows:
            assert words in page.text
        for words in case.hides:
            assert words not in page.source
        if case.check is not None:
            case.check(self.world, self.record)

    def check_asked(self, case: Asked) -> None:
        url, valid = self.page_of(case)
        path = case.path(self.world, self.record) if callable(case.path) else (case.path or url)
        client, before = self.client_of(case), fingerprint()
        client.cookies.load(dict(case.cookies))
        with within_bounds():
            response = self.answer_to(client, case, path + case.query, self.given(case, valid))
        assert response.status_code == case.status
        assert {table for table, rows in fingerprint().items() if rows != before[table]} == set()
        if case.leads_to:
            assert response["Location"] == case.leads_to
        content = response.getvalue().decode() if response.streaming else response.content.decode()
        for words in case.shows:
            assert words in content
        for words in case.hides:
            assert words not in content

    def answer_to(self, client: Client, case: Asked, url: str, data: Mapping[str, Any]) -> Any:
        if case.body is not None:
            return client.generic(case.method, url, case.body, "application/json", headers=dict(case.headers))
        if case.method == "POST":
            return post(client, url, data, case.headers)
        return client.generic(case.method, url, headers=dict(case.headers))


def add_tests() -> None:
    checks = {Refused: "check_refused", Taken: "check_taken", Asked: "check_asked"}
    for number, case in enumerate(ROWS):
        if isinstance(case, Waits):
            continue

        def test(self: Hostile, case: Case = case) -> None:
            getattr(self, checks[type(case)])(case)

        marked = unittest.expectedFailure(test) if case.fault else test
        setattr(Hostile, f"test_{case.row:03}_{number:03}_{'_'.join(case.what.split())}", marked)


add_tests()


def test_every_number_has_its_row_and_none_both_waits_and_runs() -> None:
    run = {case.row for case in ROWS if not isinstance(case, Waits)}
    waits = [case.row for case in ROWS if isinstance(case, Waits)]
    assert sorted([*run, *waits]) == list(range(39, 105))


def test_what_is_too_much_would_be_seen() -> None:
    with pytest.raises(AssertionError), within_bounds():
        bytearray(b"x") * ((MOST_MEGABYTES + 50) * 1024 * 1024)


def test_no_case_stands_twice() -> None:
    names = [(case.row, case.what) for case in ROWS if not isinstance(case, Waits)]
    assert len(names) == len(set(names))
