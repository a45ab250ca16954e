"""Nothing of a unit shows to whom it does not concern, in any byte of any page, choice, file or workbook.

Users of every role of one side, and some of the other, open what the frame leads them to, every address of the
table of rights with the one side's records, every choice found by typing, the one search, and every report as a
file. The words they meet are exactly those planted for them. As the matrix does not draw pages, this is also
where each is drawn: in Vietnamese, without a fault.
"""

import html
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client, TestCase
from django.urls import Resolver404, resolve, reverse

from core.jobs.enums import JobState
from core.jobs.models import Job
from core.jobs.tasks import run_job
from core.ui.searching import PROVIDERS
from reports.registration import open_to
from reports.services import request_report
from tests.canary.papers import plant_papers
from tests.canary.planting import Planter, secrets_of
from tests.test_permissions import TABLE
from tests.units.world import POSTS, SIDES, World, build_world

WORD = re.compile(rb"qz(?:north|south)[a-z]+zq")
LINK = re.compile(r'(?:href|hx-get|data-url|data-suggest-url)="(/[^"#]*)')
TEXT = re.compile(r">([^<>]+)<")
HIDDEN = re.compile(r"<(script|style|template|code|textarea)\b.*?</\1>", re.DOTALL)
UNDRAWN = ("{{", "{%", "%(")
PYTHON = re.compile(r"\b[A-Z]\w+\(\w+=|<[A-Z]\w+: |\bdatetime\.|\w object at 0x")  # an object's own name for itself
TWINS = {"office_head", "commune_officer", "province_standing_officer"}  # stand where another stands
NORTH = [f"north.{name}" for name, _role, _unit in POSTS if name not in TWINS]
SOUTH = ["south.standing_officer", "south.unit_head", "south.province_standing_officer"]
PECULIAR = ["administrator", "nobody", "moved", "former", "deputy", "late_deputy"]
LABELS_OF_ALL = "/audit/"  # the trail, in which the administrator reads what each entry is about


def english_texts() -> set[str]:
    """Texts of the code that read otherwise in Vietnamese, long enough to be told from names and codes."""
    found = set()
    for path in Path(settings.BASE_DIR).glob("locale/*/vi/LC_MESSAGES/django.po"):
        with path.open("rb") as catalogue:
            for message in read_po(catalogue, locale="vi"):
                for text in message.id if isinstance(message.id, tuple) else (message.id,):
                    if len(text) > 12 and message.string and text != message.string:
                        found.add(" ".join(text.split()))
    return found


class Visit:
    """One user's way through the product: what was met where, and what was wrong."""

    def __init__(self, test: "Canary", user: str) -> None:
        self.test, self.name = test, user
        self.user = test.world.user(user)
        self.client = Client()
        self.client.force_login(self.user)
        self.met: dict[str, str] = {}
        self.faults: list[str] = []
        self.opened: set[str] = set()

    def open(self, url: str) -> str:
        """The text of the page at `url`, once; empty if it was opened before or is no page."""
        if url in self.opened:
            return ""
        self.opened.add(url)
        answer = self.client.get(url)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.close()
        if not (self.name == "administrator" and url.startswith(LABELS_OF_ALL)):
            self.note(url, body + str(answer.headers).encode())
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            return ""
        page = body.decode()
        self.faults += [f"{url}: {fault}" for fault in self.test.faults_of(page)]
        return page

    def note(self, where: str, body: bytes) -> None:
        for found in WORD.findall(body.lower()):
            self.met.setdefault(found.decode(), where)

    def follow(self) -> None:
        """One page of every kind that links lead to, from the desk on."""
        waiting, seen = [reverse("desk:home")], set[str]()
        while waiting:
            url = waiting.pop(0)
            for link in LINK.findall(self.open(url)):
                path, _mark, query = (link := html.unescape(link)).partition("?")
                try:
                    kind = f"{resolve(path).view_name}{'?' if query else ''}"
                except Resolver404:
                    continue
                if kind not in seen:
                    seen.add(kind)
                    waiting.append(link)

    def make_reports(self) -> None:
        """Every report that is open to the user, over what its form offers first."""
        for report in open_to(self.user):
            form = report.parameters.carried(QueryDict(), self.user)
            if not (form.is_complete and form.is_valid()) or report.empty_reason(self.user, form.cleaned_data):
                continue
            job, _is_new = request_report(report=report, form=form, actor=self.user)
            run_job(str(job.uuid))
            job = Job.objects.get(pk=job.pk)
            assert job.state == JobState.SUCCEEDED, (report.code, job.error_code)
            answer = self.client.get(reverse("jobs:download", args=[job.uuid]))
            with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as parts:
                for name in parts.namelist():
                    self.note(f"{report.code}: {name}", parts.read(name))


class Canary(TestCase):
    """One test a user, added below."""

    world: World
    records: dict[str, dict[str, list[Any]]]
    english: set[str]

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_catalogue", verbosity=0)
        cls.world = build_world()
        cls.records = {}
        for side in SIDES:
            planter = Planter(cls.world, side)
            cls.records[side] = planter.plant()
            plant_papers(planter)
        cls.english = english_texts()

    def faults_of(self, page: str) -> Iterator[str]:
        """What is wrong with a page as it was drawn."""
        if "<html" in page and '<html lang="vi"' not in page:
            yield "not said to be Vietnamese"
        for node in TEXT.findall(HIDDEN.sub("", page)):
            text = " ".join(html.unescape(node).split())
            if text in self.english:
                yield f"English: {text}"
            if text == "None" or any(mark in text for mark in UNDRAWN):
                yield f"not drawn: {text}"
        for found in PYTHON.finditer(html.unescape(HIDDEN.sub("", page))):
            yield f"not meant for people: {found.string[found.start() : found.end() + 60]}"

    def addresses(self, user: str) -> Iterator[str]:
        """Every address that answers to GET, with the records of the north and of the user's own side."""
        sides = [side for side in SIDES if side == "north" or user.startswith(side)]
        for name, entry in TABLE.items():
            if entry.get("kind") == "act" or entry.get("public"):
                continue
            if "object" not in entry:
                yield reverse(name)
                continue
            for record in (row for side in sides for row in self.records[side].get(entry["object"], [])):
                arguments = record if isinstance(record, dict) else {"pk": record.pk}
                yield reverse(name, kwargs=arguments)

    def check(self, user: str) -> None:
        visit = Visit(self, user)
        visit.follow()
        for url in self.addresses(user):
            visit.open(url)
            if url.endswith("/suggest/"):
                visit.open(f"{url}?q=qz")
        for kind in ("", *(f" loai:{code}" for code in PROVIDERS)):
            visit.open(f"{reverse('desk:search')}?q=qz{kind}")
        visit.make_reports()
        allowed = secrets_of(user)
        assert {found: where for found, where in visit.met.items() if found not in allowed} == {}
        assert allowed - set(visit.met) == set(), "planted, and never met: the canary is dead"
        assert visit.faults == []


def add_tests() -> None:
    for user in (*NORTH, *SOUTH, *PECULIAR):

        def test(self: Canary, user: str = user) -> None:
            self.check(user)

        setattr(Canary, f"test_{user.replace('.', '_')}", test)


add_tests()
