"""Whether a unit joins. Joining is voluntary: its head decides, by hand or on paper."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import CampaignState, ParticipationState
from campaigns.models import Campaign, Participation, ParticipationAttachment
from campaigns.queries.people import standing_officers
from campaigns.services.papers import Paper, attach_scan, check_paper, named_on
from campaigns.workflows import PARTICIPATION
from core import audit, clock, notices
from core.errors import ServiceError

ACTIONS = {
    ParticipationState.JOINED: "participation.joined",
    ParticipationState.NOT_JOINING: "participation.declined",
}


class CampaignEnded(ServiceError):
    """The campaign takes nothing in any more, or not yet."""


def refuse_unless_running(campaign: Campaign) -> None:
    """Units join, pledge and report only while the campaign runs. Raises CampaignEnded."""
    if campaign.state != CampaignState.LAUNCHED:
        raise CampaignEnded(_("The campaign is not running; nothing can be sent to it."))


@transaction.atomic
def decide_joining(
    *, participation_id: int, version: int, joining: bool, actor: User, reason: str = "", paper: Paper | None = None
) -> Participation:
    """Record that the unit joins or does not. With `paper` it is entered on behalf of the unit.

    Raises ServiceError without a reason for not joining, CampaignEnded, WrongState if it was decided so
    before, NotAllowed for whoever is neither the unit's head nor enters its paper.
    """
    participation = PARTICIPATION.lock(participation_id, actor=actor, version=version)
    refuse_unless_running(participation.campaign)
    if not joining and not reason.strip():
        raise ServiceError(_("Say why the unit does not join."), field="reason")
    values = {}
    if paper is not None:
        check_paper(paper)
        values = named_on(participation, paper)
    to = ParticipationState.JOINED if joining else ParticipationState.NOT_JOINING
    before = PARTICIPATION.advance(
        participation,
        to=to,
        actor=actor,
        state_reason="" if joining else reason.strip(),
        state_at=clock.now(),
        **values,
    )
    if paper is not None:
        attach_scan(ParticipationAttachment, paper=paper, actor=actor, participation=participation)
    audit.record(ACTIONS[to], actor=actor, subject=participation, reason=reason.strip(),
                 changes=_changes(before, participation))  # fmt: skip
    if not joining:
        notices.after_commit(
            "unit_not_joining", recipients=standing_officers(participation.campaign.organiser_id),
            target=participation.campaign, params={"unit": str(participation), "reason": reason.strip()},
        )  # fmt: skip
    return participation


def join_by_sending(participation: Participation, *, actor: User, paper: Paper | None) -> None:
    """An invited unit joins by sending its pledge: the head who sends is the one who decides.

    Called with the participation locked, in the transaction that sends.
    """
    if participation.state == ParticipationState.NOT_JOINING:
        raise ServiceError(_("The unit does not join this campaign. Let it join before the pledge is sent."))
    if participation.state != ParticipationState.INVITED:
        return
    values = {} if paper is None else named_on(participation, paper)
    before = PARTICIPATION.advance(
        participation, to=ParticipationState.JOINED, actor=actor, state_at=clock.now(), **values
    )
    audit.record("participation.joined", actor=actor, subject=participation, changes=_changes(before, participation))


def _changes(before: str, participation: Participation) -> dict[str, list[object]]:
    changes: dict[str, list[object]] = {"state": [before, participation.state]}
    if participation.on_behalf:
        changes["paper_symbol"] = ["", participation.paper_symbol]
    return changes
