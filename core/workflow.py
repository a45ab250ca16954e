"""A record's states as a table of steps, and the one locked writer that takes them.

A step is (source, target, permission, guard). Nothing else in the house writes a state field: the
service locks the record, the workflow checks version, state, right and guard, and writes. The same
pair of states may stand in several rows, where different people take the step by different rights:
a head sends, a standing officer enters what came on paper.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from core.errors import MovedOn, NotAllowed, WrongState
from core.registry import Registry
from core.text.keyed import key_fields, keys_of

M = TypeVar("M", bound=models.Model)
Guard = Callable[[Any, Any], None]  # (record, actor); raises ServiceError to refuse
WORKFLOWS: Registry["Workflow[Any]"] = Registry("workflow")


@dataclass(frozen=True)
class Step:
    source: str
    target: str
    permission: str
    guard: Guard | None = None


class Workflow(Generic[M]):
    """The states of `model`, kept in `field`, with optimistic `version` beside it."""

    def __init__(self, model: type[M], rows: Sequence[tuple[Any, ...]], *, field: str = "state") -> None:
        self.model = model
        self.field = field
        self.steps = tuple(Step(*row) for row in rows)
        WORKFLOWS.add(f"{model._meta.label}.{field}", self)

    def lock(self, pk: Any, *, actor: Any, version: int | None = None) -> M:
        """The record as `actor` may see it, locked until the transaction ends.

        Raises the model's DoesNotExist outside the actor's scope, MovedOn if `version` is not the one
        stored. SQLite has no row locks; there the IMMEDIATE transaction and the versioned write stand in.
        """
        visible = self.model._default_manager.visible_to(actor).filter(pk=pk)  # type: ignore[attr-defined]
        record = (
            self.model._default_manager.select_for_update(of=("self",))
            .filter(pk__in=visible.order_by().values("pk"))
            .get()
        )
        if version is not None and record.version != version:  # type: ignore[attr-defined]
            raise MovedOn(subject=record)
        return record

    def steps_between(self, record: M, to: str) -> list[Step]:
        """The steps from the record's state to `to`. Raises WrongState if the table has none."""
        state = getattr(record, self.field)
        steps = [step for step in self.steps if step.source == state and step.target == to]
        if not steps:
            raise WrongState(_("This step is not possible in the record's present state."))
        return steps

    def advance(self, record: M, *, to: str, actor: Any, **values: Any) -> str:
        """Take the step to `to`, writing `values` with it; returns the state before.

        Of several rows for the step the first one whose right the actor holds is taken, with its guard.
        Raises WrongState, NotAllowed, whatever the guard raises, and MovedOn if the stored version is
        no longer the one in `record`.
        """
        before: str = getattr(record, self.field)
        steps = self.steps_between(record, to)
        step = next((step for step in steps if actor.has_perm(step.permission, record)), None)
        if step is None:
            raise NotAllowed(steps[0].permission)
        if step.guard is not None:
            step.guard(record, actor)
        write_versioned(record, **{self.field: to, **values})
        return before

    def open_to(self, record: M, actor: Any) -> list[str]:
        """The states `actor` may move `record` to now, by table and right; guards speak when pressed."""
        state = getattr(record, self.field)
        open_steps = (s for s in self.steps if s.source == state and actor.has_perm(s.permission, record))
        return list(dict.fromkeys(step.target for step in open_steps))


def write_versioned(record: Any, **values: Any) -> None:
    """Write `values` if the stored version is the record's, and count it up. Raises MovedOn."""
    for name, value in values.items():
        setattr(record, name, value)
    # The versioned write is an update, so the search and sort keys of the written texts go along by hand.
    keys = {key for key in key_fields(type(record)) if key.name in keys_of(type(record), values)}
    values.update({key.name: key.pre_save(record, add=False) for key in keys})
    manager = type(record)._base_manager
    written = manager.filter(pk=record.pk, version=record.version).update(**values, version=F("version") + 1)
    if not written:
        raise MovedOn(subject=record)
    record.version += 1
