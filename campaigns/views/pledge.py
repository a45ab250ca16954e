"""A unit's pledge: written line by line, read, and its steps."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from campaigns.arithmetic import percent
from campaigns.enums import ParticipationState, PledgeState
from campaigns.models import Indicator, Participation, Pledge
from campaigns.queries.pledges import PledgedLine, sheet_of
from campaigns.services.pledge_steps import is_late, send_pledge, submit_to_head
from campaigns.services.pledges import EDIT, SEND, Entry, Outcome, may_write, save_lines, save_note
from campaigns.typed import read, written
from campaigns.views.joining import OfUnit
from campaigns.views.lines import CONFIRM, KEEP, SUBMIT, LinesEdit
from campaigns.workflows import ON_PAPER, PLEDGE
from core import clock
from core.errors import NotAllowed
from core.text import format_number, nfc


@dataclass
class Row:
    """One line of the form: as stored, or as typed where it could not be read."""

    pledged: PledgedLine
    text: str
    note: str
    error: str = ""

    @property
    def indicator(self) -> Any:
        return self.pledged.planned.indicator

    @property
    def stamp(self) -> str:
        return self.pledged.stamp

    @property
    def is_below(self) -> bool:
        return bool(self.pledged.line and self.pledged.line.is_below)

    @property
    def ratio(self) -> str:
        return ratio_text(self.pledged)

    @property
    def is_open(self) -> bool:
        """Whether the note stands open under the line."""
        return bool(self.note or self.is_below or self.error)


def ratio_text(pledged: PledgedLine) -> str:
    """The pledge in percent of the plan; empty where no percentage is shown."""
    return "" if pledged.ratio is None else f"{format_number(percent(pledged.ratio), 1)}%"


def stands_in(user: Any, participation: Participation, record: Any, *, of_unit: bool) -> bool:
    """Whether the person enters for the unit from its paper, as the standing body does.

    Also where they work for a unit above it as well, as in a commune: what came on paper they send as such.
    """
    came_on_paper = record is not None and record.on_behalf and not user.has_perm(SEND, participation)
    return (not of_unit or came_on_paper) and bool(user.has_perm(ON_PAPER, participation))


class PledgePage(OfUnit):
    """What the pages of a pledge share."""

    def get_pledge(self) -> Pledge | None:
        return Pledge.objects.visible_to(self.request.user).filter(participation=self.object).first()

    def facts(self, pledge: Pledge | None) -> dict[str, Any]:
        """What both pages say of due day, state and person."""
        user = self.request.user
        campaign = self.object.campaign
        late = pledge.late if pledge and pledge.sent_at else is_late(self.object)
        days = (clock.today() - campaign.pledge_due_on).days if campaign.pledge_due_on else 0
        return {
            "participation": self.object, "campaign": campaign, "pledge": pledge, "late": late, "days_late": days,
            "may_send": user.has_perm(SEND, self.object), "of_unit": self.of_unit,
            "on_behalf": stands_in(user, self.object, pledge, of_unit=self.of_unit),
            "will_join": self.object.state == ParticipationState.INVITED,
            "declined": self.object.state == ParticipationState.NOT_JOINING,
        }  # fmt: skip


class PledgeEdit(PledgePage, LinesEdit):
    """The pledge as a table; each line is kept as it is typed, the buttons work without scripts too."""

    title = gettext_lazy("Pledge")
    template_name = "campaigns/pledge_edit.html"
    edit_url, detail_url = "campaigns:pledge_edit", "campaigns:pledge_detail"
    moved_on = gettext_lazy("Somebody else has changed the pledge meanwhile. Look it over and press again.")
    messages = {
        SUBMIT: gettext_lazy("The pledge lies with the head of the unit."),
        CONFIRM: gettext_lazy("The pledge is sent."),
        KEEP: gettext_lazy("The pledge is kept."),
    }

    def check_access(self) -> None:
        super().check_access()
        user = self.request.user
        self.look_again()
        on_behalf = self.pledge is not None and self.pledge.on_behalf and user.has_perm(ON_PAPER, self.object)
        if not (user.has_perm(EDIT, self.object) or on_behalf):
            raise NotAllowed(EDIT)

    def look_again(self) -> None:
        self.pledge = self.get_pledge()

    def is_open(self) -> bool:
        return self.object.campaign.state == "launched" and may_write(self.object, self.pledge, self.request.user)

    def counted(self) -> Iterator[Indicator]:
        return (row.planned.indicator for row in sheet_of(self.object, self.pledge).lines() if row.is_counted)

    def entry_of(self, indicator: Indicator) -> Entry:
        pk, post = indicator.pk, self.request.POST
        return Entry(read(indicator, post[f"v{pk}"]), nfc(post.get(f"n{pk}", "")), post.get(f"s{pk}") or None)

    def keep(self) -> Outcome:
        given = {"participation_id": self.object.pk, "actor": self.request.user}
        outcome = save_lines(entries=self.read_entries(), **given)
        self.pledge = save_note(note=nfc(self.request.POST.get("note", "")), **given)
        self.tell(outcome)
        return outcome

    def step(self, act: str) -> None:
        pledge: Any = self.pledge  # kept just now
        version, actor = pledge.version, self.request.user
        if act == SUBMIT:
            submit_to_head(pledge_id=pledge.pk, version=version, actor=actor)
        elif act == CONFIRM:
            send_pledge(participation_id=self.object.pk, version=version, actor=actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheet = sheet_of(self.object, self.pledge)
        areas = [(area, [self.row(row) for row in area.lines]) for area in sheet.areas]
        pledge = self.pledge
        return super().get_context_data(
            sheet=sheet, areas=areas, refused=self.refused, summary=self.summary, **self.facts(pledge), **kwargs,
            version=pledge.version if pledge else 0,
            may_submit=bool(pledge is None or PledgeState.WITH_HEAD in PLEDGE.open_to(pledge, self.request.user)),
        )  # fmt: skip

    def row(self, pledged: PledgedLine) -> Row:
        indicator, post = pledged.planned.indicator, self.request.POST
        row = Row(pledged, written(indicator, pledged.line), pledged.line.note if pledged.line else "")
        if indicator.pk in self.refused:
            row.error = self.refused[indicator.pk]
            row.text, row.note = post.get(f"v{indicator.pk}", ""), post.get(f"n{indicator.pk}", "")
        return row
