"""What can stand on the desk: one plain link for each kind of work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.errors import Text
from core.registry import Registry


@dataclass(frozen=True)
class Link:
    """A kind of work, as it was registered.

    `visible` says whether the person does this work at all; `count` how much of it waits, None where
    nothing is counted.
    """

    code: str
    label: Text
    description: Text
    icon: str
    url_name: str
    visible: Callable[[Any], bool]
    count: Callable[[Any], int | None]


@dataclass(frozen=True)
class Row:
    """A kind of work as one person sees it."""

    code: str
    label: Text
    description: Text
    icon: str
    url: str
    count: int | None


items: Registry[Link] = Registry("desk item")


def nothing_counted(_user: Any) -> int | None:
    return None


def register_link(
    code: str,
    *,
    label: Text,
    description: Text,
    icon: str,
    url_name: str,
    visible: Callable[[Any], bool],
    count: Callable[[Any], int | None] = nothing_counted,
) -> None:
    """Enter a kind of work; called in ``AppConfig.ready()``."""
    items.add(code, Link(code, label, description, icon, url_name, visible, count))


def rows_for(user: Any) -> list[Row]:
    """The kinds of work `user` has, in the order of registration."""
    return [
        Row(link.code, link.label, link.description, link.icon, reverse(link.url_name), link.count(user))
        for link in items.values()
        if link.visible(user)
    ]
