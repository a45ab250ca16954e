"""Choices found by typing: at most twenty rows the person may see."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from core.ui.views.base import Page
from core.ui.wording import holding_words

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
        rows = holding_words(self.get_queryset(), request.GET.get("q", ""), self.search_lookups)
        found = list(rows[: MOST + 1])
        results = [{"value": str(row.pk), "text": self.text_of(row), "note": self.note_of(row)} for row in found[:MOST]]
        return JsonResponse({"results": results, "more": len(found) > MOST})
