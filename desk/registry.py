"""What can stand on the desk: one plain link for each kind of work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.errors import Text
from core.registry import Registry
from core.ui import navigation


@dataclass(frozen=True)
class Link:
    """A kind of work, as it was registered.

    `visible` says whether the person does this work at all; `count` how much of it waits, None where
    nothing is counted. `address` says where it leads, for a person.
    """

    code: str
    label: Text
    description: Text
    icon: str
    address: Callable[[Any], str]
    visible: Callable[[Any], bool]
    count: Callable[[Any], int | None]
    only_waiting: bool


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
    address: Callable[[Any], str] | None = None,
    only_waiting: bool = False,
) -> None:
    """Enter a kind of work; called in ``AppConfig.ready()``.

    `address` leads nearer to the work than `url_name`, where it can. `only_waiting`: the row is not
    shown while its count is 0.
    """
    items.add(
        code,
        Link(
            code, label, description, icon, address or (lambda _user: reverse(url_name)), visible, count, only_waiting
        ),
    )


def rows_for(user: Any) -> list[Row]:
    """The kinds of work `user` has: those registered here, then what else stands in the person's menu."""
    rows = registered_rows(user)
    shown = {row.url for row in rows} | {reverse("desk:home")}
    menu = navigation.items_for(user, "")
    return rows + [Row(i.code, i.label, "", i.icon, i.url, i.badge) for i in menu if i.url not in shown]


def registered_rows(user: Any) -> list[Row]:
    """In the order of registration."""
    rows = []
    for link in items.values():
        if not link.visible(user):
            continue
        count = link.count(user)
        if count or not link.only_waiting:
            rows.append(Row(link.code, link.label, link.description, link.icon, link.address(user), count))
    return rows
