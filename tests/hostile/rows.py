"""The shapes of a row: what is refused, what is taken as plain text, what is asked for, what waits.

`page` names an address of tests/permissions.toml: its record, its valid post and who sends it stand there,
and a row says only what is typed instead.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.units.world import World

ABOVE = "__all__"
"""The place of a message that belongs to no single field."""


@dataclass(frozen=True)
class Refused:
    """A form that is answered with a message at `field`; everything typed stands in the answer."""

    row: int
    what: str
    page: str
    field: str
    says: str
    send: Mapping[str, Any]
    status: int = 200
    before: Callable[[World, Any], None] | None = None  # what stands on record already
    unkept: frozenset[str] = frozenset()  # fields whose text cannot be shown again as it came
    drafted: bool = False  # what was typed is kept as a draft as well
    fault: str = ""


@dataclass(frozen=True)
class Taken:
    """Text that looks dangerous and is none: stored as it is meant, and shown as text on the page that follows."""

    row: int
    what: str
    page: str
    send: Mapping[str, Any]
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()  # pieces of the page's source
    check: Callable[[World, Any], None] | None = None  # what is stored
    fault: str = ""


@dataclass(frozen=True)
class Asked:
    """A request that is answered without any change; `path` may depend on the record of `page`."""

    row: int
    what: str
    status: int
    path: str | Callable[[World, Any], str] = ""
    page: str = ""
    query: str = ""
    method: str = "GET"
    send: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    as_: str = ""  # who asks: as the page says unless given; "-" is nobody
    strict: bool = False  # with the check of the form's token, as a browser meets it
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    leads_to: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Waits:
    """No row of this table: nothing of the kind exists yet, or another program answers; `reason` says which."""

    row: int
    reason: str


Case = Refused | Taken | Asked
