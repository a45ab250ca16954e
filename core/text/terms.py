"""What a search box was asked for: single words, and words in quotes that stand together."""

from dataclasses import dataclass

from core.text.keys import fold

MOST_TERMS = 20


@dataclass(frozen=True)
class Term:
    """Folded text to be found in a search key. `whole`: as whole words in this order, as it was in quotes."""

    text: str
    whole: bool = False


def search_terms(query: str) -> list[Term]:
    """The terms of a query, each once; a row is found when its key holds all of them (at most 20 count).

    A quote that nobody closed is no quote.
    """
    parts = fold(query).split('"')
    terms: list[Term] = []
    for place, part in enumerate(parts):
        if place % 2 and place < len(parts) - 1:
            terms += [Term(part.strip(), whole=True)] if part.strip() else []
        else:
            terms += [Term(word) for word in part.split()]
    return list(dict.fromkeys(terms))[:MOST_TERMS]
