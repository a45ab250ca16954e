"""The one search: one box for campaigns, units, individuals, nominations, decisions and the register.

The box is posted and led on to an address that can be passed on. What must stand in no address, an identity
number, is looked up on the way and leads straight to its record.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import clean_line
from core.ui import searching
from core.ui.questions import LONGEST, Question, read_question
from core.ui.views import Page


def address_of(typed: str) -> str:
    """The address that shows what `typed` finds; the bare page for what must not stand in one."""
    text = clean_line(typed)[: LONGEST + 1]  # one more than counts, so that the page says that it was cut
    page = reverse("desk:search")
    return f"{page}?{urlencode({'q': text})}" if text and searching.private_of(text) is None else page


class Search(Page):
    template_name = "desk/search.html"
    title = gettext_lazy("Search")

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        typed = clean_line(request.POST.get("q", ""))
        private = searching.private_of(typed)
        if private is None:
            return redirect(address_of(typed))
        page = private.find(request.user, typed)
        if not page:
            messages.warning(request, str(private.missed))
        return redirect(page or address_of(typed))

    @cached_property
    def question(self) -> Question:
        typed = self.request.GET.get("q", "")
        if searching.private_of(clean_line(typed)) is not None:
            typed = ""
        return read_question(typed, [provider.code for provider in self.providers])

    @cached_property
    def providers(self) -> list[searching.Provider]:
        return searching.providers_for(self.request.user)

    def get_notes(self, left_out: list[searching.Provider]) -> list[str]:
        """What was not done as typed, and why."""
        notes = list(self.question.notes)
        if self.request.GET.get("q") and searching.private_of(clean_line(self.request.GET["q"])) is not None:
            notes.append(_("An identity number is not searched from an address. Type it into the box and press Find."))
        if left_out:
            names = ", ".join(str(provider.label) for provider in left_out)
            notes.append(_("Not searched, having no such year or number: %(names)s.") % {"names": names})
        return notes

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.question
        asked = [] if question.is_empty else searching.asked_providers(self.request.user, question)
        found = [searching.find(p, self.request, question) for p in asked if p.answers(question)]
        return super().get_context_data(
            question=question,
            providers=self.providers,
            found=[group for group in found if group.rows],
            missed=[group.provider for group in found if not group.rows],
            notes=self.get_notes([p for p in asked if not p.answers(question)]),
            **kwargs,
        )
