"""Every list of the house: sorted both ways, filtered with chips, kept as chosen, written as shown.

The registry of lists is complete: a page of rows that is not entered has no workbook and no kept columns.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, resolve, reverse
from django.utils import translation
from openpyxl import load_workbook

from awards.models import Commendation, Nomination, ReviewRound, TitleRegistration
from campaigns.models import Campaign
from core.clock import ZONE
from core.jobs.enums import Failure, JobState
from core.jobs.models import Job
from core.jobs.tasks import run_job
from core.ui import preferences
from core.ui.exporting import open_page
from core.ui.listings import LISTINGS, is_exportable
from core.ui.models import ListPreference
from core.ui.tables import Table
from core.ui.views import ListPage
from tests.canary.papers import plant_papers
from tests.canary.planting import Planter
from tests.units.world import World, build_world
from units.models import Membership, Person

HOSTILE = "=HYPERLINK(1)<script>alert(1)</script>\"'&"
FIRST_HEAD = "TT"
# the lists and two who read them: the first has the more rows
READERS = {
    "accounts:account_list": ("administrator", "administrator"),
    "audit:entry_list": ("administrator", "administrator"),
    "units:unit_list": ("north.standing_officer", "north.unit_head"),
    "units:person_list": ("north.standing_officer", "north.unit_head"),
    "units:household_list": ("north.standing_officer", "north.unit_head"),
    "units:group_list": ("north.standing_officer", "north.province_observer"),
    "units:membership_list": ("administrator", "north.standing_officer"),
    "campaigns:campaign_list": ("north.standing_officer", "north.unit_head"),
    "awards:registration_list": ("north.standing_officer", "north.unit_head"),
    "awards:round_list": ("north.standing_officer", "north.unit_head"),
    "awards:round_detail": ("north.standing_officer", "north.unit_head"),
    "awards:nomination_list": ("north.standing_officer", "north.unit_head"),
    "awards:campaign_nominations": ("north.standing_officer", "north.unit_head"),
    "awards:decision_list": ("north.standing_officer", "north.unit_head"),
    "awards:ledger_list": ("north.standing_officer", "north.unit_head"),
}
UNSORTED = {("audit:entry_list", "changes"): "several values in a cell"}
TEXTS = {  # where the text somebody typed stands: the model and its column
    "units:person_list": (Person, "name"), "awards:ledger_list": (Commendation, "printed_name"),
    "awards:round_detail": (Nomination, "printed_name"), "campaigns:campaign_list": (Campaign, "title"),
    "awards:registration_list": (TitleRegistration, "initiative"),
}  # fmt: skip


def list_pages(resolver: Any = None, space: str = "") -> Iterator[tuple[str, type[ListPage]]]:
    """(name of the address, view) of every page of rows."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if not isinstance(pattern, URLPattern):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from list_pages(pattern, inner)
            continue
        view = getattr(pattern.callback, "view_class", None)
        if view is not None and issubclass(view, ListPage):
            yield f"{space}{pattern.name}", view


def test_every_page_of_rows_is_entered() -> None:
    pages = dict(list_pages())
    assert set(pages) == set(LISTINGS)
    assert {name for name in pages if is_exportable(name)} == set(READERS)
    for name, page in pages.items():
        assert LISTINGS[name].permission == page.permission, name
        if LISTINGS[name].own_export:
            assert len(LISTINGS[name].own_export) > 40, name


def test_every_column_can_be_sorted() -> None:
    for name, page in list_pages():
        if not is_exportable(name):
            continue
        columns = page.table_class.base_columns
        fixed = {key for key, column in columns.items() if column.orderable is False and not column.exclude_from_export}
        assert fixed == {key for listing, key in UNSORTED if listing == name}, name


