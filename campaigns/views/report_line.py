"""A figure or a part in words kept while it is typed: answers in JSON what the page shows beside it."""

from typing import Any

from django.http import HttpRequest, JsonResponse

from campaigns.enums import Basis
from campaigns.models import ReportPart
from campaigns.queries.progress import report_sheet, stamp_of
from campaigns.services.figures import Entry, FigureMovedOn, save_figures
from campaigns.services.progress_reports import PartMovedOn, save_words
from campaigns.typed import read
from campaigns.views.report import OfReport, refusal_text, row_of
from core.clock import ZONE, real_now
from core.errors import ServiceError
from core.text import nfc
from core.ui.views import Page


def saved_at() -> str:
    return f"{real_now().astimezone(ZONE):%H:%M}"


class ReportLineSave(OfReport, Page):
    """Keeps the figure of one indicator. 400 for a value that cannot be read, 409 for a conflict."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        report = self.object
        indicator = report.participation.campaign.indicators.get(pk=kwargs["indicator"])
        given = request.POST
        try:
            entry = Entry(
                read(indicator, given.get("value", "")), given.get("basis", Basis.OFFICIAL.value),
                given.get("no_data") == "1", nfc(given.get("explanation", "")), given.get("stamp") or None,
            )  # fmt: skip
            outcome = save_figures(report_id=report.pk, entries={indicator.pk: entry}, actor=self.request.user)
            for error in outcome.refused.values():
                raise error
        except FigureMovedOn as error:
            return JsonResponse({"error": refusal_text(error), "stamp": stamp_of(error.figure)}, status=409)
        except ServiceError as error:
            return JsonResponse({"error": str(error)}, status=400)
        sheet = report_sheet(outcome.report)
        area, line = next(
            (area, line) for area in sheet.areas for line in area.lines if line.planned.indicator.pk == indicator.pk
        )
        row = row_of(line)
        return JsonResponse({
            "stamp": row.line.stamp, "text": row.text, "cumulated": row.cumulated, "ratio": row.ratio,
            "verdict": str(row.verdict_chip), "wants": row.line.wants_explanation, "lacks": bool(row.line.lacks),
            "entered": sheet.entered, "area": f"{area.entered}/{len(area.counted)}",
            "missing": len(sheet.missing), "exceeded": sheet.exceeded, "met": sheet.met,
            "short": sheet.short, "version": outcome.report.version, "before": outcome.version_before,
            "saved_at": saved_at(),
        })  # fmt: skip


class ReportPartSave(Page):
    """Keeps one part in words. 409 where somebody else wrote it meanwhile."""

    model = ReportPart
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        part = self.object
        before = part.report.version
        try:
            report = save_words(
                report_id=part.report_id, texts={part.pk: request.POST.get("text", "")},
                seen={part.pk: request.POST.get("seen", "")}, actor=self.request.user,
            )  # fmt: skip
        except PartMovedOn as error:
            return JsonResponse({"error": str(error)}, status=409)
        except ServiceError as error:
            return JsonResponse({"error": str(error)}, status=400)
        return JsonResponse({"version": report.version, "before": before, "saved_at": saved_at()})
