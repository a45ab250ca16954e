"""Enters every permission of the grants table into `rules`; `has_perm` asks nothing else."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import rules

from accounts.models import User
from core.errors import NotAllowed
from units.grants import permissions
from units.seats import seat_of


def may(permission: str, user: User, record: Any = None) -> bool:
    """Whether `user` holds `permission` today, at `record` where one is given."""
    return seat_of(user).may(permission, record)


def enter_permissions() -> None:
    """Called when the application starts."""
    for name in sorted(permissions()):
        predicate = rules.Predicate(partial(may, name), name=name.replace(".", "_"))
        rules.set_perm(name, predicate)


@dataclass(frozen=True)
class At:
    """A place asked about before there is a record: "may I make one for this unit?"."""

    unit_id: int

    @property
    def organiser_id(self) -> int:
        return self.unit_id


def require(actor: User | None, permission: str, record: Any = None) -> None:
    """Let pass who holds `permission` at `record`, and the system itself (None); else raises NotAllowed."""
    if actor is not None and not actor.has_perm(permission, record):
        raise NotAllowed(permission)
