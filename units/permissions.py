"""Enters every permission of the grants table into `rules`; `has_perm` asks nothing else."""

from functools import partial
from typing import Any

import rules

from accounts.models import User
from units.grants import permissions
from units.seats import seat_of


def may(permission: str, user: User, record: Any = None) -> bool:
    """Whether `user` holds `permission` today, at `record` where one is given."""
    return seat_of(user).may(permission, record)


def enter_permissions() -> None:
    """Called when the application starts."""
    for name in sorted(permissions()):
        # rules reads the argument names to see how many a predicate takes, so they are given here
        predicate = rules.Predicate(partial(may, name), name=name.replace(".", "_"))
        rules.set_perm(name, predicate)
