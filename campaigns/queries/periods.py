"""Periods in time: which come before which, and by when a unit reports."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from campaigns.arithmetic import FigureValue, Kind
from campaigns.models import Campaign, Extension, Participation, ReportingPeriod
from core import clock

Reported = tuple[ReportingPeriod, FigureValue]


def before(period: ReportingPeriod, reported: Iterable[Reported], kind: Kind) -> list[FigureValue]:
    """The figures that `period` continues, oldest first, none of a day counted twice.

    Periods may lie inside each other (quarters, and a half-year over them): going back from the first day
    of `period`, the widest period that ends nearest before is taken, then what lies before it.
    """
    rows = [(p, value) for p, value in reported if value.is_reported(kind)]
    chain: list[FigureValue] = []
    start = period.starts_on
    while earlier := [(p, value) for p, value in rows if p.ends_on < start]:
        chosen, value = max(earlier, key=lambda row: (row[0].ends_on, -row[0].starts_on.toordinal(), row[0].pk))
        chain.append(value)
        start = chosen.starts_on
    return chain[::-1]


def due_moments(period: ReportingPeriod, participations: Sequence[int] | None = None) -> dict[int, datetime]:
    """The due moment of each unit with an extension, by participation; the newest extension counts."""
    rows = Extension.objects.filter(period=period).order_by("pk")
    if participations is not None:
        rows = rows.filter(participation__in=participations)
    return dict(rows.values_list("participation", "due_at"))


def due_of(participation: Participation, period: ReportingPeriod) -> datetime:
    """By when the unit reports: its extension, else the period's own day."""
    return due_moments(period, [participation.pk]).get(participation.pk, period.due_at)


def day_of(moment: datetime) -> date:
    """The day in Việt Nam on which a moment falls."""
    return moment.astimezone(clock.ZONE).date()


def periods_of(campaign: Campaign) -> "QuerySet[ReportingPeriod]":
    """In the order of time."""
    return campaign.periods.order_by("ends_on", "starts_on", "pk")


def current(periods: Sequence[ReportingPeriod], day: date) -> ReportingPeriod | None:
    """The period people mean on `day`: the newest that has begun, else the first."""
    begun = [period for period in periods if period.starts_on <= day]
    return begun[-1] if begun else (periods[0] if periods else None)


def judged(periods: Sequence[ReportingPeriod], day: date) -> ReportingPeriod | None:
    """The period whose results people read on `day`: what is over can be judged; else the one that runs."""
    ended = [period for period in periods if period.ends_on <= day]
    return max(ended, key=lambda period: period.ends_on) if ended else current(periods, day)


def by_participation(rows: Iterable[Extension]) -> Mapping[tuple[int, int], datetime]:
    """The newest extension by (participation, period)."""
    return {(row.participation_id, row.period_id): row.due_at for row in rows}
