"""What saving the lines of a pledge and of a report share: each by itself, refused where it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from campaigns.models.base import TypedValue
from core.errors import MovedOn, ServiceError

E = TypeVar("E")
Changes = dict[str, list[Any]]


class LineMovedOn(MovedOn):
    """Somebody else wrote the same line since the page was shown; `line` stands there now, `stamp` is its print."""

    def __init__(self, line: TypedValue | None, stamp: str) -> None:
        super().__init__(_("Somebody else has changed this line meanwhile."))
        self.line = line
        self.stamp = stamp


@dataclass(kw_only=True)
class Outcome:
    """What became of the lines that were saved together."""

    version_before: int
    saved: int = 0
    refused: dict[int, ServiceError] = field(default_factory=dict)

    def raise_refused(self) -> None:
        """Raises the first refusal, where lines are saved one by one."""
        for error in self.refused.values():
            raise error


def write_each(entries: Mapping[int, E], outcome: Outcome, write: Callable[[int, E], Changes]) -> Changes:
    """Write each entry, by indicator id; a refused one is told in `outcome` and does not stop the others.

    Returns what changed, for the trail.
    """
    changes: Changes = {}
    for indicator_id, entry in entries.items():
        try:
            changed = write(indicator_id, entry)
        except ServiceError as error:
            outcome.refused[indicator_id] = error
            continue
        outcome.saved += bool(changed)
        changes |= changed
    return changes
