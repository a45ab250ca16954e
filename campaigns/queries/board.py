"""The board of a campaign: one row a unit for the step that is shown, in official order."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from campaigns.enums import BoardState, ParticipationState
from campaigns.models import Campaign, Participation, Reminder
from campaigns.queries.people import acting
from campaigns.queries.plan import plans_of
from campaigns.queries.steps import Paper, Step, in_order
from core import clock
from core.text import format_date
from core.ui.templatetags.ui import local_day
from core.ui.wording import holding_words

COUNTED = (BoardState.NOT_SENT, BoardState.WAITING, BoardState.RETURNED, BoardState.APPROVED)


@dataclass(frozen=True)
class BoardRow:
    """A unit on the board, with everything its row shows."""

    participation: Participation
    state: BoardState
    paper: Paper | None
    counted: int
    people: list[User]
    reminders: int
    reminded_on: date | None
    due_on: date | None

    def __str__(self) -> str:
        """The unit: what a screen reader adds to the row's buttons."""
        return str(self.participation)

    @property
    def pk(self) -> int:
        return self.participation.pk

    @property
    def days_late(self) -> int:
        """Days after the due day: of the sending, or of today while nothing is sent."""
        if self.due_on is None or self.state == BoardState.NOT_JOINING:
            return 0
        if self.paper is not None and self.paper.sent_at is not None:
            return max(0, (local_day(self.paper.sent_at) - self.due_on).days) if self.paper.late else 0
        return max(0, (clock.today() - self.due_on).days)

    @property
    def waiting_days(self) -> int | None:
        """How long the standing body has had it."""
        if self.state != BoardState.WAITING or self.paper is None or self.paper.sent_at is None:
            return None
        return (clock.today() - local_day(self.paper.sent_at)).days

    @property
    def story(self) -> str:
        """What happened last, in one line."""
        if self.state == BoardState.NOT_JOINING:
            return self.participation.state_reason
        paper = self.paper
        if self.state == BoardState.APPROVED and paper is not None and paper.settled_at is not None:
            return _("Accepted on %(day)s") % {"day": format_date(local_day(paper.settled_at))}
        if self.state == BoardState.RETURNED and paper is not None and paper.returned_at is not None:
            day = format_date(local_day(paper.returned_at))
            return _("Returned on %(day)s: %(reason)s") % {"day": day, "reason": paper.reason}
        if self.waiting_days is not None:
            return waiting_text(self.waiting_days)
        if self.reminded_on is not None:
            day = format_date(self.reminded_on)
            return ngettext(
                "Reminded %(count)s time, on %(day)s", "Reminded %(count)s times, last on %(day)s", self.reminders
            ) % {"count": self.reminders, "day": day}
        return ""


def waiting_text(days: int) -> str:
    if days <= 0:
        return _("Came today")
    return ngettext("Waits %(count)s day", "Waits %(count)s days", days) % {"count": days}


@dataclass(frozen=True)
class Board:
    """All rows of a step and their counts; `rows` are those that the filter leaves."""

    step: Step
    rows: list[BoardRow]
    counts: Mapping[str, int]
    longest_wait: int

    @property
    def joining(self) -> int:
        return sum(self.counts[state] for state in COUNTED)


def board_of(campaign: Campaign, step: Step, user: User, *, state: str = "", words: str = "") -> Board:
    """The board as `user` may see it, in a number of queries that does not grow with the units."""
    visible = Participation.objects.visible_to(user).filter(campaign=campaign)
    rows = in_order(visible)
    papers = step.papers(campaign, user)
    plans = plans_of(campaign, [row.unit for row in rows])
    people = acting([row.unit_id for row in rows])
    reminded = reminders_of(campaign, step)
    found = set(holding_words(visible, words, ("unit__search",)).values_list("pk", flat=True)) if words else None
    board = []
    for row in rows:
        paper = papers.get(row.pk)
        count, last = reminded.get(row.pk, (0, None))
        board.append(BoardRow(
            row, place_of(row, paper), paper, step.counted(plans[row.unit_id]), people[row.unit_id], count, last,
            step.due_on,
        ))  # fmt: skip
    counts = Counter(str(row.state.value) for row in board)
    shown = [
        row for row in board
        if (not state or row.state == state) and (found is None or row.pk in found)
    ]  # fmt: skip
    longest = max((row.waiting_days or 0 for row in board), default=0)
    return Board(step, shown, counts, longest)


def place_of(participation: Participation, paper: Paper | None) -> BoardState:
    """Where a unit stands; what it keeps to itself counts as not sent."""
    if participation.state == ParticipationState.NOT_JOINING:
        return BoardState.NOT_JOINING
    return paper.state if paper is not None else BoardState.NOT_SENT


def reminders_of(campaign: Campaign, step: Step) -> dict[int, tuple[int, date]]:
    """How often and when last each unit was reminded of the step, by participation."""
    rows = Reminder.objects.filter(participation__campaign=campaign, period=step.period).order_by()
    grouped = rows.values("participation").annotate(count=Count("pk"), last=Max("day"))
    return {row["participation"]: (row["count"], row["last"]) for row in grouped}
