"""The indicators that the person's office follows, and how every unit stands by one of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from campaigns.arithmetic import Total
from campaigns.enums import INSIDE_STATES, CampaignState, ParticipationState
from campaigns.models import Figure, Indicator, Participation, PledgeLine, ReportingPeriod, Target
from campaigns.models.scope import offices
from campaigns.queries.periods import judged
from campaigns.queries.plan import PlanLine, line_for, newest_of, plans_of
from campaigns.queries.progress import is_filled
from campaigns.queries.results import Cell, results_of
from campaigns.queries.steps import in_order
from core import clock

SHOWN = (CampaignState.LAUNCHED, CampaignState.CLOSED, CampaignState.ARCHIVED)


def followed_by(user: User) -> QuerySet[Indicator]:
    """The indicators of launched campaigns that name one of the user's offices."""
    rows = Indicator.objects.visible_to(user).filter(office__in=offices(user), campaign__state__in=SHOWN)
    return rows.select_related("campaign", "focus_area")


@dataclass
class Count:
    """Of how many units an indicator is asked, and how many answered; `period` is the one read today."""

    assigned: int = 0
    pledged: int = 0
    reported: int = 0
    period: ReportingPeriod | None = None
    common: PlanLine | None = None


def counts_of(indicators: Sequence[Indicator], user: User) -> dict[int, Count]:
    """The counts by indicator, in a number of queries that does not grow with them. Units not joining are left out."""
    campaigns = {row.campaign_id for row in indicators}
    places = Participation.objects.visible_to(user).filter(campaign__in=campaigns).select_related("unit")
    units: dict[int, dict[int, Participation]] = defaultdict(dict)
    for place in places.exclude(state=ParticipationState.NOT_JOINING):
        units[place.campaign_id][place.pk] = place
    targets = newest_of(Target.objects.filter(indicator__in=indicators))
    periods = _periods(campaigns)
    pledged, reported = _pledged(indicators, user), _reported(indicators, periods, user)
    found = {}
    for indicator in indicators:
        places_here = units[indicator.campaign_id].items()
        asked = {pk for pk, place in places_here if line_for(indicator, place.unit, targets).assigned}
        found[indicator.pk] = Count(
            len(asked), len(asked & pledged[indicator.pk]), len(asked & reported[indicator.pk]),
            periods.get(indicator.campaign_id), line_for(indicator, None, targets),
        )  # fmt: skip
    return found


def _periods(campaigns: Iterable[int]) -> dict[int, ReportingPeriod]:
    """The period whose results people read today, by campaign; none where none has begun."""
    rows: dict[int, list[ReportingPeriod]] = defaultdict(list)
    begun = ReportingPeriod.objects.filter(campaign__in=campaigns, starts_on__lte=clock.today())
    for period in begun.order_by("ends_on", "starts_on", "pk"):
        rows[period.campaign_id].append(period)
    read = {campaign: judged(mine, clock.today()) for campaign, mine in rows.items()}
    return {campaign: period for campaign, period in read.items() if period is not None}


def _pledged(indicators: Sequence[Indicator], user: User) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = PledgeLine.objects.visible_to(user).filter(indicator__in=indicators)
    rows = rows.exclude(pledge__state__in=INSIDE_STATES)
    for indicator, place in rows.values_list("indicator", "pledge__participation"):
        found[indicator].add(place)
    return found


def _reported(
    indicators: Sequence[Indicator], periods: dict[int, ReportingPeriod], user: User
) -> dict[int, set[int]]:  # fmt: skip
    found: dict[int, set[int]] = defaultdict(set)
    rows = Figure.objects.visible_to(user).filter(
        indicator__in=indicators, report__period__in=[period.pk for period in periods.values()]
    )
    for figure in rows.exclude(report__state__in=INSIDE_STATES).select_related("report"):
        if is_filled(figure) and not figure.no_data:
            found[figure.indicator_id].add(figure.report.participation_id)
    return found


@dataclass(frozen=True)
class FollowedRow:
    """One unit by the indicator. `cell` is None where there is no period to report by."""

    participation: Participation
    planned: PlanLine
    pledged: PledgeLine | None
    cell: Cell | None


@dataclass(frozen=True)
class FollowedSheet:
    indicator: Indicator
    rows: list[FollowedRow]
    total: Total | None

    @property
    def assigned(self) -> list[FollowedRow]:
        return [row for row in self.rows if row.planned.assigned]

    @property
    def pledged(self) -> int:
        return sum(row.pledged is not None for row in self.assigned)

    @property
    def reported(self) -> int:
        return sum(row.cell is not None and row.cell.figure is not None for row in self.assigned)


def followed_sheet(indicator: Indicator, period: ReportingPeriod | None, user: User) -> FollowedSheet:
    """Every unit that joins, with its target, what it pledged and, in `period`, what it reached.

    Of pledges and reports only what was sent. Not in the plan at the end of the period: no rows.
    """
    campaign = indicator.campaign
    places = Participation.objects.visible_to(user).filter(campaign=campaign)
    rows = in_order(places.exclude(state=ParticipationState.NOT_JOINING))
    cells: dict[int, Cell] = {}
    total = None
    if period is not None:
        results = results_of(campaign, period, user, indicators={indicator.pk})
        for row in (row for area in results.areas for row in area.rows):
            cells, total = {cell.participation.pk: cell for cell in row.cells}, row.total
    plans = plans_of(campaign, [row.unit for row in rows], day=period.ends_on if period else None)
    pledges = _pledge_lines(indicator, user)
    found = []
    for place in rows:
        planned = next((line for line in plans[place.unit_id].lines() if line.indicator.pk == indicator.pk), None)
        if planned is not None:
            found.append(FollowedRow(place, planned, pledges.get(place.pk), cells.get(place.pk)))
    return FollowedSheet(indicator, found, total)


def _pledge_lines(indicator: Indicator, user: User) -> dict[int, PledgeLine]:
    rows = PledgeLine.objects.visible_to(user).filter(indicator=indicator)
    rows = rows.exclude(pledge__state__in=INSIDE_STATES)
    return {row.pledge.participation_id: row for row in rows.select_related("pledge")}
