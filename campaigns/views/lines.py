"""What the forms of a pledge and of a report share: a table of lines, kept as it is typed and by its buttons."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Indicator
from campaigns.services.lines import LineMovedOn, Outcome
from campaigns.texts import value_text
from core.clock import ZONE, real_now
from core.errors import MovedOn, ServiceError, Text
from core.ui.views import Page, PostPage

SUBMIT, CONFIRM, KEEP = "submit", "send", "save"


def posted_version(request: HttpRequest) -> int:
    """The version the page showed; what is no number cannot be that of any record."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else -1


def refusal_text(indicator: Indicator, error: ServiceError) -> str:
    """Why a line was not kept; where somebody else was faster, with what stands there now."""
    if isinstance(error, LineMovedOn):
        now = value_text(indicator, error.line)
        return _("%(problem)s It reads %(value)s now; save again to keep yours.") % {"problem": error, "value": now}
    return str(error)


def saved_at() -> str:
    """The time of day, as the machine's clock has it."""
    return f"{real_now().astimezone(ZONE):%H:%M}"


class LineSave(Page):
    """Keeps one line and answers in JSON what the page shows beside it. 400: cannot be read; 409: conflict."""

    http_method_names = ["post"]
    campaign: Any

    def keep(self, indicator: Indicator) -> Outcome:
        """Write what was posted for `indicator` through the service."""
        raise NotImplementedError

    def answer(self, indicator: Indicator, outcome: Any) -> dict[str, Any]:
        """What the page shows of the line and of the whole, after it."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        indicator = self.campaign.indicators.get(pk=kwargs["indicator"])
        try:
            outcome = self.keep(indicator)
            outcome.raise_refused()
        except LineMovedOn as error:
            return JsonResponse({"error": refusal_text(indicator, error), "stamp": error.stamp}, status=409)
        except ServiceError as error:
            return JsonResponse({"error": str(error)}, status=400)
        given = {"before": outcome.version_before, "saved_at": saved_at()}
        return JsonResponse({**self.answer(indicator, outcome), **given})


class LinesEdit(PostPage):
    """The whole table: its buttons keep every line, then take a step. What is refused is told at its line."""

    summary: Text = ""
    status = 200
    moved_on: Text
    edit_url: str
    detail_url: str
    messages: dict[str, Text]

    def check_access(self) -> None:
        super().check_access()
        self.refused: dict[int, str] = {}

    @property
    def act(self) -> str:
        """The button that was pressed."""
        return str(self.request.POST.get("act", KEEP))

    def is_open(self) -> bool:
        """Whether the person may write now."""
        raise NotImplementedError

    def counted(self) -> Iterator[Indicator]:
        """The indicators for which something is to be entered."""
        raise NotImplementedError

    def entry_of(self, indicator: Indicator) -> Any:
        """What was typed for `indicator`. Raises ServiceError where it cannot be read."""
        raise NotImplementedError

    def keep(self) -> Outcome:
        """Keep everything typed; what is refused is told in `refused` and `summary`."""
        raise NotImplementedError

    def step(self, act: str) -> None:
        """Take the step `act`."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_open():
            return redirect(self.detail_url, self.object.pk)
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.once(self.work)

    def work(self) -> Outcome:
        """Keep, then take the step whose button was pressed. A refused step leaves the lines kept."""
        outcome = self.keep()
        try:
            if not (self.refused or self.summary or self.act == KEEP):
                with transaction.atomic():
                    if outcome.version_before != posted_version(self.request):
                        raise MovedOn(subject=self.object)
                    self.step(self.act)
        except MovedOn:
            self.status, self.summary = 409, self.moved_on
        except ServiceError as error:
            self.summary = str(error)
        return outcome

    def read_entries(self) -> dict[int, Any]:
        """What was typed, by indicator; what of it cannot be read goes to `refused`."""
        entries = {}
        for indicator in self.counted():
            if f"v{indicator.pk}" not in self.request.POST:
                continue
            try:
                entries[indicator.pk] = self.entry_of(indicator)
            except ServiceError as error:
                self.refused[indicator.pk] = str(error)
        return entries

    def tell(self, outcome: Outcome) -> None:
        """Put what the service refused beside its lines."""
        indicators = {indicator.pk: indicator for indicator in self.counted()}
        self.refused |= {pk: refusal_text(indicators[pk], error) for pk, error in outcome.refused.items()}

    def done(self, result: Any, url: str) -> HttpResponse:
        if not (self.summary or self.refused):
            return super().done(result, url)
        self.object = self.get_object()
        self.look_again()
        return self.render_to_response(self.get_context_data(), status=self.status)

    def look_again(self) -> None:
        """Forget what was read before it was written."""
        raise NotImplementedError

    def get_success_url(self, result: Any) -> str:
        return reverse(self.edit_url if self.act == KEEP else self.detail_url, args=[self.object.pk])

    def get_success_message(self, result: Any) -> Any:
        return self.messages.get(self.act, self.messages[KEEP])
