"""The database itself refuses to change or delete what may only be added to."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME; END $$
"""


def _name(table: str, act: str) -> str:
    return f"{table}_no_{act.lower()}"


def _creations(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f'CREATE TRIGGER IF NOT EXISTS "{_name(table, act)}" BEFORE {act} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
            for act in ("UPDATE", "DELETE")
        ]
    return [
        POSTGRES_FUNCTION,
        f'CREATE TRIGGER "{_name(table, "change")}" BEFORE UPDATE OR DELETE ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        f'CREATE TRIGGER "{_name(table, "truncate")}" BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    ]


def _removals(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [f'DROP TRIGGER IF EXISTS "{_name(table, act)}"' for act in ("UPDATE", "DELETE")]
    return [f'DROP TRIGGER IF EXISTS "{_name(table, act)}" ON "{table}"' for act in ("change", "truncate")]


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    if connection.vendor not in ("sqlite", "postgresql"):
        return
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def create(connection: BaseDatabaseWrapper, tables: tuple[str, ...]) -> None:
    """Set the triggers on `tables`."""
    for table in tables:
        _run(connection, _creations(connection.vendor, table))


def drop(connection: BaseDatabaseWrapper, tables: tuple[str, ...]) -> None:
    """Take the triggers off `tables`."""
    for table in tables:
        _run(connection, _removals(connection.vendor, table))


class InsertOnly(Operation):
    """Migration operation: `tables` refuse UPDATE and DELETE, on PostgreSQL TRUNCATE as well.

    SQLite drops triggers when a migration rebuilds their table: such a migration ends with this
    operation again.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, *tables: str) -> None:
        self.tables = tables

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__qualname__, list(self.tables), {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        drop(schema_editor.connection, self.tables)
        create(schema_editor.connection, self.tables)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        drop(schema_editor.connection, self.tables)

    def describe(self) -> str:
        return f"Refuse changes of {', '.join(self.tables)}"
