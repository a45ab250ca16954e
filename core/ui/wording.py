"""Finding rows by words: every word typed, each in any of the search keys."""

import re
from typing import Any

from django.db.models import Q, QuerySet

from core.text import Term, fold, search_terms


def holding_words(rows: QuerySet[Any], text: str, lookups: tuple[str, ...]) -> QuerySet[Any]:
    """The rows whose search keys hold every word of `text`, in any order, diacritics or not.

    What stands in quotes is found as whole words in that order: "an" finds An, and no Lan.
    """
    for term in search_terms(text):
        found = Q()
        for lookup in lookups:
            found |= _holds(lookup, term)
        rows = rows.filter(found)
    return rows


def _holds(lookup: str, term: Term) -> Q:
    """The plain condition goes first: an index answers it, and the pattern is tried on what it leaves."""
    held = Q(**{f"{lookup}__contains": term.text})
    if not term.whole:
        return held
    return held & Q(**{f"{lookup}__regex": rf"(^|\W){re.escape(term.text)}(\W|$)"})


def numbered(rows: QuerySet[Any], typed: str, column: str) -> QuerySet[Any]:
    """The rows whose `column` holds the number typed: 27 finds 27/KH-UBND and 027/KH-UBND, and so does 27/kh.

    What follows the stroke is compared without diacritics: in the search key number and symbol stand side
    by side, with a stroke or, where they are columns of their own, a blank between them.
    """
    digits, _stroke, rest = typed.strip().partition("/")
    bare = digits.lstrip("0")
    found = Q(pk__in=[])
    for form in {digits, bare, bare.zfill(2), bare.zfill(3)} - {""}:
        numbered_so = Q(**{column: form}) | Q(**{f"{column}__startswith": f"{form}/"})
        if rest:
            numbered_so &= Q(search__contains=f"{form}/{fold(rest)}") | Q(search__contains=f"{form} {fold(rest)}")
        found |= numbered_so
    return rows.filter(found)
