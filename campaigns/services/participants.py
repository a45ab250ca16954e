"""Which units a campaign goes to."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import CampaignState, ParticipationState
from campaigns.models import Campaign, Participation
from campaigns.services.campaigns import lock_draft, lock_writable
from core import audit, clock
from core.errors import ServiceError
from units.models import Unit
from units.reach import line_of


@transaction.atomic
def set_participants(*, campaign_id: int, unit_ids: Iterable[int], actor: User) -> int:
    """Let the draft go to exactly these units; returns their number.

    Raises ServiceError for a unit that is not below the organiser on the business day.
    """
    campaign = lock_draft(campaign_id, actor=actor)
    wanted = set(unit_ids)
    refuse_outside(campaign, wanted)
    there = dict(campaign.participations.values_list("unit_id", "pk"))
    campaign.participations.filter(unit_id__in=set(there) - wanted).delete()
    new = wanted - set(there)
    Participation.objects.bulk_create(
        Participation(campaign=campaign, unit_id=unit, created_by=actor) for unit in sorted(new)
    )
    if new or set(there) - wanted:
        audit.record("campaign.participants_set", actor=actor, subject=campaign,
                     changes={"units": [len(there), len(wanted)]})  # fmt: skip
    return len(wanted)


@transaction.atomic
def add_participant(*, campaign_id: int, unit: Unit, actor: User) -> Participation:
    """Invite one more unit after the launch."""
    campaign = lock_writable(campaign_id, actor=actor)
    if campaign.state != CampaignState.LAUNCHED:
        raise ServiceError(_("Units of a draft are chosen in its third step."))
    refuse_outside(campaign, {unit.pk})
    if campaign.participations.filter(unit=unit).exists():
        raise ServiceError(_("This unit already takes part."), field="unit")
    participation = Participation.objects.create(
        campaign=campaign, unit=unit, unit_name_then=unit.name_on(clock.today()), created_by=actor,
        state=ParticipationState.INVITED, state_at=clock.now(),
    )  # fmt: skip
    audit.record("campaign.participant_added", actor=actor, subject=campaign, changes={"unit": [None, str(unit)]})
    return participation


def refuse_outside(campaign: Campaign, unit_ids: set[int]) -> None:
    """A campaign goes to units below its organiser, on the business day."""
    below = set(line_of([campaign.organiser_id], on=clock.today()).values_list("unit", flat=True))
    if unit_ids - below or campaign.organiser_id in unit_ids:
        raise ServiceError(_("Choose units below the organiser only."), field="units")
