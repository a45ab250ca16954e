"""Finding and locking the row that a service is about to write."""

from typing import Any, TypeVar

from django.db import models

from accounts.models import User
from core.errors import MovedOn
from core.workflow import write_versioned

M = TypeVar("M", bound=models.Model)


def lock(model: type[M], pk: Any, *, actor: User | None, version: int | None = None) -> M:
    """The row as `actor` may see it (None, the system, sees all), locked until the transaction ends.

    Raises the model's DoesNotExist outside the scope and MovedOn if the row is no longer at `version`.
    SQLite has no row locks: there the IMMEDIATE transaction and `touch` stand in for them.
    """
    rows: Any = model._default_manager
    rows = rows.filter(pk=pk)
    if actor is not None:
        visible = model._default_manager.visible_to(actor)  # type: ignore[attr-defined]
        rows = rows.filter(pk__in=visible.order_by().values("pk"))
    row: M = rows.select_for_update(of=("self",)).get()
    if version is not None and row.version != version:  # type: ignore[attr-defined]
        raise MovedOn(subject=row)
    return row


def touch(row: models.Model, **values: Any) -> dict[str, list[Any]]:
    """Write what differs in `values`, count the version up, and return the changes for the audit entry.

    Raises MovedOn if somebody else has written the row since it was read. Texts go through `save`, which
    keeps their search and sort keys with them.
    """
    before = {name: getattr(row, name) for name in values}
    changed = {name: [old, values[name]] for name, old in before.items() if old != values[name]}
    if not changed:
        return {}
    write_versioned(row)
    for name, (_old, new) in changed.items():
        setattr(row, name, new)
    row.save(update_fields=list(changed))
    return {name: [shown(old), shown(new)] for name, (old, new) in changed.items()}


def shown(value: Any) -> Any:
    """A record by its words, anything else as it is."""
    return str(value) if isinstance(value, models.Model) else value
