"""What is in force on a day, arranged as the page shows it. Reads, never writes.

The whole catalogue is a few hundred short rows, so a search looks at what is shown, word by word,
instead of keeping search keys in the tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Q

from accounts.models import User
from catalogue.enums import AwardLevel, Nature, Vocabulary
from catalogue.models import AwardVersion, LegalText, LegalValue, Term
from catalogue.queries import award_versions_on
from core.text import search_key, search_words


@dataclass(frozen=True)
class Group:
    """Rows under a heading."""

    label: Any
    rows: list[Any]


@dataclass(frozen=True)
class InForce:
    """The catalogue of a day, after the search."""

    texts: list[LegalText]
    values: list[Group]
    titles: list[Group]
    forms: list[Group]
    terms: list[Group]

    @property
    def is_empty(self) -> bool:
        return not (self.texts or self.values or self.titles or self.forms or self.terms)


def in_force_on(day: date, *, user: User, words: str = "", level: str = "") -> InForce:
    """What holds on `day` and `user` may read, holding all of `words`; awards decided at `level` only."""
    wanted = search_words(words)
    narrowed = bool(level)
    titles, forms = (awards(day, nature, wanted, level) for nature in (Nature.TITLE, Nature.FORM))
    return InForce(
        texts=[] if narrowed else [text for text in texts_on(day, user) if holds(wanted, words_of_text(text))],
        values=[] if narrowed else values(day, user, wanted),
        titles=titles,
        forms=forms,
        terms=[] if narrowed else terms(day, user, wanted),
    )


def holds(wanted: list[str], texts: Iterable[str]) -> bool:
    """Whether the texts hold every word, read without marks."""
    if not wanted:
        return True
    key = search_key(" ".join(texts))
    return all(word in key for word in wanted)


def texts_on(day: date, user: User) -> list[LegalText]:
    """Texts in force on `day`. One whose first day was not found counts from the day it was issued."""
    begun = Q(in_force_from__lte=day) | Q(in_force_from__isnull=True, issued__lte=day)
    unknown = Q(in_force_from__isnull=True, issued__isnull=True)
    ended = Q(in_force_to__lte=day)
    rows = LegalText.objects.visible_to(user).filter(begun | unknown).exclude(ended)
    return sorted(rows, key=lambda text: (text.in_force_from or text.issued or date.min, text.pk), reverse=True)


def words_of_text(text: LegalText) -> tuple[str, ...]:
    return text.symbol, text.cite, text.title, text.note


def values(day: date, user: User, wanted: list[str]) -> list[Group]:
    rows = LegalValue.objects.visible_to(user).on(day).select_related("text", "scope").order_by("group", "code", "pk")
    found = [
        row
        for row in rows
        if holds(wanted, (row.name, row.group, row.words, row.citation, row.note, row.scope.name if row.scope else ""))
    ]
    return [Group(group, list(members)) for group, members in groupby(found, key=lambda row: row.group)]


def awards(day: date, nature: str, wanted: list[str], level: str) -> list[Group]:
    """From the highest level down, in the law's order."""
    rows = award_versions_on(day, nature=nature, organiser_level=level or None)
    found = [row for row in rows if holds(wanted, words_of_award(row))]
    order = {value: place for place, value in enumerate(AwardLevel.values)}
    found.sort(key=lambda row: (order[row.level], row.type.position))
    by_level = groupby(found, key=lambda row: row.level)
    return [Group(AwardLevel(value).label, list(members)) for value, members in by_level]


def words_of_award(version: AwardVersion) -> list[str]:
    lines = [*version.subjects.all(), *version.authorities.all()]
    kinds = [str(line.get_kind_display()) for line in version.subjects.all()]
    levels = [str(line.get_level_display()) for line in version.authorities.all()]
    cited = [line.citation for line in lines]
    return [version.name, version.short, version.citation, version.note, *kinds, *levels, *cited]


def terms(day: date, user: User, wanted: list[str]) -> list[Group]:
    rows = Term.objects.visible_to(user).on(day).select_related("text")
    found = [row for row in rows if holds(wanted, (row.name, row.citation))]
    order = {value: place for place, value in enumerate(Vocabulary.values)}
    found.sort(key=lambda row: (order[row.vocabulary], row.position))
    return [Group(Vocabulary(key).label, list(rows)) for key, rows in groupby(found, key=lambda row: row.vocabulary)]
