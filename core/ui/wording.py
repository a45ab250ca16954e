"""Finding rows by words: every word typed, each in any of the search keys."""

from typing import Any

from django.db.models import Q, QuerySet

from core.text import search_words


def holding_words(rows: QuerySet[Any], text: str, lookups: tuple[str, ...]) -> QuerySet[Any]:
    """The rows whose search keys hold every word of `text`, in any order, diacritics or not."""
    for word in search_words(text):
        found = Q()
        for lookup in lookups:
            found |= Q(**{f"{lookup}__contains": word})
        rows = rows.filter(found)
    return rows
