"""One line of a pledge kept while it is typed: answers in JSON what the page shows beside it."""

from typing import Any

from django.http import HttpRequest, JsonResponse

from campaigns.queries.pledges import sheet_of, stamp_of
from campaigns.services.pledges import Entry, LineMovedOn, save_lines
from campaigns.typed import read, written
from campaigns.views.joining import OfUnit
from campaigns.views.pledge import ratio_text, refusal_text
from core.clock import ZONE, real_now
from core.errors import ServiceError
from core.text import nfc
from core.ui.views import Page


class PledgeLineSave(OfUnit, Page):
    """Keeps value and note of one indicator. 400 for a value that cannot be read, 409 for a conflict."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        indicator = self.object.campaign.indicators.get(pk=kwargs["indicator"])
        note, stamp = nfc(request.POST.get("note", "")), request.POST.get("stamp") or None
        try:
            entry = Entry(read(indicator, request.POST.get("value", "")), note, stamp)
            outcome = save_lines(
                participation_id=self.object.pk, entries={indicator.pk: entry}, actor=self.request.user
            )  # fmt: skip
            for error in outcome.refused.values():
                raise error
        except LineMovedOn as error:
            return JsonResponse({"error": refusal_text(error), "stamp": stamp_of(error.line)}, status=409)
        except ServiceError as error:
            return JsonResponse({"error": str(error)}, status=400)
        sheet = sheet_of(self.object, outcome.pledge)
        line = next(row for row in sheet.lines() if row.planned.indicator.pk == indicator.pk)
        return JsonResponse({
            "stamp": line.stamp, "text": written(indicator, line.line), "ratio": ratio_text(line),
            "below": bool(line.line and line.line.is_below), "entered": sheet.entered, "counted": sheet.counted,
            "missing": len(sheet.missing), "version": outcome.pledge.version, "before": outcome.version_before,
            "saved_at": f"{real_now().astimezone(ZONE):%H:%M}",
        })  # fmt: skip
