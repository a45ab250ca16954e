"""Báo cáo tổng hợp: the units' texts and figures brought together as a Word document, in official order."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.enums import CLOSING_SECTIONS
from campaigns.models import ReportPart
from campaigns.queries.results import ResultArea, Results, results_of
from campaigns.texts import exact_text
from core.documents import Document, Letterhead
from core.errors import Text
from core.sheets import Column
from core.sheets.numerals import roman
from reports.base import DocumentReport, Params, ReportContext
from reports.enums import ReportGroup
from reports.registration import register
from reports.reporting import SettledForm, file_parts
from reports.titles import issuer_lines

Told = dict[int | str, list[tuple[str, str]]]
"""By focus area's id or section: (unit, what it wrote), in official order."""


@register
class ResultsDocument(DocumentReport):
    code = "results-document"
    title = gettext_lazy("Summary report (Word)")
    description = gettext_lazy("A draft of the committee's report: totals and what the units wrote, part by part.")
    group = ReportGroup.RESULTS
    preview = (gettext_lazy("Focus areas"), gettext_lazy("Totals"), gettext_lazy("What the units wrote"))
    parameters = SettledForm
    file_stem = "bao-cao-tong-hop"

    def table(self, user: Any, params: Params) -> Results:
        """The results as the user may see them."""
        return results_of(params["campaign"], params["period"], user, settled_only=params["settled"])

    def empty_reason(self, user: Any, params: Params) -> Text:
        return "" if self.table(user, params).reports else _("No unit has sent a report of this period yet.")

    def file_parts(self, params: Params) -> Sequence[str]:
        return file_parts(params)

    def document(self, ctx: ReportContext) -> Document:
        campaign, period = ctx.params["campaign"], ctx.params["period"]
        table = self.table(ctx.owner, ctx.params)
        told = self.told(table, ctx)
        lines = issuer_lines(campaign.organiser, ctx.day)
        document = Document(Letterhead(issuer=lines["issuer"], parent=lines["parent"], day=ctx.day))
        subject = _("Results of “%(title)s”, %(period)s") % {"title": campaign.title, "period": period.name}
        document.title(_("Report"), subject)
        counts = {"sent": len(table.reports), "asked": len(table.participations)}
        document.paragraph(_("%(sent)s of %(asked)s units taking part have reported.") % counts)
        for number, area in enumerate(table.areas, 1):
            ctx.checkpoint(done=number, total=len(table.areas) + len(CLOSING_SECTIONS))
            document.heading(f"{roman(number)}. {area.title}")
            self.figures(document, area)
            self.words(document, told.get(area.pk, []))
        for number, section in enumerate(CLOSING_SECTIONS, len(table.areas) + 1):
            document.heading(f"{roman(number)}. {section.label}")
            self.words(document, told.get(section.value, []))
        return document.signature(_("HEAD OF THE UNIT"))

    def told(self, table: Results, ctx: ReportContext) -> Told:
        """What the units wrote, as far as the owner may read it."""
        reports = {report.pk: participation for participation, report in table.reports.items()}
        parts = ReportPart.objects.visible_to(ctx.owner).filter(report__in=reports).exclude(text="")
        by_unit: dict[int, list[ReportPart]] = defaultdict(list)
        for part in parts.order_by("pk"):
            by_unit[reports[part.report_id]].append(part)
        told: Told = defaultdict(list)
        for participation in table.participations:
            for part in by_unit[participation.pk]:
                told[part.focus_area_id or part.section].append((str(participation), part.text))
        return told

    def figures(self, document: Document, area: ResultArea) -> None:
        if not area.rows:
            return
        columns = [
            Column(_("No."), "ordinal"), Column(_("Indicator"), width=40), Column(_("Unit of measure"), width=14),
            Column(_("Total"), width=16), Column(_("Units reported"), width=14),
        ]  # fmt: skip
        rows = [
            [f"{row.indicator.code} {row.indicator.name}", row.indicator.measure,
             exact_text(row.indicator, row.total.figure, of_units=True),
             f"{row.total.n_reported}/{row.total.n_assigned}"]
            for row in area.rows
        ]  # fmt: skip
        document.table(columns, rows)

    def words(self, document: Document, told: list[tuple[str, str]]) -> None:
        if not told:
            document.paragraph(_("The units wrote nothing here."), italic=True)
        for unit, text in told:
            document.paragraph(unit, bold=True)
            document.paragraph(text)
