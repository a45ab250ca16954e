"""A snapshot stands still, holds nobody up, and cannot write."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections, models, transaction
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import OperationWriter
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from accounts.models import User
from core import db
from tests.factories import UserFactory

pytestmark = pytest.mark.postgres


ALIAS = "snapshot"


@pytest.fixture
def rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """A table behind a database alias of its own: on SQLite a file as in real life, not shared memory."""
    own = connections["default"].settings_dict.copy()
    if connections["default"].vendor == "sqlite":
        own["NAME"] = tmp_path / "rows.sqlite3"
    connections.settings[ALIAS] = own
    with django_db_blocker.unblock():
        execute("CREATE TABLE snapshot_rows (number integer)")
        yield
        execute("DROP TABLE snapshot_rows")
        connections[ALIAS].close()
    del connections[ALIAS], connections.settings[ALIAS]


def execute(sql: str) -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(sql)


def insert() -> None:
    with transaction.atomic(using=ALIAS):
        execute("INSERT INTO snapshot_rows VALUES (1)")


def count() -> int:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM snapshot_rows")
        return int(cursor.fetchone()[0])


def elsewhere(act: Callable[[], None]) -> None:
    """Run `act` on a connection of its own, wait for it, and raise what it raised."""

    def run() -> None:
        try:
            act()
        finally:
            connections[ALIAS].close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


def test_a_snapshot_stands_still_while_others_write(rows: None) -> None:
    insert()
    with db.read_snapshot(ALIAS):
        assert count() == 1
        elsewhere(insert)
        assert count() == 1
    assert count() == 2


def test_a_snapshot_is_taken_when_the_block_begins(rows: None) -> None:
    with db.read_snapshot(ALIAS):
        elsewhere(insert)
        assert count() == 0


def test_a_snapshot_cannot_write_and_what_follows_can(rows: None) -> None:
    with pytest.raises(DatabaseError), db.read_snapshot(ALIAS):
        execute("INSERT INTO snapshot_rows VALUES (1)")
    insert()
    assert count() == 1


def test_a_snapshot_whose_transaction_is_broken_leaves_nothing_behind(rows: None) -> None:
    """As a failed `Model.save()` breaks it: Django's own cursor answers nothing from there on."""
    with pytest.raises(DatabaseError), db.read_snapshot(ALIAS), transaction.atomic(using=ALIAS, savepoint=False):
        execute("INSERT INTO snapshot_rows VALUES (1)")
    insert()
    assert count() == 1


def test_a_snapshot_refuses_to_stand_inside_a_transaction(rows: None) -> None:
    with transaction.atomic(using=ALIAS), pytest.raises(RuntimeError), db.read_snapshot(ALIAS):
        pass
    with db.read_snapshot(ALIAS), pytest.raises(RuntimeError), db.read_snapshot(ALIAS):
        pass


def test_transactions_after_a_snapshot_begin_as_before(rows: None) -> None:
    connections[ALIAS].close()
    with db.read_snapshot(ALIAS):
        pass
    with CaptureQueriesContext(connections[ALIAS]) as queries:
        insert()
    assert queries[0]["sql"] == ("BEGIN" if db.is_postgres() else "BEGIN IMMEDIATE")


@pytest.mark.django_db
def test_inside_a_test_case_the_block_reads_within_its_transaction() -> None:
    UserFactory()
    with db.read_snapshot():
        assert User.objects.count() == 1
    with transaction.atomic(), pytest.raises(RuntimeError), db.read_snapshot():
        pass


@pytest.mark.django_db
def test_versions_name_the_database() -> None:
    assert db.is_postgres() == (connection.vendor == "postgresql")
    assert db.versions()["database"].startswith("PostgreSQL" if db.is_postgres() else "SQLite")
    assert set(db.versions()) == {"database", "django", "python"}


def indexes(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, table))


@pytest.fixture
def place(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ProjectState]:
    """The state of a migration that made one table, and the table; SQLite makes none inside a transaction."""
    state = ProjectState()
    columns = [("id", models.BigAutoField(primary_key=True)), ("search", models.TextField())]
    state.add_model(ModelState("text_tests", "Place", columns))
    model = state.apps.get_model("text_tests", "Place")
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(model)
        yield state
        with connection.schema_editor() as editor:
            editor.delete_model(model)


def test_trigram_index_is_made_on_postgresql_only_and_taken_away_again(place: ProjectState) -> None:
    operation = db.TrigramIndex("Place", "search", name="place_search_trgm")
    with connection.schema_editor() as editor:
        operation.state_forwards("text_tests", place)
        operation.database_forwards("text_tests", editor, place, place)
    assert ("place_search_trgm" in indexes("text_tests_place")) == db.is_postgres()
    with connection.schema_editor() as editor:
        operation.database_backwards("text_tests", editor, place, place)
    assert "place_search_trgm" not in indexes("text_tests_place")


def test_trigram_index_can_be_written_into_a_migration() -> None:
    text, imports = OperationWriter(
        db.TrigramIndex("Place", "search", name="place_search_trgm"), indentation=0
    ).serialize()
    assert imports == {"import core.db"}
    assert "".join(text.split()) == "core.db.TrigramIndex(model_name='Place',field='search',name='place_search_trgm',),"
