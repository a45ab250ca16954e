"""The tab «Đơn vị»: where each unit of a campaign stands, step by step."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.board_table import BoardTable
from campaigns.enums import BoardState
from campaigns.models import Campaign
from campaigns.queries.board import Board, board_of
from campaigns.queries.late import late_units, message_for
from campaigns.queries.steps import Step, steps_of
from campaigns.services.reminding import REMIND, Reach, reach_of_reminder, remind_units
from campaigns.views.campaign import CampaignPage
from core import clock
from core.ui.drawings import Share
from core.ui.exports import exports_for
from core.ui.views import ActionView, ListPage, Tile

TONES = {
    BoardState.APPROVED: "approved", BoardState.WAITING: "waiting", BoardState.RETURNED: "returned",
    BoardState.NOT_SENT: "not_sent",
}  # fmt: skip
MOST_LINES = 20


def step_asked(campaign: Campaign, given: Any) -> Step:
    """The step named in the address or the form; the first one where none is. Raises Http404 for another."""
    steps = steps_of(campaign)
    asked = [step for step in steps if given.get(step.parameter) == step.value]
    if asked:
        return asked[0]
    if any(given.get(step.parameter) for step in steps):
        raise Http404
    return steps[0]


def step_url(campaign: Campaign, step: Step) -> str:
    return f"{reverse('campaigns:campaign_units', args=[campaign.pk])}?{step.parameter}={step.value}"


class CampaignUnits(CampaignPage, ListPage):
    """One row a unit; the counts above it are the filter."""

    permission = "campaigns.view_participation"
    template_name = "campaigns/board.html"
    area_template = "campaigns/_board_area.html"
    table_class = BoardTable
    tab = "units"
    empty_icon = "building-community"

    def check_access(self) -> None:
        super().check_access()
        if self.object.launched_at is None:
            raise Http404

    @cached_property
    def step(self) -> Step:
        return step_asked(self.object, self.request.GET)

    @cached_property
    def board(self) -> Board:
        state = self.request.GET.get("state", "")
        return board_of(
            self.object, self.step, self.request.user, state=state if state in BoardState.values else "",
            words=self.request.GET.get("q", "")[:200],
        )  # fmt: skip

    def get_queryset(self) -> Any:
        return self.board.rows

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"campaign": self.object, "step": self.step}

    def get_tiles(self) -> list[Tile]:
        board, counts = self.board, self.board.counts
        share = 100 * counts[BoardState.APPROVED] // board.joining if board.joining else 0
        late = (clock.today() - self.step.due_on).days if self.step.due_on else 0
        notes = {
            BoardState.NOT_SENT: late_text(late) if late > 0 and counts[BoardState.NOT_SENT] else "",
            BoardState.WAITING: longest_text(board.longest_wait) if board.longest_wait else "",
            BoardState.RETURNED: _("the unit is mending") if counts[BoardState.RETURNED] else "",
            BoardState.APPROVED: _("%(share)s%% of the units") % {"share": share},
        }
        icons = {
            BoardState.NOT_SENT: "circle-dashed", BoardState.WAITING: "clock", BoardState.RETURNED: "arrow-back-up",
            BoardState.APPROVED: "circle-check-filled",
        }  # fmt: skip
        first = Tile(_("All units"), board.joining, "", "", _("taking part"))
        return [first, *(Tile(s.label, counts[s], s.value, icons[s], notes[s], TONES[s]) for s in icons)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts, user = self.board.counts, self.request.user
        steps = [(step, step_url(self.object, step), step == self.step) for step in steps_of(self.object)]
        running = self.object.state == "launched"
        given = {
            "steps": steps, "step": self.step, "words": self.request.GET.get("q", ""),
            "exports": exports_for("board", self.object, self.request),
            "days_late": (clock.today() - self.step.due_on).days if self.step.due_on else 0,
            "shares": [Share(TONES[s], s.label, counts[s]) for s in TONES], "joining": self.board.joining,
            "declined": counts[BoardState.NOT_JOINING], "not_sent": counts[BoardState.NOT_SENT],
            "may_remind": running and user.has_perm(REMIND, self.object),
            "remind_url": f"{reverse('campaigns:units_remind', args=[self.object.pk])}"
            f"?{self.step.parameter}={self.step.value}",
        }  # fmt: skip
        return super().get_context_data(**{**given, **kwargs})


def late_text(days: int) -> str:
    return ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}


def longest_text(days: int) -> str:
    return ngettext("%(count)s day at the longest", "%(count)s days at the longest", days) % {"count": days}


class UnitsRemind(ActionView):
    """Remind the units that have not sent; with ``unit`` in the address, that one alone."""

    model = Campaign
    object: Campaign
    permission = REMIND
    template_name = "campaigns/units_remind.html"
    confirmation = True
    submit_icon = "send"

    @cached_property
    def step(self) -> Step:
        return step_asked(self.object, self.request.GET)

    @cached_property
    def only(self) -> list[int] | None:
        """The one unit meant, None for all."""
        unit = self.request.GET.get("unit", "")
        return [int(unit)] if unit.isdecimal() else None

    @cached_property
    def reach(self) -> Reach:
        return reach_of_reminder(self.object, self.step, only=self.only)

    def get_title(self) -> Any:
        return ngettext(
            "Remind %(count)s unit that has not sent", "Remind %(count)s units that have not sent", self.reach.count
        ) % {"count": self.reach.count}

    def get_consequences(self) -> list[Any]:
        names = ", ".join(map(str, self.reach.due)) or _("nobody is left to be reminded today")
        told = _("“%(step)s”: %(units)s.") % {"step": self.step.label, "units": names}
        return [told, *unreminded(self.reach)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the text for a chat and the letter to the late units, where the whole step is meant."""
        if self.only is not None:
            return super().get_context_data(**kwargs)
        late = late_units(self.object, self.step)
        message = message_for(self.object, self.step, late)
        return super().get_context_data(
            message=message, late_count=len(late), message_rows=min(message.count("\n") + 2, MOST_LINES),
            exports=exports_for("remind", (self.object, self.step), self.request), **kwargs,
        )  # fmt: skip

    def perform(self, form: Any) -> Any:
        return remind_units(campaign_id=self.object.pk, step=self.step, actor=self.request.user, only=self.only)

    def get_success_message(self, result: Any) -> Any:
        told = ngettext("%(count)s unit was reminded.", "%(count)s units were reminded.", result.count)
        return " ".join([told % {"count": result.count}, *unreminded(result)])

    def get_back_url(self) -> str:
        return step_url(self.object, self.step)

    def get_success_url(self, result: Any) -> str:
        return self.get_back_url()

    def get_crumbs(self) -> list[tuple[Any, str]]:
        campaign = self.object
        return [(campaign.title, reverse("campaigns:campaign_detail", args=[campaign.pk])),
                (gettext_lazy("Units"), self.get_back_url())]  # fmt: skip


def unreminded(reach: Reach) -> list[str]:
    """Whom the reminder does not reach, and why."""
    lines = []
    if reach.already:
        lines.append(_("Already reminded today: %(units)s.") % {"units": ", ".join(map(str, reach.already))})
    if reach.without_account:
        names = ", ".join(map(str, reach.without_account))
        lines.append(_("Without an active account, to be told by telephone or letter: %(units)s.") % {"units": names})
    return lines
