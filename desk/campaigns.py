"""How the campaigns of a person stand: those their committees organise, by what the units owe now."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.enums import BoardState, CampaignState, ParticipationState, PledgeState, ReportState
from campaigns.models import Campaign, Participation, Pledge, ProgressReport, ReportingPeriod
from campaigns.queries import period_steps, steps
from campaigns.queries.periods import day_of
from core import clock
from core.errors import Text
from core.ui.drawings import Share
from core.ui.states import look_of
from units.seats import seat_of

SHOWN = 6
ORDER = (BoardState.APPROVED, BoardState.WAITING, BoardState.RETURNED, BoardState.NOT_SENT)
WATCH = "campaigns.view_participation"
Places = dict[int, Counter[str]]


@dataclass(frozen=True)
class Standing:
    """One campaign: where its units are with the step that is due now."""

    campaign: Campaign
    step: Text
    due_on: date | None
    units: int
    shares: list[Share]
    url: str

    @property
    def is_draft(self) -> bool:
        return self.campaign.state == CampaignState.DRAFT


def standings_of(user: Any) -> list[Standing]:
    """The campaigns that run or are written at committees of `user`, in a constant number of queries."""
    committees = seat_of(user).sides_for(WATCH).get("organiser", frozenset())
    if not committees:
        return []
    rows = Campaign.objects.visible_to(user).filter(
        organiser__in=committees, state__in=[CampaignState.LAUNCHED, CampaignState.DRAFT]
    )
    campaigns = list(rows.order_by("-state", "-starts_on", "-pk")[:SHOWN])
    periods = current_periods(campaigns)
    joining = joining_of(campaigns)
    pledges, reports = pledges_of(user, campaigns), reports_of(user, periods.values())
    return [
        standing(row, periods.get(row.pk), joining[row.pk], pledges[row.pk], reports[row.pk]) for row in campaigns
    ]  # fmt: skip


def standing(
    campaign: Campaign, period: ReportingPeriod | None, joining: int, pledges: Counter[str], reports: Counter[str]
) -> Standing:
    """One campaign with the counts of the step people mean today."""
    found = reports if period is not None else pledges
    sent = sum(found[state] for state in ORDER if state != BoardState.NOT_SENT)
    counts = {**found, BoardState.NOT_SENT: joining - sent}
    shares = [Share(look_of(state).tone, state.label, counts.get(state, 0)) for state in ORDER]
    if campaign.state == CampaignState.DRAFT:
        return Standing(campaign, "", None, 0, [], reverse("campaigns:campaign_write", args=[campaign.pk, "general"]))
    board = reverse("campaigns:campaign_units", args=[campaign.pk])
    if period is None:
        return Standing(campaign, _("Pledge"), campaign.pledge_due_on, joining, shares, f"{board}?step=pledge")
    due_on = day_of(period.due_at)
    return Standing(campaign, period.name, due_on, joining, shares, f"{board}?period={period.pk}")


def current_periods(campaigns: list[Campaign]) -> dict[int, ReportingPeriod]:
    """The period people mean today: the one due next, else the last that was due; none before any began."""
    today = clock.today()
    rows = ReportingPeriod.objects.filter(campaign__in=campaigns, starts_on__lte=today).order_by("due_at", "pk")
    found: dict[int, ReportingPeriod] = {}
    for period in rows:
        now = found.get(period.campaign_id)
        if now is None or day_of(now.due_at) < today:
            found[period.campaign_id] = period
    return found


def joining_of(campaigns: list[Campaign]) -> Counter[int]:
    """How many units take part, by campaign."""
    rows = Participation.objects.filter(campaign__in=campaigns).exclude(state=ParticipationState.NOT_JOINING)
    grouped = rows.order_by().values("campaign").annotate(rows=Count("pk"))
    return Counter({row["campaign"]: row["rows"] for row in grouped})


def pledges_of(user: Any, campaigns: list[Campaign]) -> Places:
    """Pledges by the place they take on the board, by campaign."""
    rows = Pledge.objects.visible_to(user).filter(participation__campaign__in=campaigns)
    return placed(rows, steps.BOARD_STATES)


def reports_of(user: Any, periods: Iterable[ReportingPeriod]) -> Places:
    """Reports of the periods by the place they take on the board, by campaign."""
    rows = ProgressReport.objects.visible_to(user).filter(period__in=list(periods))
    return placed(rows, period_steps.BOARD_STATES)


def placed(rows: Any, places: dict[str, BoardState]) -> Places:
    found: Places = defaultdict(Counter)
    rows = rows.exclude(participation__state=ParticipationState.NOT_JOINING).order_by()
    for row in rows.values("participation__campaign", "state").annotate(rows=Count("pk")):
        found[row["participation__campaign"]][places[row["state"]]] += row["rows"]
    return found


@dataclass(frozen=True)
class OwnPart:
    """One of the person's units in one campaign: its pledge, and its report of the period that is due."""

    participation: Participation
    pledge: PledgeState | None
    period: ReportingPeriod | None
    report: ReportState | None
    due_on: date | None

    @property
    def campaign(self) -> Campaign:
        return self.participation.campaign


def own_parts_of(user: Any) -> list[OwnPart]:
    """Where the person's own units take part, the newest campaign first; units below them are not listed."""
    units = seat_of(user).unit_ids
    if not units:
        return []
    rows = Participation.objects.visible_to(user).filter(unit__in=units, campaign__state=CampaignState.LAUNCHED)
    rows = rows.exclude(state=ParticipationState.NOT_JOINING).select_related("campaign", "unit")
    parts = list(rows.order_by("-campaign__starts_on", "-campaign", "unit__official_order")[:SHOWN])
    periods = current_periods([part.campaign for part in parts])
    pledges = dict(Pledge.objects.filter(participation__in=parts).values_list("participation", "state"))
    reports = dict(
        ProgressReport.objects.filter(participation__in=parts, period__in=list(periods.values()))
        .values_list("participation", "state")
    )  # fmt: skip
    return [own_part(row, periods.get(row.campaign_id), pledges, reports) for row in parts]


def own_part(
    row: Participation, period: ReportingPeriod | None, pledges: dict[int, str], reports: dict[int, str]
) -> OwnPart:
    pledge, report = pledges.get(row.pk), reports.get(row.pk)
    due_on = day_of(period.due_at) if period is not None else row.campaign.pledge_due_on
    return OwnPart(
        row, PledgeState(pledge) if pledge else None, period, ReportState(report) if report else None, due_on
    )
