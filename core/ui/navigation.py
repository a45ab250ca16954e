"""What stands in the side menu, the bottom bar, the account menu and the top bar.

A lower floor may not name the addresses of a higher one, so the frame of every page is filled by
registration in ``AppConfig.ready()``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.urls import reverse

from core.errors import Text
from core.registry import Registry

Place = Literal["menu", "public", "account"]


def everybody(user: Any) -> bool:
    return bool(user.is_authenticated)


@dataclass(frozen=True)
class Entry:
    """A destination as it was registered."""

    code: str
    label: Text
    icon: str
    url_name: str
    visible: Callable[[Any], bool]
    order: int
    badge: Callable[[Any], int | None] | None
    place: Place
    short: Text


@dataclass(frozen=True)
class Item:
    """A destination as one person sees it on one page."""

    code: str
    label: Text
    short: Text
    icon: str
    url: str
    active: bool
    badge: int | None


ENTRIES: Registry[Entry] = Registry("navigation entry")
LINKS: dict[str, str] = {}


def register(
    code: str,
    *,
    label: Text,
    icon: str,
    url_name: str,
    visible: Callable[[Any], bool] = everybody,
    order: int = 100,
    badge: Callable[[Any], int | None] | None = None,
    place: Place = "menu",
    short: Text = "",
) -> None:
    """Enter a destination.

    `short` is the word in the phone's bottom bar. `place` is ``menu``, ``public`` (below the menu, for
    pages anybody may open) or ``account`` (the menu under the person's name).
    """
    ENTRIES.add(code, Entry(code, label, icon, url_name, visible, order, badge, place, short or label))


def register_link(name: str, url_name: str) -> None:
    """Give the frame an address of a higher floor.

    Names in use: ``home``, ``search``, ``inbox``, ``sign_out`` (POST), ``language`` (POST ``language``,
    ``next``), ``working_day``, ``help``. What is not registered is not shown.
    """
    LINKS[name] = url_name


def link(name: str) -> str:
    """The address registered under `name`, or nothing."""
    return reverse(LINKS[name]) if name in LINKS else ""


def items_for(user: Any, path: str, place: Place = "menu") -> list[Item]:
    """The destinations `user` may see at `place`; the one `path` lies under is active."""
    shown = sorted((e for e in ENTRIES.values() if e.place == place and e.visible(user)), key=lambda e: e.order)
    addresses = {entry.code: reverse(entry.url_name) for entry in shown}
    active = active_code(addresses, path)
    return [
        Item(
            code=entry.code,
            label=entry.label,
            short=entry.short,
            icon=entry.icon,
            url=addresses[entry.code],
            active=entry.code == active,
            badge=entry.badge(user) if entry.badge else None,
        )
        for entry in shown
    ]


def active_code(addresses: dict[str, str], path: str) -> str:
    """The entry with the longest address that `path` lies under; the front page only for itself."""
    under = [
        (len(address), code)
        for code, address in addresses.items()
        if path == address or (address != "/" and path.startswith(address))
    ]
    return max(under)[1] if under else ""
