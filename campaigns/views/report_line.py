"""A figure or a part in words kept while it is typed: answers in JSON what the page shows beside it."""

from typing import Any

from django.http import HttpRequest, JsonResponse

from campaigns.enums import Basis
from campaigns.models import Indicator, ReportPart
from campaigns.queries.progress import report_sheet
from campaigns.services.figures import Entry, Outcome, save_figures
from campaigns.services.progress_reports import PartMovedOn, save_words
from campaigns.typed import read
from campaigns.views.lines import LineSave, saved_at
from campaigns.views.report import OfReport, row_of
from core.errors import ServiceError
from core.text import nfc
from core.ui.views import Page


class ReportLineSave(OfReport, LineSave):
    """Keeps the figure of one indicator."""

    @property
    def campaign(self) -> Any:
        return self.object.participation.campaign

    def keep(self, indicator: Indicator) -> Outcome:
        given = self.request.POST
        entry = Entry(
            read(indicator, given.get("value", "")), given.get("basis", Basis.OFFICIAL.value),
            given.get("no_data") == "1", nfc(given.get("explanation", "")), given.get("stamp") or None,
        )  # fmt: skip
        return save_figures(report_id=self.object.pk, entries={indicator.pk: entry}, actor=self.request.user)

    def answer(self, indicator: Indicator, outcome: Any) -> dict[str, Any]:
        sheet = report_sheet(outcome.report)
        area, line = sheet.line(indicator.pk)
        row = row_of(line)
        return {
            "stamp": row.stamp, "text": row.text, "cumulated": row.cumulated, "ratio": row.ratio,
            "verdict": str(row.verdict_chip), "wants": line.wants_explanation, "done": not line.lacks,
            "area": f"{area.entered}/{len(area.counted)}", "entered": sheet.entered, "missing": len(sheet.missing),
            "exceeded": sheet.exceeded, "met": sheet.met, "short": sheet.short, "version": outcome.report.version,
        }  # fmt: skip


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
