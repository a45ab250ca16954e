"""Who must have a second factor: the setting SECOND_FACTOR_ROLES.

It names codes: `administrator` and `everybody` are known here, roles are those of the floor above, which
says in `AppConfig.ready()` what codes it has and which of them a user holds.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core import checks

from accounts.models import User

EVERYBODY, ADMINISTRATOR = "everybody", "administrator"
OWN_CODES = frozenset({EVERYBODY, ADMINISTRATOR})

_sources: dict[frozenset[str], Callable[[User], Iterable[str]]] = {}


def register_roles(codes: Iterable[str], roles_of: Callable[[User], Iterable[str]]) -> None:
    """Let the setting name `codes`; `roles_of` says which of them a user holds today."""
    _sources[frozenset(codes)] = roles_of


def is_required(user: User) -> bool:
    """Whether `user`, with the roles of today, may work only with a second factor."""
    wanted = set(settings.SECOND_FACTOR_ROLES)
    if not wanted:
        return False
    if EVERYBODY in wanted or (ADMINISTRATOR in wanted and user.is_administrator):
        return True
    return any(not wanted.isdisjoint(roles_of(user)) for codes, roles_of in _sources.items() if wanted & codes)


def check_setting(app_configs: Any = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """A role that the setting misspells would go unprotected without anybody noticing."""
    known = OWN_CODES.union(*_sources)
    return [
        checks.Error(
            f"SECOND_FACTOR_ROLES names {code!r}, which is no role.",
            hint=f"Known are: {', '.join(sorted(known))}.",
            id="accounts.E001",
        )
        for code in settings.SECOND_FACTOR_ROLES
        if code not in known
    ]
