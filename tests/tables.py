"""Tables for models that exist only in tests: made for one module, outside any transaction."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, models


def table_of(*given: type[models.Model]) -> Callable[..., Iterator[None]]:
    """A module fixture that makes the tables of `given` and drops them at the end.

    The models name an `app_label` that is not installed, so that migrations and checks do not see them.
    """

    @pytest.fixture(scope="module")
    def tables(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            for model in given:
                editor.create_model(model)
        yield
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            for model in reversed(given):
                editor.delete_model(model)

    return tables