class EveryList(TestCase):
    world: World
    round_: ReviewRound
    campaign: Campaign

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_catalogue", verbosity=0)
        cls.world = build_world()
        planter = Planter(cls.world, "north")
        cls.campaign = planter.plant()["launched_campaign"][0]
        plant_papers(planter)
        cls.round_ = ReviewRound.objects.get()
        ReviewRound.objects.update(campaign=cls.campaign)

    # --- The house's hands ---

    def client_of(self, name: str) -> Client:
        client = Client()
        client.force_login(self.world.user(name))
        return client

    def address(self, url_name: str, **asked: Any) -> str:
        records = {"awards:round_detail": self.round_, "awards:campaign_nominations": self.campaign}
        arguments = [records[url_name].pk] if url_name in records else []
        return f"{reverse(url_name, args=arguments)}?{urlencode(asked)}"

    def table(self, name: str, url_name: str, **asked: Any) -> Table:
        """The table as the page opens it for a user."""
        path, _mark, query = self.address(url_name, **asked).partition("?")
        return open_page(url_name, resolve(path).kwargs, query, self.world.user(name)).open_table()

    def keys(self, name: str, url_name: str, **asked: Any) -> list[Any]:
        return list(self.table(name, url_name, **asked).all_rows.values_list("pk", flat=True))

    def export(self, client: Client, address: str) -> Job:
        answer = client.post(reverse("ui:export"), {"next": address})
        assert answer.status_code == 302, address
        return Job.objects.latest("pk")

    def book(self, client: Client, job: Job) -> Any:
        run_job(str(job.uuid))
        job.refresh_from_db()
        assert job.state == JobState.SUCCEEDED, (job.kind, job.error_code, job.error_params)
        answer = client.get(reverse("jobs:download", args=[job.uuid]))
        return load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]

    def rows_of(self, sheet: Any) -> tuple[list[str], list[list[Any]]]:
        """The headings, and the rows below them."""
        lines = [list(row) for row in sheet.iter_rows(values_only=True)]
        head = next(number for number, line in enumerate(lines) if line[0] == FIRST_HEAD)
        return lines[head], [line for line in lines[head + 1 :] if isinstance(line[0], int)]

    # --- What every list does ---

    def test_each_column_sorts_both_ways(self) -> None:
        for url_name, (name, _other) in READERS.items():
            for column in self.table(name, url_name).columns:
                if column.column.exclude_from_export or (url_name, column.name) in UNSORTED:
                    continue
                with self.subTest(url_name, column=column.name):
                    up = self.keys(name, url_name, sort=column.name)
                    down = self.keys(name, url_name, sort=f"-{column.name}")
                    assert sorted(up) == sorted(down) == sorted(self.keys(name, url_name))
                    self.check_turned(name, url_name, column.name, up, down)

    def check_turned(self, name: str, url_name: str, column: str, up: list[Any], down: list[Any]) -> None:
        """Turned round, but for the rows without a value, which come last both ways."""
        ordered = self.table(name, url_name, sort=column).all_rows
        part = ordered.query.order_by[0]
        path = part if isinstance(part, str) else part.expression.name
        empty = set(ordered.order_by().filter(**{f"{path}__isnull": True}).values_list("pk", flat=True))
        filled = [key for key in up if key not in empty]
        assert up[: len(filled)] == filled
        assert [key for key in down if key not in empty] == filled[::-1]
        assert set(down[len(filled) :]) == empty

    def test_headings_are_links_that_say_the_order(self) -> None:
        for url_name, (name, _other) in READERS.items():
            with self.subTest(url_name):
                client = self.client_of(name)
                column = next(iter(self.table(name, url_name).columns)).name
                page = client.get(self.address(url_name, sort=f"-{column}")).content.decode()
                assert 'aria-sort="descending"' in page
                assert f"sort={column}" in page

    def test_each_filter_has_a_chip_that_drops_it(self) -> None:
        tried = set()
        for url_name, (name, _other) in READERS.items():
            path, asked = self.address(url_name).rstrip("?"), {}
            for key, field in self.filterset(name, path, "").form.fields.items():
                with self.subTest(url_name, filter=key):
                    asked = {key: value_for(key, field), "sort": "-pk"}
                    filterset = self.filterset(name, path, urlencode(asked))
                    chips = filterset.chip_list
                    assert [str(chip.label) for chip in chips] == [str(field.label)]
                    assert chips[0].without == filterset.cleared == "?sort=-pk"
                    tried.add((url_name, key))
            page = self.client_of(name).get(path, asked).content.decode()
            assert 'class="chips-clear" href="?sort=-pk"' in page, url_name
            assert 'class="chip-off" href="?sort=-pk"' in page, url_name
        assert len(tried) > 30

    def filterset(self, name: str, path: str, query: str) -> Any:
        match = resolve(path)
        page = open_page(match.view_name, match.kwargs, query, self.world.user(name))
        page.open_table()
        return page.filterset

    def test_sort_and_filter_ask_no_more_queries(self) -> None:
        for url_name, (name, _other) in READERS.items():
            client = self.client_of(name)
            columns = [column.name for column in self.table(name, url_name).columns if column.orderable]
            client.get(self.address(url_name))  # what a process asks once
            counts = set()
            for asked in ({}, {"sort": f"-{columns[0]}"}, {"sort": columns[-1]}):
                with CaptureQueriesContext(connection) as queries:
                    client.get(self.address(url_name, **asked))
                counts.add(len(queries))
            with self.subTest(url_name):
                assert len(counts) == 1, counts

    def test_page_size_and_columns_are_kept_for_the_person_and_the_list(self) -> None:
        for url_name, (name, _other) in READERS.items():
            with self.subTest(url_name):
                client = self.client_of(name)
                columns = [column.name for column in self.table(name, url_name).choosable]
                kept = columns[1:]
                answer = client.post(reverse("ui:columns"), {"next": self.address(url_name), "column": kept})
                assert answer.url == self.address(url_name)
                client.post(reverse("ui:page_size"), {"next": self.address(url_name), "per_page": "50"})
                page = client.get(self.address(url_name))
                table = page.context_data["table"]
                assert [c.name for c in table.choosable if c.visible] == kept
                assert table.page.paginator.per_page == 50
                assert not ListPreference.objects.exclude(user=self.world.user(name)).filter(listing=url_name).exists()
                client.post(reverse("ui:columns"), {"next": self.address(url_name), "all": "1"})
                table = client.get(self.address(url_name)).context_data["table"]
                assert [c.name for c in table.choosable if c.visible] == columns

    # --- The workbook ---

    def test_workbook_holds_exactly_the_rows_of_the_list_in_its_order(self) -> None:
        for url_name, names in READERS.items():
            for name in dict.fromkeys(names):
                with self.subTest(url_name, user=name):
                    client = self.client_of(name)
                    column = next(iter(self.table(name, url_name).columns)).name
                    address = self.address(url_name, sort=f"-{column}")
                    job = self.export(client, address)
                    with translation.override("vi"):
                        expected = self.expected(name, url_name, sort=f"-{column}")
                    head, rows = self.rows_of(self.book(client, job))
                    assert [row[1] for row in rows] == expected
                    assert len(set(head) - {None}) == len([text for text in head if text]), head

    def expected(self, name: str, url_name: str, **asked: Any) -> list[Any]:
        """The first column of the list's rows, as they stand on the page."""
        table = self.table(name, url_name, **asked)
        column = next(iter(table.columns))
        values = [column.accessor.resolve(row, quiet=True) for row in table.all_rows]
        if url_name == "audit:entry_list":
            return [value.astimezone(ZONE).replace(tzinfo=None, microsecond=0) for value in values]
        return [str(value) for value in values]

    def test_workbook_holds_what_is_filtered_and_says_by_what(self) -> None:
        client = self.client_of("north.standing_officer")
        with translation.override("vi"):
            address = self.address("units:unit_list", kind="hamlet", sort="-name", page="1")
            table = self.table("north.standing_officer", "units:unit_list", kind="hamlet", sort="-name")
            names = [row.name_then for row in table.all_rows]
        sheet = self.book(client, self.export(client, address))
        _head, rows = self.rows_of(sheet)
        assert [row[1] for row in rows] == names
        texts = {cell for line in sheet.iter_rows(values_only=True) for cell in line if isinstance(cell, str)}
        assert any(text.startswith("Loại") and "p" in text for text in texts), texts
        assert 0 < len(names) < len(self.keys("north.standing_officer", "units:unit_list"))

    def test_workbook_leaves_out_the_columns_left_out(self) -> None:
        client = self.client_of("north.standing_officer")
        user = self.world.user("north.standing_officer")
        preferences.keep_columns(actor=user, listing="units:unit_list", hidden=["level", "name", "nonsense"])
        head, _rows = self.rows_of(self.book(client, self.export(client, self.address("units:unit_list"))))
        assert "Cấp" not in head
        assert "Đơn vị" in head  # says what the row is, and stays

    def test_states_numbers_and_days_are_values(self) -> None:
        client = self.client_of("north.standing_officer")
        head, rows = self.rows_of(self.book(client, self.export(client, self.address("awards:ledger_list"))))
        row = dict(zip(head, rows[0], strict=True))
        commendation = Commendation.objects.get(printed_name=rows[0][1])
        with translation.override("vi"):
            state = str(commendation.get_state_display())
        assert (row["Ngày khen thưởng"].date(), row["Hiệu lực"]) == (commendation.awarded_on, state), row

    def test_rights_are_those_of_the_moment_it_is_made(self) -> None:
        client = self.client_of("north.b_standing_officer")
        job = self.export(client, self.address("units:unit_list"))
        user = self.world.user("north.b_standing_officer")
        Membership.objects.filter(user=user).update(unit=self.world.unit("north.b.office"))
        _head, rows = self.rows_of(self.book(client, job))
        with translation.override("vi"):
            assert [row[1] for row in rows] == self.expected("north.b_standing_officer", "units:unit_list")
        assert len(rows) == 3

    def test_a_filter_that_lies_outside_the_scope_by_then_does_not_open_the_list(self) -> None:
        client = self.client_of("north.b_standing_officer")
        address = self.address("units:person_list", unit=self.world.unit("north.b.hamlet").pk)
        job = self.export(client, address)
        user = self.world.user("north.b_standing_officer")
        Membership.objects.filter(user=user).update(unit=self.world.unit("north.b.office"))
        run_job(str(job.uuid))
        job.refresh_from_db()
        assert (job.state, job.error_code) == (JobState.FAILED, Failure.REPORTED)

    def test_who_lost_the_right_gets_no_file(self) -> None:
        client = self.client_of("north.standing_officer")
        job = self.export(client, self.address("awards:ledger_list"))
        self.book(client, job)
        waiting = self.export(client, self.address("units:unit_list"))
        Membership.objects.filter(user=self.world.user("north.standing_officer")).delete()
        run_job(str(waiting.uuid))
        waiting.refresh_from_db()
        assert waiting.error_code == Failure.RIGHT_LOST
        assert client.get(reverse("jobs:download", args=[job.uuid])).status_code == 403

    def test_a_list_outside_the_scope_is_not_written(self) -> None:
        client = self.client_of("south.standing_officer")
        for url_name, status in (("awards:round_detail", 404), ("audit:entry_list", 403)):
            assert client.post(reverse("ui:export"), {"next": self.address(url_name)}).status_code == status
        for address in ("/desk-that-is-none/", "https://elsewhere.test/units/", "//elsewhere.test/", "", "/"):
            assert client.post(reverse("ui:export"), {"next": address}).status_code == 404
        assert not Job.objects.filter(kind__startswith="table-export.").exists()

    def test_asking_twice_makes_one_file_which_the_page_shows(self) -> None:
        client = self.client_of("north.standing_officer")
        address = self.address("units:unit_list", sort="-name")
        first, second = (client.post(reverse("ui:export"), {"next": address}) for _time in range(2))
        job = Job.objects.get(kind=LISTINGS["units:unit_list"].kind)
        assert first.url == second.url == f"{address}&file={job.uuid}"
        page = client.get(first.url).content.decode()
        assert f'id="job-{job.uuid}"' in page
        assert "hx-get" in page
        other = self.client_of("north.unit_head").get(first.url).content.decode()
        assert f'id="job-{job.uuid}"' not in other

    def test_hostile_text_is_inert_on_the_page_and_in_the_workbook(self) -> None:
        for url_name, (model, field) in TEXTS.items():
            with self.subTest(url_name):
                with connection.cursor() as cursor:
                    cursor.execute(f"UPDATE {model._meta.db_table} SET {field} = %s", [HOSTILE])
                client = self.client_of(READERS[url_name][0])
                page = client.get(self.address(url_name)).content.decode()
                assert "<script>alert" not in page
                assert "&lt;script&gt;alert(1)" in page
                sheet = self.book(client, self.export(client, self.address(url_name, sort="-pk")))
                cells = [cell for line in sheet.iter_rows() for cell in line if HOSTILE in str(cell.value)]
                assert cells
                assert all(cell.data_type == "s" for cell in cells)


def value_for(name: str, field: Any) -> Any:
    """Something that the filter takes."""
    if name == "q":
        return "a"
    queryset = getattr(field, "queryset", None)
    if queryset is not None:
        return queryset[0].pk
    choices = [value for value, _label in getattr(field, "choices", ()) if value not in ("", None)]
    return choices[0] if choices else "2024" if "year" in name else "01/01/2020"
