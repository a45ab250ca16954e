"""Tabs of a page, to which higher floors add theirs.

A campaign's page lives on the campaigns' floor; the tab with its nominations comes from the awards'.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.errors import Text

Count = Callable[[Any, Any], int | None]  # (user, record)
Visible = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Tab:
    """A tab as it was registered: `url_name` takes the record's pk."""

    code: str
    label: Text
    url_name: str
    order: int
    visible: Visible | None = None
    count: Count | None = None


@dataclass(frozen=True)
class ShownTab:
    """A tab as one person sees it."""

    code: str
    label: Text
    url: str
    active: bool
    count: int | None


_tabs: dict[str, dict[str, Tab]] = {}


def register(
    page: str,
    code: str,
    *,
    label: Text,
    url_name: str,
    order: int = 100,
    visible: Visible | None = None,
    count: Count | None = None,
) -> None:
    """Add a tab to `page` (say ``campaign``). Raises ValueError if its code is taken."""
    tabs = _tabs.setdefault(page, {})
    if code in tabs:
        raise ValueError(f"Tab {code!r} of {page!r} is registered twice.")
    tabs[code] = Tab(code, label, url_name, order, visible, count)


def tabs_for(page: str, record: Any, user: Any, active: str = "") -> list[ShownTab]:
    """The tabs of `page` that `user` may see for `record`, in order."""
    shown = sorted(_tabs.get(page, {}).values(), key=lambda tab: tab.order)
    return [
        ShownTab(
            code=tab.code,
            label=tab.label,
            url=reverse(tab.url_name, args=[record.pk]),
            active=tab.code == active,
            count=tab.count(user, record) if tab.count else None,
        )
        for tab in shown
        if tab.visible is None or tab.visible(user, record)
    ]
