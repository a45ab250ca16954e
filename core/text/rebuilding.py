"""Stored keys compared with what they should be, and put right."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from core.text.keyed import key_fields

_CHUNK = 1000


def stale_rows(model: type[models.Model]) -> Iterator[models.Model]:
    """The rows of `model` with a key that its text does not give, read in chunks by primary key."""
    keys = key_fields(model)
    columns = {name for key in keys for name in (key.attname, *key.sources)}
    rows = model._base_manager.order_by("pk").only("pk", *columns)
    chunk = list(rows[:_CHUNK])
    while chunk:
        yield from (row for row in chunk if any(getattr(row, k.attname) != k.key_of(row) for k in keys))
        chunk = list(rows.filter(pk__gt=chunk[-1].pk)[:_CHUNK])


def rebuild(model: type[models.Model]) -> int:
    """Write the keys that differ; how many rows changed."""
    return sum(mend(row) for row in stale_rows(model))


def mend(row: models.Model) -> int:
    """Write the keys of one row as read; 0 if its text was changed meanwhile, which wrote newer keys."""
    model, keys = type(row), key_fields(type(row))
    as_read = {name: getattr(row, name) for key in keys for name in key.sources}
    unchanged = model._base_manager.filter(pk=row.pk, **_filters(as_read))
    return unchanged.update(**{key.attname: key.key_of(row) for key in keys})


def _filters(values: dict[str, Any]) -> dict[str, Any]:
    return {(f"{name}__isnull" if value is None else name): value is None or value for name, value in values.items()}
