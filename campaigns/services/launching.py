"""The launch: what must be there, who is reached, what is settled by it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import CampaignState
from campaigns.models import Campaign, Participation
from campaigns.queries.people import acting
from campaigns.queries.plan import revision_on
from campaigns.services.campaigns import lock_draft
from campaigns.workflows import CAMPAIGN
from core import audit, clock, notices
from core.errors import ServiceError
from units.models import Unit


@dataclass(frozen=True)
class Lack:
    """Something a launch still needs: the words, and the step of the form where it is given."""

    text: str | Promise
    step: str


def lacks(campaign: Campaign) -> list[Lack]:
    """What Article 17 of the Law asks of a movement and this draft does not have yet.

    Goal, scope, participants, content and criteria, time (law.md, rule E3). Number, date and scan of the
    paper may follow.
    """
    given = [
        (campaign.goal, _("The goal is not written yet."), "general"),
        (campaign.participants, _("Who takes part is not written yet."), "general"),
        (campaign.criteria, _("The criteria are not written yet."), "general"),
        (campaign.starts_on, _("The first day is not given yet."), "time"),
        (campaign.ends_on or campaign.end_event, _("Give the last day, or the event it runs until."), "time"),
        (campaign.focus_areas.exists(), _("There is no focus area yet."), "plan"),
        (campaign.participations.exists(), _("No unit is chosen yet."), "units"),
    ]
    missing = [Lack(text, step) for there, text, step in given if not there]
    empty = campaign.focus_areas.filter(body="", indicators__isnull=True).first()
    if empty is not None:
        missing.append(Lack(_("A focus area has neither content nor indicators."), "plan"))
    return missing


def units_without_account(campaign: Campaign) -> list[Unit]:
    """Units the launch would reach on paper only: nobody with an active account acts for them."""
    units = units_of(campaign)
    reached = acting([unit.pk for unit in units])
    return [unit for unit in units if not reached[unit.pk]]


def units_of(campaign: Campaign) -> list[Unit]:
    """The units of a campaign in their official order."""
    return list(Unit.objects.filter(participations__campaign=campaign).in_official_order())


@transaction.atomic
def launch_campaign(*, campaign_id: int, version: int, actor: User) -> Campaign:
    """Launch to every unit at once: revision 0 is frozen, names are kept as of today, units are told.

    Raises ServiceError naming the first thing that is missing.
    """
    campaign = lock_draft(campaign_id, actor=actor, version=version)
    for lack in lacks(campaign):
        raise ServiceError(lack.text, field=lack.step)
    before = CAMPAIGN.advance(
        campaign, to=CampaignState.LAUNCHED, actor=actor, launched_at=clock.now(), launched_by=actor
    )
    revision = revision_on(campaign, None)
    revision.frozen_at, revision.effective_from = clock.now(), campaign.starts_on
    revision.save(update_fields=["frozen_at", "effective_from"])
    units = units_of(campaign)
    keep_names(campaign)
    audit.record("campaign.launched", actor=actor, subject=campaign,
                 changes={"state": [before, campaign.state], "units": [0, len(units)]})  # fmt: skip
    told = {user.pk: user for users in acting([unit.pk for unit in units]).values() for user in users}
    notices.after_commit("campaign_launched", recipients=list(told.values()), target=campaign,
                         params={"title": campaign.title}, dedupe=f"campaign_launched:{campaign.pk}")  # fmt: skip
    return campaign


def keep_names(campaign: Campaign) -> None:
    """The name a unit had at the launch stays with its participation."""
    day = clock.today()
    named = Unit.objects.filter(participations__campaign=campaign).named_on(day)
    names = {unit.pk: unit.name_then for unit in named}  # type: ignore[attr-defined]
    rows = list(Participation.objects.filter(campaign=campaign))
    for row in rows:
        row.unit_name_then, row.state_at = names[row.unit_id], clock.now()
    Participation.objects.bulk_update(rows, ["unit_name_then", "state_at"])
