"""The list of the board."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.enums import BoardState, CampaignState
from campaigns.models import Campaign
from campaigns.queries.board import BoardRow
from campaigns.queries.steps import Step
from campaigns.workflows import ON_PAPER
from core.ui import states
from core.ui.columns import css_attrs
from core.ui.icons import icon
from core.ui.tables import ActionsColumn, Column, RowAction, Table
from core.ui.templatetags.ui import vn_date


def figure() -> dict[str, Any]:
    return css_attrs("num", None)


class BoardTable(Table):
    """Units in official order; the order is the office's and is not changed by a press."""

    unit = Column(verbose_name=gettext_lazy("Unit"), accessor="participation", attrs=css_attrs("name", None))
    state = Column(verbose_name=gettext_lazy("State"), attrs=css_attrs("chip-cell", None))
    sent = Column(verbose_name=gettext_lazy("Sent on"), empty_values=(), attrs=css_attrs("day", None))
    story = Column(verbose_name=gettext_lazy("Course"), attrs=css_attrs("story", None))
    entered = Column(verbose_name=gettext_lazy("Indicators entered"), empty_values=(), attrs=figure())
    below = Column(verbose_name=gettext_lazy("Below the target"), empty_values=(), attrs=figure())
    people = Column(verbose_name=gettext_lazy("Person in charge"), empty_values=())
    actions = ActionsColumn()

    class Meta(Table.Meta):
        orderable = False
        empty_text = gettext_lazy("No unit stands here.")

    def __init__(self, data: Any = None, *, campaign: Campaign, step: Step, **kwargs: Any) -> None:
        self.campaign, self.step = campaign, step
        super().__init__(data=data, **kwargs)

    def render_unit(self, record: BoardRow) -> SafeString | str:
        name = format_html('<a href="{}">{}</a>', self.step.detail_url(record.participation), record.participation)
        if not (record.participation.on_behalf or (record.paper is not None and record.paper.on_behalf)):
            return name
        return format_html('{}<small class="note">{}</small>', name, _("entered on behalf, from paper"))

    def render_state(self, record: BoardRow) -> SafeString:
        return states.chip_of(record.state)

    def render_sent(self, record: BoardRow) -> SafeString | str:
        sent = record.paper.sent_at if record.paper is not None else None
        if not record.days_late:
            return vn_date(sent)
        late = ngettext("%(count)s day late", "%(count)s days late", record.days_late) % {"count": record.days_late}
        flag = format_html('<span class="bad nowrap">{}{}</span>', icon("flag"), late)
        return format_html('{}<small class="note">{}</small>', vn_date(sent), flag) if sent else flag

    def render_entered(self, record: BoardRow) -> str:
        if record.state == BoardState.NOT_JOINING or record.paper is None:
            return "–"
        return f"{record.paper.entered}/{record.counted}"

    def render_below(self, record: BoardRow) -> str:
        return "–" if record.paper is None or record.state == BoardState.NOT_JOINING else str(record.paper.below)

    def render_people(self, record: BoardRow) -> SafeString | str:
        if not record.people:
            return format_html('<span class="muted">{}</span>', _("No active account"))
        person = record.people[0]
        return format_html('{}<small class="note figures">{}</small>', person.full_name, person.phone or "")

    def actions_for(self, user: Any, rows: Sequence[Any]) -> Mapping[Any, Sequence[RowAction]]:
        """Accept, look, remind, enter: one button a row, and the rights asked once."""
        campaign = self.campaign
        running = campaign.state == CampaignState.LAUNCHED
        may = {name: running and user.has_perm(f"campaigns.{name}", campaign)
               for name in ("take_in_pledge", "remind_units")}  # fmt: skip
        on_paper = running and user.has_perm(ON_PAPER, campaign)
        return {row.pk: list(self.buttons(row, may, on_paper)) for row in rows}

    def buttons(self, row: BoardRow, may: Mapping[str, bool], on_paper: bool) -> Sequence[RowAction]:
        if row.state == BoardState.NOT_JOINING:
            url = reverse("campaigns:participation_decide", args=[row.pk])
            return [RowAction(_("Enter another decision"), url)] if on_paper else []
        if row.state == BoardState.WAITING and row.paper is not None:
            return [
                RowAction(
                    _("Look over") if may["take_in_pledge"] else _("View"), self.step.detail_url(row.participation)
                )
            ]
        if row.state != BoardState.NOT_SENT and row.paper is not None:
            return [RowAction(_("View"), self.step.detail_url(row.participation))]
        if row.people and may["remind_units"]:
            remind = reverse("campaigns:units_remind", args=[self.campaign.pk])
            return [RowAction(_("Remind"), f"{remind}?{self.step.parameter}={self.step.value}&unit={row.pk}")]
        return [RowAction(_("Enter for the unit"), self.step.on_behalf_url(row.participation))] if on_paper else []
