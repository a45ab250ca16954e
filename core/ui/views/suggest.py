"""Choices found by typing: at most twenty rows the person may see."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse

from core.text import search_words
from core.ui.views.base import Page

MOST = 20


class SuggestView(Page):
    """``GET ?q=`` answers ``{"results": [{"value", "text", "note"}], "more": bool}``.

    Subclasses give `get_queryset()`, already scoped to the person and ordered, and the words of a row.
    """

    search_lookups: tuple[str, ...] = ("search",)

    def get_queryset(self) -> Any:
        """The rows the person may see."""
        raise NotImplementedError

    def text_of(self, row: Any) -> str:
        return str(row)

    def note_of(self, row: Any) -> str:
        """A second line that tells rows of the same name apart."""
        return ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.get_queryset()
        for word in search_words(request.GET.get("q", "")):
            found = Q()
            for lookup in self.search_lookups:
                found |= Q(**{f"{lookup}__contains": word})
            rows = rows.filter(found)
        found_rows = list(rows[: MOST + 1])
        results = [
            {"value": str(row.pk), "text": self.text_of(row), "note": self.note_of(row)} for row in found_rows[:MOST]
        ]
        return JsonResponse({"results": results, "more": len(found_rows) > MOST})
