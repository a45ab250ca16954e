"""What the frame of each page needs, worked out only when a template asks for it."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import get_language

from core import clock
from core.log import request_id
from core.ui import navigation

Line = Callable[[Any], str]

_hooks: dict[str, Callable[[Any], Any]] = {}


def register_masthead(line: Line) -> None:
    """Let the units' floor name the issuer under the product's name, for a user (maybe anonymous)."""
    _hooks["masthead"] = line


def register_acting_as(line: Line) -> None:
    """Let the units' floor say in which roles the user acts, under the user's name."""
    _hooks["acting_as"] = line


def register_unread(count: Callable[[Any], int]) -> None:
    """Let the inbox count what the user has not read."""
    _hooks["unread"] = count


class House:
    """The frame's facts for one request; nothing is asked of the database before it is shown."""

    version = settings.VERSION

    def __init__(self, request: HttpRequest) -> None:
        from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 -- this module is read before all models are

        self.request = request
        # A request refused before anybody was looked up, by its host for instance, has no user at all.
        self.user: Any = getattr(request, "user", None) or AnonymousUser()

    @property
    def signed_in(self) -> bool:
        return bool(self.user.is_authenticated)

    @cached_property
    def masthead(self) -> str:
        return str(_hooks["masthead"](self.user)) if "masthead" in _hooks else ""

    @cached_property
    def acting_as(self) -> str:
        return str(_hooks["acting_as"](self.user)) if self.signed_in and "acting_as" in _hooks else ""

    @cached_property
    def unread(self) -> int:
        return int(_hooks["unread"](self.user)) if self.signed_in and "unread" in _hooks else 0

    @cached_property
    def menu(self) -> list[navigation.Item]:
        return navigation.items_for(self.user, self.request.path)

    @cached_property
    def public_menu(self) -> list[navigation.Item]:
        return navigation.items_for(self.user, self.request.path, "public")

    @cached_property
    def account_menu(self) -> list[navigation.Item]:
        return navigation.items_for(self.user, self.request.path, "account")

    @property
    def bottom_bar(self) -> list[navigation.Item]:
        """The first four of the menu; the fifth place opens the rest."""
        return self.menu[:4]

    @cached_property
    def links(self) -> dict[str, str]:
        return {name: navigation.link(name) for name in navigation.LINKS}

    @property
    def sign_in_url(self) -> str:
        return resolve_url(settings.LOGIN_URL)

    @property
    def languages(self) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    @property
    def search_text(self) -> str:
        """What was searched for, on the page of the search itself."""
        return self.request.GET.get("q", "") if self.request.path == navigation.link("search") else ""

    @property
    def demo_day(self) -> date | None:
        """The business day to show in the demo band; None outside demo mode."""
        return clock.today() if settings.DEMO else None

    @property
    def initials(self) -> str:
        """Of the last two words of the person's name, as Vietnamese names are abbreviated."""
        words = str(self.user).split() if self.signed_in else []
        return "".join(word[0] for word in words[-2:]).upper()

    @property
    def language(self) -> str:
        return (get_language() or settings.LANGUAGE_CODE)[:2]

    @property
    def request_id(self) -> str:
        return request_id.get()


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `house` for the frame."""
    return {"house": House(request)}
