"""Tests with real transactions empty every table at their end; the audit's triggers step aside for that alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations

from core.audit import triggers

TABLES = ("audit_entry", "audit_link")


@pytest.fixture(scope="session", autouse=True)
def _audit_may_be_emptied() -> Iterator[None]:
    empty = BaseDatabaseOperations.execute_sql_flush

    def empty_without_triggers(self: BaseDatabaseOperations, sql_list: Any) -> None:
        triggers.drop(self.connection, TABLES)
        try:
            empty(self, sql_list)
        finally:
            triggers.create(self.connection, TABLES)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", empty_without_triggers)
        yield
