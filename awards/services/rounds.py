"""Rounds of review: opened by a committee's standing body, closed when nothing more is taken in."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import RoundState
from awards.models import ReviewRound
from awards.workflows import ROUND
from campaigns.models import Campaign
from campaigns.queries.people import acting
from catalogue.enums import CommendationKind, Route
from core import audit, clock, notices
from core.errors import ServiceError, WrongState
from core.text import clean_line, format_date, nfc
from units.models import Unit, UnitParent
from units.permissions import At, require

OPEN = "awards.open_round"
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class RoundValues:
    """What a committee says of a round. `due_on` is the last day on which a submission is not late."""

    year: int
    title: str
    kind: str = CommendationKind.MERIT
    route: str = Route.FULL
    simplified_case: str = ""
    school_year: bool = False
    campaign: Campaign | None = None
    due_on: date | None = None
    note: str = ""


@transaction.atomic
def open_round(*, organiser: Unit, values: RoundValues, actor: User) -> ReviewRound:
    """Open a round and tell the units below. Raises ServiceError at the field that cannot stand."""
    require(actor, OPEN, At(organiser.pk))
    _check(organiser, values)
    given = {field.name: getattr(values, field.name) for field in fields(values) if field.name != "due_on"}
    given |= {"title": clean_line(values.title), "note": nfc(values.note).strip(), "due_at": end_of(values.due_on)}
    row = ReviewRound.objects.create(organiser=organiser, created_by=actor, **given)
    audit.record("round.opened", actor=actor, subject=row, changes={"title": [None, row.title]})
    _tell_units(row, actor)
    return row


@transaction.atomic
def close_round(*, round_id: int, version: int, actor: User) -> ReviewRound:
    """Take in nothing more. What was sent goes on to its end."""
    row = ROUND.lock(round_id, actor=actor, version=version)
    before = ROUND.advance(row, to=RoundState.CLOSED, actor=actor)
    audit.record("round.closed", actor=actor, subject=row, changes={"state": [before, row.state]})
    return row


def refuse_closed(row: ReviewRound) -> None:
    """Raises WrongState once the round is closed."""
    if row.state != RoundState.OPEN:
        raise WrongState(_("This round of review is closed."))


def end_of(day: date | None) -> datetime | None:
    """The last moment of a day here."""
    return None if day is None else datetime.combine(day, time(23, 59, 59), tzinfo=clock.ZONE)


def _check(organiser: Unit, values: RoundValues) -> None:
    if not FIRST_YEAR <= values.year <= LAST_YEAR:
        raise ServiceError(_("Enter a year such as 2024."), field="year")
    if not values.title.strip():
        raise ServiceError(_("Enter the title of the round."), field="title")
    if values.due_on is not None and values.due_on < date(values.year, 1, 1):
        raise ServiceError(_("Submissions cannot be due before the year they are for."), field="due_on")
    simplified = values.route == Route.SIMPLIFIED
    if simplified and not values.simplified_case:
        raise ServiceError(_("Choose the case in which the simplified procedure is open."), field="simplified_case")
    if not simplified and values.simplified_case:
        raise ServiceError(_("A case is chosen for the simplified procedure only."), field="simplified_case")
    if values.campaign is not None and values.campaign.organiser_id != organiser.pk:
        raise ServiceError(_("This campaign is organised by another committee."), field="campaign")


def _tell_units(row: ReviewRound, actor: User) -> None:
    """The people of the units directly below, each once."""
    links = UnitParent.objects.on(clock.today()).filter(parent=row.organiser)
    below = list(links.order_by().values_list("unit", flat=True))
    people = {user.pk: user for users in acting(below).values() for user in users if user.pk != actor.pk}
    due = format_date(row.due_at.astimezone(clock.ZONE).date()) if row.due_at else ""
    notices.after_commit(
        "round_opened", recipients=list(people.values()), target=row, params={"title": row.title, "due": due}
    )


def first_day(row: ReviewRound) -> date:
    """Before this day nothing is proposed or decided in the round: the year's first, or the campaign's."""
    year = date(row.year, 1, 1)
    return max(year, row.campaign.starts_on) if row.campaign and row.campaign.starts_on else year
