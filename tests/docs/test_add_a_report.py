"""The example on docs/add-a-report.md is carried out: one file dropped in, asked for, read."""

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

import reports.catalogue
from accounts.models import User
from core.jobs.enums import JobState
from core.jobs.kinds import KINDS
from reports.registration import REPORTS, discover, kind_of
from reports.running import NothingInside
from reports.services import request_report
from tests.reports.test_running import book_of, made
from tests.units.world import World, build_world
from units.enums import UnitLevel

pytestmark = pytest.mark.django_db

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "add-a-report.md").read_text(encoding="utf-8")
CODE = "units-without-account"


@pytest.fixture
def _dropped_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The file the page names, in a scratch folder that counts as part of the catalogue."""
    name = re.search(r"Save as `reports/catalogue/(\w+)\.py`", PAGE)
    code = re.search(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert name is not None
    assert code is not None
    scratch = tmp_path / "catalogue"
    scratch.mkdir()
    (scratch / f"{name[1]}.py").write_text(code[1], encoding="utf-8")
    monkeypatch.setattr(reports.catalogue, "__path__", [*reports.catalogue.__path__, str(scratch)])
    importlib.invalidate_caches()
    discover()
    yield
    del KINDS._entries[kind_of(REPORTS._entries.pop(CODE))]
    del sys.modules[f"reports.catalogue.{name[1]}"]
    delattr(reports.catalogue, name[1])


@pytest.fixture
def world() -> World:
    return build_world()


def ask(user, **choices):
    report = REPORTS[CODE]
    form = report.parameters(MultiValueDict({name: [value] for name, value in choices.items()}), user=user)
    assert form.is_valid()
    return request_report(report=report, form=form, actor=user)[0]


def rows_of(client, job):
    rows = book_of(client, job)["Đơn vị"].iter_rows(values_only=True)
    return [row[1:4] for row in rows if isinstance(row[0], int)]


def test_without_the_file_there_is_no_such_report() -> None:
    assert CODE not in REPORTS


@pytest.fixture
def _nobody_in_the_hamlet(world: World) -> None:
    """The one account of a hamlet is closed; every other unit in operation has somebody."""
    User.objects.filter(pk=world.user("north.b_head").pk).update(is_active=False)


@pytest.mark.usefixtures("_dropped_in", "_nobody_in_the_hamlet")
def test_the_dropped_file_makes_a_workbook_of_exactly_these_rows(client, world) -> None:
    job = made(ask(world.user("north.province_standing_officer")))
    assert job.state == JobState.SUCCEEDED, job.error_code
    assert rows_of(client, job) == [("Ấp Đầu Giồng", None, "Phường Long Đức")]
    assert job.result.name.startswith("don-vi-chua-co-tai-khoan_")


@pytest.mark.usefixtures("_dropped_in", "_nobody_in_the_hamlet")
def test_who_does_not_see_the_unit_is_told_that_there_is_nothing(world) -> None:
    with pytest.raises(NothingInside):
        ask(world.user("north.standing_officer"))


@pytest.mark.usefixtures("_dropped_in", "_nobody_in_the_hamlet")
def test_a_choice_narrows_it_and_nothing_left_is_said_before(world) -> None:
    officer = world.user("north.province_standing_officer")
    with pytest.raises(NothingInside):
        ask(officer, level=UnitLevel.PROVINCE)


@pytest.mark.usefixtures("_dropped_in")
def test_the_card_stands_in_the_catalogue(client, world) -> None:
    client.force_login(world.user("north.province_standing_officer"))
    answer = client.get(reverse("reports:catalogue"))
    assert CODE in answer.content.decode()
