"""Tổng hợp kết quả: indicators down, units across, each cumulated to the end of the period, and the total."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.queries.results import Results as Table
from campaigns.queries.results import results_of
from campaigns.texts import target_text
from core.errors import Text
from core.sheets import Column, Group, Sheet, TitleBlock
from reports.base import Params, Report, ReportContext
from reports.enums import ReportGroup
from reports.registration import register
from reports.reporting import SettledForm, figure_cell, file_parts, share
from reports.titles import issuer_lines


@register
class Results(Report):
    code = "results"
    title = gettext_lazy("Summary of results")
    description = gettext_lazy("Every indicator of a campaign by unit, up to the end of a period, with the total.")
    group = ReportGroup.RESULTS
    preview = (
        gettext_lazy("Indicator"), gettext_lazy("Unit of measure"), gettext_lazy("Result"),
        gettext_lazy("Of the plan"), gettext_lazy("Total"), gettext_lazy("Units reported"),
    )  # fmt: skip
    parameters = SettledForm
    file_stem = "tong-hop-ket-qua"

    def table(self, user: Any, params: Params) -> Table:
        """The results as the user may see them."""
        return results_of(params["campaign"], params["period"], user, settled_only=params["settled"])

    def empty_reason(self, user: Any, params: Params) -> Text:
        return "" if self.table(user, params).reports else _("No unit has sent a report of this period yet.")

    def file_parts(self, params: Params) -> Sequence[str]:
        return file_parts(params)

    def title_block(self, ctx: ReportContext) -> TitleBlock:
        campaign, period = ctx.params["campaign"], ctx.params["period"]
        return TitleBlock(
            title=_("Summary of results: %(title)s") % {"title": campaign.title}, period=period.name, as_of=ctx.day,
            day=ctx.day, filters=tuple(ctx.form.chosen()), **issuer_lines(campaign.organiser, ctx.day),
        )  # fmt: skip

    def sheets(self, ctx: ReportContext) -> Iterator[Sheet]:
        table = self.table(ctx.owner, ctx.params)
        columns = [
            Column(_("No."), "ordinal"),
            Column(_("Indicator"), width=34),
            Column(_("Unit of measure"), width=12),
        ]
        for place in table.participations:
            columns.append(Column(_("Result"), "mixed", under=(str(place),), width=12))
            columns.append(Column(_("Of the plan"), "percent", under=(str(place),), width=10))
        columns += [
            Column(_("Total"), "mixed", width=14), Column(_("Units reported"), "integer", width=10),
            Column(_("Units asked"), "integer", width=10),
        ]  # fmt: skip
        yield Sheet(
            _("Summary of results"), columns=columns, rows=ctx.counted(self.rows(table)), frozen_columns=2,
            filtered=False,
        )  # fmt: skip
        yield Sheet(_("By verdict"), columns=self.verdict_columns(), rows=self.verdict_rows(table), frozen_columns=2)

    def rows(self, table: Table) -> Iterator[Sequence[object] | Group]:
        for area in table.areas:
            if area.rows:
                yield Group(area.title)
            for row in area.rows:
                cells: list[object] = [f"{row.indicator.code} {row.indicator.name}", row.indicator.measure]
                for cell in row.cells:
                    if not cell.line.planned.assigned:
                        cells += [_("Not assigned"), None]
                        continue
                    cells += [figure_cell(row.indicator, cell.line.cumulated), share(cell.line.judgement.ratio)]
                total = row.total
                yield [
                    *cells,
                    figure_cell(row.indicator, total.figure, of_units=True),
                    total.n_reported,
                    total.n_assigned,
                ]

    def verdict_columns(self) -> list[Column]:
        return [
            Column(_("No."), "ordinal"), Column(_("Unit"), width=26), Column(_("Indicator"), width=34),
            Column(_("Target"), width=16), Column(_("Result"), "mixed", width=14), Column(_("Of the plan"), "percent"),
            Column(_("Of the pledge"), "percent"), Column(_("Verdict"), width=18), Column(_("Explanation"), width=44),
        ]  # fmt: skip

    def verdict_rows(self, table: Table) -> Iterator[Sequence[object]]:
        """One row a unit and indicator, to be filtered and sorted."""
        for area in table.areas:
            for row in area.rows:
                for cell in row.cells:
                    line, indicator = cell.line, row.indicator
                    yield [
                        str(cell.participation), f"{indicator.code} {indicator.name}",
                        target_text(indicator, line.planned.target), figure_cell(indicator, line.cumulated),
                        share(line.judgement.ratio), share(cell.pledge_ratio), str(cell.verdict.label),
                        line.explanation,
                    ]  # fmt: skip

    def notes(self, ctx: ReportContext) -> Sequence[Text]:
        return [
            _("Units stand in their official order. Units that do not join are left out."),
            _("“Not assigned” is not zero; an empty cell has not been reported."),
            _("Percentages are brought together by their parts and wholes, not by their mean."),
        ]
