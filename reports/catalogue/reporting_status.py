"""Tình hình gửi báo cáo: each unit of a period, whether and when it reported."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.enums import BoardState
from campaigns.queries.board import BoardRow, board_of
from campaigns.queries.period_steps import ReportStep
from campaigns.queries.periods import day_of, due_moments
from core.errors import Text
from core.sheets import Column, Sheet, TitleBlock
from core.ui.templatetags.ui import local_day
from reports.base import Params, Report, ReportContext
from reports.enums import ReportGroup
from reports.registration import register
from reports.reporting import PeriodReportForm, file_parts
from reports.titles import issuer_lines


@register
class ReportingStatus(Report):
    code = "reporting-status"
    title = gettext_lazy("State of reporting")
    description = gettext_lazy("Each unit of a campaign in a period: sent, late, returned, accepted or not sent.")
    group = ReportGroup.RESULTS
    preview = (
        gettext_lazy("Unit"), gettext_lazy("State"), gettext_lazy("Due on"), gettext_lazy("Sent on"),
        gettext_lazy("Days late"), gettext_lazy("Indicators entered"),
    )  # fmt: skip
    parameters = PeriodReportForm
    file_stem = "tinh-hinh-gui-bao-cao"

    def rows(self, user: Any, params: Params) -> list[BoardRow]:
        """The units the user may see, in official order; those that do not join stand in no count."""
        board = board_of(params["campaign"], ReportStep(params["period"]), user)
        return [row for row in board.rows if row.state != BoardState.NOT_JOINING]

    def act_label(self, user: Any, params: Params) -> Text:
        count = len(self.rows(user, params))
        return ngettext("Make the Excel file for %(count)s unit", "Make the Excel file for %(count)s units", count) % {
            "count": count
        }

    def file_parts(self, params: Params) -> Sequence[str]:
        return file_parts(params)

    def title_block(self, ctx: ReportContext) -> TitleBlock:
        campaign, period = ctx.params["campaign"], ctx.params["period"]
        return TitleBlock(
            title=_("State of reporting: %(period)s") % {"period": period.name}, period=campaign.title, as_of=ctx.day,
            day=ctx.day, filters=tuple(ctx.form.chosen()), **issuer_lines(campaign.organiser, ctx.day),
        )  # fmt: skip

    def sheets(self, ctx: ReportContext) -> Iterator[Sheet]:
        rows = self.rows(ctx.owner, ctx.params)
        columns = [
            Column(_("No."), "ordinal"), Column(_("Unit"), width=28), Column(_("State"), width=16),
            Column(_("Due on"), "date"), Column(_("Sent on"), "date"), Column(_("Days late"), "integer"),
            Column(_("Indicators entered"), "integer", total=True),
            Column(_("Indicators assigned"), "integer", total=True),
            Column(_("Not met or behind"), "integer", total=True), Column(_("Course"), width=36),
        ]  # fmt: skip
        yield Sheet(
            _("State of reporting"), columns=columns, rows=ctx.counted(self.cells(ctx, rows), total=len(rows)),
            frozen_columns=2,
        )  # fmt: skip

    def cells(self, ctx: ReportContext, rows: Sequence[BoardRow]) -> Iterator[Sequence[object]]:
        period = ctx.params["period"]
        due = due_moments(period, [row.pk for row in rows])
        for row in rows:
            paper = row.paper
            sent = local_day(paper.sent_at) if paper is not None and paper.sent_at else None
            due_on = day_of(due.get(row.pk, period.due_at))
            late = max(0, ((sent if paper is not None and paper.late and sent else ctx.day) - due_on).days)
            is_late = (paper.late if paper is not None else True) and late
            yield [
                str(row.participation), str(row.state.label), due_on, sent, late if is_late else 0,
                paper.entered if paper is not None else 0, row.counted, paper.below if paper is not None else 0,
                row.story,
            ]  # fmt: skip

    def notes(self, ctx: ReportContext) -> Sequence[Text]:
        return [
            _("Units stand in their official order. Units that do not join are left out."),
            _("A unit with an extension is late only after its own day."),
        ]
