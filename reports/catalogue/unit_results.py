"""Kết quả của một đơn vị: plan, pledge, before, this period, cumulated and verdict, indicator by indicator."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.enums import ParticipationState
from campaigns.judging import value_of
from campaigns.models import Participation
from campaigns.queries.results import Results, results_of
from campaigns.queries.steps import in_order
from campaigns.texts import target_text
from core.errors import Text
from core.sheets import Column, Group, Sheet, TitleBlock
from reports.base import Params, Report, ReportContext
from reports.enums import ReportGroup
from reports.registration import register
from reports.reporting import SettledForm, figure_cell, file_parts, share
from reports.titles import issuer_lines


class UnitResultsForm(SettledForm):
    """The same, for one unit."""

    field_order = ["campaign", "period", "participation", "settled"]
    participation: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=gettext_lazy("Unit"), queryset=None, empty_label=None
    )

    def scope_choices(self) -> None:
        super().scope_choices()
        rows = Participation.objects.visible_to(self.user).filter(campaign=self.campaign_picked)
        rows = rows.exclude(state=ParticipationState.NOT_JOINING).select_related("unit")
        self._rows("participation", rows.order_by("unit__official_order", "unit__sort_key", "pk"))

    def starting_values(self) -> Mapping[str, Any]:
        units = in_order(self.fields["participation"].queryset)  # type: ignore[attr-defined]
        return {**super().starting_values(), **({"participation": units[0]} if units else {})}


@register
class UnitResults(Report):
    code = "unit-results"
    title = gettext_lazy("Results of one unit")
    description = gettext_lazy("One unit in a period: plan, pledge, result and verdict of every indicator.")
    group = ReportGroup.RESULTS
    preview = (
        gettext_lazy("Indicator"), gettext_lazy("Target"), gettext_lazy("Pledged"), gettext_lazy("This period"),
        gettext_lazy("Cumulated"), gettext_lazy("Verdict"),
    )  # fmt: skip
    parameters = UnitResultsForm
    file_stem = "ket-qua-don-vi"

    def table(self, user: Any, params: Params) -> Results:
        """The one unit's column of the results, as the user may see it."""
        only = [params["participation"].pk]
        return results_of(params["campaign"], params["period"], user, settled_only=params["settled"], only=only)

    def empty_reason(self, user: Any, params: Params) -> Text:
        return "" if self.table(user, params).reports else _("The unit has not sent a report of this period yet.")

    def file_parts(self, params: Params) -> Sequence[str]:
        return [str(params["participation"]), *file_parts(params)]

    def title_block(self, ctx: ReportContext) -> TitleBlock:
        campaign, unit = ctx.params["campaign"], ctx.params["participation"].unit
        return TitleBlock(
            title=_("Results of %(unit)s: %(title)s") % {"unit": ctx.params["participation"], "title": campaign.title},
            period=ctx.params["period"].name, as_of=ctx.day, day=ctx.day, filters=tuple(ctx.form.chosen()),
            **issuer_lines(unit, ctx.day),
        )  # fmt: skip

    def sheets(self, ctx: ReportContext) -> Iterator[Sheet]:
        columns = [
            Column(_("No."), "ordinal"), Column(_("Indicator"), width=34), Column(_("Unit of measure"), width=12),
            Column(_("Target"), width=14), Column(_("Pledged"), "mixed", width=12),
            Column(_("Cumulated before"), "mixed", width=12), Column(_("This period"), "mixed", width=12),
            Column(_("Cumulated"), "mixed", width=12), Column(_("Of the plan"), "percent"),
            Column(_("Verdict"), width=16), Column(_("Explanation"), width=44),
        ]  # fmt: skip
        rows = self.rows(self.table(ctx.owner, ctx.params))
        yield Sheet(_("Results"), columns=columns, rows=ctx.counted(rows), frozen_columns=2, filtered=False)

    def rows(self, table: Results) -> Iterator[Sequence[object] | Group]:
        for area in table.areas:
            if area.rows:
                yield Group(area.title)
            for row in area.rows:
                for cell in row.cells:
                    line, indicator = cell.line, row.indicator
                    asked = _("Not assigned") if not line.planned.assigned else target_text(
                        indicator, line.planned.target)  # fmt: skip
                    yield [
                        f"{indicator.code} {indicator.name}", indicator.measure, asked,
                        *(figure_cell(indicator, value) for value in (
                            value_of(line.pledged), line.previous, value_of(line.counting), line.cumulated)),
                        share(line.judgement.ratio), str(cell.verdict.label), line.explanation,
                    ]  # fmt: skip

    def notes(self, ctx: ReportContext) -> Sequence[Text]:
        return [_("“Not assigned” is not zero; an empty cell has not been reported.")]
