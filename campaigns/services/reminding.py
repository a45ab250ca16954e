"""Reminding the units that owe something, and only them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from campaigns.models import Campaign, Participation, Reminder
from campaigns.queries.people import acting
from campaigns.queries.steps import Step
from campaigns.services.participations import refuse_unless_running
from campaigns.workflows import CAMPAIGN
from core import audit, clock, notices
from core.text import format_date
from units.permissions import require

REMIND = "campaigns.remind_units"


@dataclass(frozen=True)
class Reach:
    """Whom a reminder reaches today, and whom it cannot."""

    due: list[Participation]
    already: list[Participation]
    without_account: list[Participation]

    @property
    def count(self) -> int:
        return len(self.due)


def reach_of_reminder(campaign: Campaign, step: Step, *, only: Collection[int] | None = None) -> Reach:
    """The units that have not sent what `step` asks, told apart by whether they can be reminded today."""
    owing = [row for row in step.owing(campaign) if only is None or row.pk in only]
    people = acting([row.unit_id for row in owing])
    told = set(
        Reminder.objects.filter(participation__in=owing, day=clock.today()).values_list("participation", flat=True)
    )
    unreached = [row for row in owing if not people[row.unit_id]]
    already = [row for row in owing if people[row.unit_id] and row.pk in told]
    due = [row for row in owing if people[row.unit_id] and row.pk not in told]
    return Reach(due, already, unreached)


@transaction.atomic
def remind_units(*, campaign_id: int, step: Step, actor: User, only: Collection[int] | None = None) -> Reach:
    """Remind each unit that owes `step`, at most once a day; returns who was reminded and who was not.

    The campaign is locked, so that two officers who press at once remind nobody twice.
    """
    campaign = CAMPAIGN.lock(campaign_id, actor=actor)
    require(actor, REMIND, campaign)
    refuse_unless_running(campaign)
    reach = reach_of_reminder(campaign, step, only=only)
    day = clock.today()
    Reminder.objects.bulk_create(
        Reminder(participation=row, period=step.period, day=day, created_by=actor) for row in reach.due
    )
    people = acting([row.unit_id for row in reach.due])
    for row in reach.due:
        notices.after_commit(
            "unit_reminded", recipients=people[row.unit_id], target=row,
            params={
                "title": campaign.title, "step": str(step.label), "unit": str(row),
                "due": format_date(step.due_on) if step.due_on else "",
                "period": step.period.pk if step.period is not None else None,
            },
            dedupe=f"unit_reminded:{row.pk}:{day:%Y-%m-%d}",
        )  # fmt: skip
    if reach.due:
        names = ", ".join(map(str, reach.due))
        audit.record("campaign.units_reminded", actor=actor, subject=campaign,
                     changes={"step": [None, str(step.label)], "units": [None, names]})  # fmt: skip
    return reach
