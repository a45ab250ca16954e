"""What differs between the two databases and is needed in more than one place."""

import logging
import platform
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import django
from django.db import DEFAULT_DB_ALIAS, connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

log = logging.getLogger(__name__)


def is_postgres(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether the database is PostgreSQL; the only other one is SQLite."""
    return connections[using].vendor == "postgresql"


def versions(using: str = DEFAULT_DB_ALIAS) -> dict[str, str]:
    """The versions of database, Django and Python, for the health page and problem reports."""
    connection = connections[using]
    number = ".".join(map(str, connection.get_database_version()))
    return {
        "database": f"{connection.display_name} {number}",
        "django": django.get_version(),
        "python": platform.python_version(),
    }


@contextmanager
def read_snapshot(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Every query of the block sees the database as it stood when the block began; writing is refused.

    Writers are not held up, however long the block lasts: a plain ``atomic()`` around a long read would
    block them all on SQLite, because it begins IMMEDIATE. Inside another transaction the block could
    give no snapshot of its own, so it raises RuntimeError there (the one that a TestCase opens excepted,
    as with Django's durable blocks: in such tests the block reads within it).
    """
    connection = connections[using]
    if connection.in_atomic_block:
        if not all(block._from_testcase for block in connection.atomic_blocks):  # type: ignore[attr-defined]
            raise RuntimeError("read_snapshot() cannot be used inside a transaction.")
        yield
        return
    take = _postgres_snapshot if connection.vendor == "postgresql" else _sqlite_snapshot
    with take(connection, using):
        yield


@contextmanager
def _postgres_snapshot(connection: BaseDatabaseWrapper, using: str) -> Iterator[None]:
    with transaction.atomic(using=using, durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT 1")  # the snapshot is taken here, not by BEGIN
        yield


@contextmanager
def _sqlite_snapshot(connection: Any, using: str) -> Iterator[None]:
    connection.ensure_connection()  # opening it sets the mode that is changed here
    usual_mode = connection.transaction_mode
    with ExitStack() as stack:
        connection.transaction_mode = "DEFERRED"
        try:
            stack.enter_context(transaction.atomic(using=using, durable=True))
        finally:
            connection.transaction_mode = usual_mode
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")
            stack.callback(_leave_query_only, connection)
            cursor.execute("SELECT 1 FROM sqlite_master LIMIT 1")  # the snapshot is taken here, not by BEGIN
        yield


def _leave_query_only(connection: BaseDatabaseWrapper) -> None:
    # Past Django's cursor: that one refuses after a failed write, and the connection would stay read-only.
    connection.connection.execute("PRAGMA query_only = OFF")


class TrigramIndex(Operation):
    """Migration operation: a pg_trgm index for `contains` on one text column, on PostgreSQL only.

    SQLite scans, which is fast enough at 200,000 rows. A PostgreSQL without the extension's files scans
    too, and the migration says so in the log.

        operations = [..., TrigramIndex("Unit", "search", name="unit_search_trgm")]
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name: str, field: str, name: str) -> None:
        self.model_name = model_name
        self.field = field
        self.name = name

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return type(self).__qualname__, [self.model_name, self.field], {"name": self.name}

    def describe(self) -> str:
        return f"Trigram index {self.name} on {self.model_name}.{self.field} (PostgreSQL)"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """An index that only one database has is no part of the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self._wanted(app_label, schema_editor):
            return
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
            if cursor.fetchone() is None:
                log.warning("pg_trgm is not available here: %s is not made, searches will scan.", self.name)
                return
        quote = schema_editor.quote_name
        table, column = model._meta.db_table, model._meta.get_field(self.field).column
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(
            f"CREATE INDEX IF NOT EXISTS {quote(self.name)} ON {quote(table)} USING gin ({quote(column)} gin_trgm_ops)"
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if self._wanted(app_label, schema_editor):
            schema_editor.execute(f"DROP INDEX IF EXISTS {schema_editor.quote_name(self.name)}")

    def _wanted(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor) -> bool:
        connection = schema_editor.connection
        return connection.vendor == "postgresql" and router.allow_migrate(
            connection.alias, app_label, model_name=self.model_name.lower()
        )
