"""The one search: what each room finds, entered in ``AppConfig.ready()``.

A room gives its rows in scope and the filter bar of its list; the same bar filters here and behind "See all",
so both find the same. One query a room, whatever the amount: the first rows come with the count.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from core.errors import Text
from core.registry import Registry
from core.text import fold
from core.ui.filters import FilterSet
from core.ui.questions import Question

SHOWN = 5
COUNTED = 50
"""Beyond this many rows the page says "more than 50" instead of counting on."""


@dataclass(frozen=True)
class Hit:
    """A row as it is found: `note` tells those of the same name apart, `state` is a member with a look."""

    label: Text
    url: str
    note: Text = ""
    state: Any = None


@dataclass(frozen=True)
class Provider:
    """What one room finds. `code` is written after ``loai:``, so it is a word in small letters.

    `rows` are those the user may see, in the order of the room's list at `url_name`; `filterset` is that
    list's filter bar. A bar without ``year`` or ``number`` cannot be asked for them.
    """

    code: str
    label: Text
    icon: str
    url_name: str
    filterset: type[FilterSet]
    rows: Callable[[Any], QuerySet[Any]]
    hit: Callable[[Any], Hit]
    visible: Callable[[Any], bool]
    order: int

    def parameters(self, question: Question) -> dict[str, str]:
        """The question as the list's filter bar takes it."""
        given = {"q": question.words, "year": str(question.year or ""), "number": question.number}
        return {name: text for name, text in given.items() if text}

    def answers(self, question: Question) -> bool:
        """Whether the list knows everything that is asked: else its rows would answer another question."""
        return set(self.parameters(question)) <= set(self.filterset.base_filters)


@dataclass(frozen=True)
class Found:
    """What one room found: `rows` are at most one more than are counted, `hits` the first of them."""

    provider: Provider
    rows: list[Any]
    hits: list[Hit]
    url: str

    @property
    def count(self) -> int:
        return min(len(self.rows), COUNTED)

    @property
    def is_more(self) -> bool:
        return len(self.rows) > COUNTED


@dataclass(frozen=True)
class Private:
    """Words that must stand in no address: `matches` knows them, `find` gives the page they lead to, or nothing."""

    matches: Callable[[str], bool]
    find: Callable[[Any, str], str]
    missed: Text


PROVIDERS: Registry[Provider] = Registry("search provider")
PRIVATE: Registry[Private] = Registry("private search")


def register(provider: Provider) -> None:
    """Enter what a room finds. Raises ValueError if its code is taken."""
    PROVIDERS.add(provider.code, provider)


def register_private(code: str, private: Private) -> None:
    """Enter words, such as numbers of identity cards, that are looked up without an address."""
    PRIVATE.add(code, private)


def private_of(text: str) -> Private | None:
    """The private search that `text` belongs to, if any."""
    return next((private for private in PRIVATE.values() if private.matches(text)), None)


def providers_for(user: Any) -> list[Provider]:
    """What `user` may search at all, in order."""
    return sorted((entry for entry in PROVIDERS.values() if entry.visible(user)), key=lambda entry: entry.order)


def asked_providers(user: Any, question: Question) -> list[Provider]:
    """Of those, what was asked for."""
    return [entry for entry in providers_for(user) if not question.kinds or entry.code in question.kinds]


def find(provider: Provider, request: HttpRequest, question: Question) -> Found:
    """One query. Rows named by exactly the words typed come first among those that were read."""
    data = QueryDict(mutable=True)
    data.update(provider.parameters(question))
    bar = provider.filterset(data, queryset=provider.rows(request.user), request=request)
    found = list(bar.qs[: COUNTED + 1])
    best = fold(question.words.replace('"', " "))
    hits = [provider.hit(row) for row in first_rows(found, best)]
    return Found(provider, found, hits, f"{reverse(provider.url_name)}?{data.urlencode()}")


def first_rows(rows: Iterable[Any], words: str) -> list[Any]:
    """The rows to show: whose key is the words, begins with them, has them as whole words; else in the list's order."""

    def distance(row: Any) -> int:
        key = getattr(row, "search", "")
        if key.startswith(words):
            return 0 if key == words else 1
        return 2 if f" {words} " in f"{key} " else 3

    return sorted(rows, key=distance)[:SHOWN]
