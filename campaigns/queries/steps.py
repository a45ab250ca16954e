"""What the units of a campaign owe, step by step: the pledge, then one report a period.

A step is what the board shows one at a time and what a reminder is about. The pledge is registered
here; reports add theirs with `register`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import BoardState, ParticipationState, PledgeState
from campaigns.judging import UNCOUNTED
from campaigns.models import Campaign, Participation, Pledge, ReportingPeriod
from campaigns.queries.plan import Plan
from core.errors import Text


@dataclass(frozen=True)
class Paper:
    """A unit's pledge or report on the board. `entered` counts lines, `below` those short of the target."""

    state: BoardState
    sent_at: datetime | None
    settled_at: datetime | None
    returned_at: datetime | None
    reason: str
    late: bool
    on_behalf: bool
    entered: int
    below: int


class Step(Protocol):
    """One thing each unit of a campaign owes.

    `parameter` and `value` name the step in the board's address (``?step=pledge``, ``?period=12``).
    """

    @property
    def parameter(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def label(self) -> Text: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def period(self) -> ReportingPeriod | None: ...

    def papers(self, campaign: Campaign, user: User) -> Mapping[int, Paper]:
        """What `user` may see of the units' papers, by participation id, in a constant number of queries."""

    def owing(self, campaign: Campaign) -> list[Participation]:
        """Joining units that have not sent, in official order. Independent of who asks."""

    def counted(self, plan: Plan) -> int:
        """How many lines a unit with this plan has to enter."""

    def detail_url(self, participation: Participation) -> str:
        """The page on which the unit's paper is read, also while there is none."""

    def on_behalf_url(self, participation: Participation) -> str:
        """Where the standing body enters the unit's paper."""


Source = Callable[[Campaign], Sequence[Step]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add steps to every campaign's board; they stand in the order of registration."""
    _sources.append(source)
    return source


def steps_of(campaign: Campaign) -> list[Step]:
    """The steps of a campaign, in order."""
    return [step for source in _sources for step in source(campaign)]


def in_order(rows: "QuerySet[Participation]") -> list[Participation]:
    """Participations with their units, in official order."""
    return list(rows.select_related("unit").order_by("unit__official_order", "unit__sort_key", "pk"))


BOARD_STATES: dict[str, BoardState] = {
    PledgeState.DRAFT: BoardState.NOT_SENT,
    PledgeState.WITH_HEAD: BoardState.NOT_SENT,
    PledgeState.SENT: BoardState.WAITING,
    PledgeState.RETURNED: BoardState.RETURNED,
    PledgeState.ACCEPTED: BoardState.APPROVED,
}


@dataclass(frozen=True)
class PledgeStep:
    """The pledge of indicators."""

    due_on: date | None
    parameter: str = "step"
    value: str = "pledge"
    label: Text = _("Pledge")
    period: ReportingPeriod | None = None

    def papers(self, campaign: Campaign, user: User) -> Mapping[int, Paper]:
        visible = Pledge.objects.visible_to(user).filter(participation__campaign=campaign).order_by().values("pk")
        rows = Pledge.objects.filter(pk__in=visible).annotate(
            entered=Count("lines"), below=Count("lines", filter=Q(lines__is_below=True))
        )
        return {
            row.participation_id: Paper(
                state=BOARD_STATES[row.state], sent_at=row.sent_at, settled_at=row.accepted_at,
                returned_at=row.returned_at, reason=row.return_reason, late=row.late, on_behalf=row.on_behalf,
                entered=row.entered, below=row.below,
            )
            for row in rows
        }  # fmt: skip

    def owing(self, campaign: Campaign) -> list[Participation]:
        done = [state for state, place in BOARD_STATES.items() if place != BoardState.NOT_SENT]
        rows = Participation.objects.filter(campaign=campaign).exclude(state=ParticipationState.NOT_JOINING)
        return in_order(rows.exclude(pk__in=Pledge.objects.filter(state__in=done).values("participation")))

    def counted(self, plan: Plan) -> int:
        return sum(row.assigned and row.indicator.kind not in UNCOUNTED for row in plan.lines())

    def detail_url(self, participation: Participation) -> str:
        return reverse("campaigns:pledge_detail", args=[participation.pk])

    def on_behalf_url(self, participation: Participation) -> str:
        return reverse("campaigns:pledge_on_behalf", args=[participation.pk])


@register
def pledge_step(campaign: Campaign) -> Sequence[Step]:
    return [PledgeStep(due_on=campaign.pledge_due_on)]
