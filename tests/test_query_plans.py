"""No filter and no order of a list that grows reads its whole table row by row.

The plans are read from the database. SQLite plans without counting rows; PostgreSQL is told that reading
a whole table is dear, so that its plan says whether there is another way at all. What stands in a search
key is looked for in the text: on SQLite that has no index.
"""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet

from awards.models import ReviewRound
from core.jobs.models import Job
from core.notices.models import Notice
from core.ui.exporting import open_page
from tests.test_tables import UNSORTED, value_for
from tests.units.world import World, build_world

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
GROWING = {  # who reads the list
    "units:person_list": "north.standing_officer",
    "units:unit_list": "north.standing_officer",
    "campaigns:campaign_list": "north.standing_officer",
    "awards:ledger_list": "north.standing_officer",
    "awards:round_detail": "north.standing_officer",
    "audit:entry_list": "administrator",
}

SORTED_APART = {
    ("postgresql", "awards:ledger_list", "-bonus"): "rows without a value come last, while its index has them first",
}


@pytest.fixture
def world() -> World:
    call_command("load_catalogue", verbosity=0)
    world = build_world()
    ReviewRound.objects.create(organiser=world.unit("north.a"), year=2024, title="Đợt xét năm 2024")
    return world


def plan_of(rows: QuerySet[Any]) -> list[str]:
    """The steps in which the database finds the first page's keys."""
    keys = rows.values_list("pk", flat=True)[:20]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    return keys.explain().splitlines()


def read_whole(plan: list[str], table: str) -> list[str]:
    """The steps that read all of `table` without an index. In the order of its key it is left after a page."""
    if not any("TEMP B-TREE FOR ORDER BY" in step or "Sort" in step for step in plan):
        return []
    scan = rf"Seq Scan on {table}\b" if connection.vendor == "postgresql" else rf"SCAN {table}(?! USING)"
    return [step for step in plan if re.search(scan, step)]


@pytest.mark.parametrize(("url_name", "name"), GROWING.items())
def test_every_order_and_filter_uses_an_index(world: World, url_name: str, name: str) -> None:
    arguments = {"pk": ReviewRound.objects.get().pk} if url_name == "awards:round_detail" else {}

    def rows(**asked: Any) -> QuerySet[Any]:
        page = open_page(url_name, arguments, urlencode(asked), world.user(name))
        found: QuerySet[Any] = page.open_table().all_rows
        return found

    page = open_page(url_name, arguments, "", world.user(name))
    table = page.open_table()
    asked = [
        {"sort": f"{way}{column.name}"} for column in table.columns for way in ("", "-")
        if not column.column.exclude_from_export and (url_name, column.name) not in UNSORTED
        and (connection.vendor, url_name, f"{way}{column.name}") not in SORTED_APART
    ]  # fmt: skip
    assert page.filterset is not None
    asked += [
        {key: "nguyen" if key == "q" else value_for(key, field)} for key, field in page.filterset.form.fields.items()
        if (key != "q" or connection.vendor == "postgresql") and getattr(field, "queryset", True)
    ]  # fmt: skip
    wrong = {}
    for one in asked:
        found = rows(**one)
        if steps := read_whole(plan_of(found), found.model._meta.db_table):
            wrong[str(one)] = steps
    assert len(asked) > 7
    assert wrong == {}


def test_own_files_and_notices_are_read_from_an_index(world: World) -> None:
    user = world.user("north.standing_officer")
    for rows in (Job.objects.visible_to(user).for_rows(), Notice.objects.visible_to(user).order_by("-pk")):
        plan = plan_of(rows)
        assert not any("TEMP B-TREE" in step or re.search("SCAN|Seq Scan|Sort", step) for step in plan), plan
