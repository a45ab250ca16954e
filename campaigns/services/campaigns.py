"""Writing a campaign: begun empty or from another one, edited while a draft, ended at last."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import CampaignState
from campaigns.models import Campaign, PlanRevision
from campaigns.workflows import CAMPAIGN
from core import audit, clock
from core.errors import ServiceError
from core.workflow import write_versioned
from units.models import Unit
from units.permissions import At, require

DRAFT_FIELDS = frozenset(
    {
        "title", "theme", "instrument", "instrument_words", "form", "scope", "goal", "participants", "criteria",
        "measures", "starts_on", "ends_on", "end_event", "pledge_due_on", "margin", "parent", "parent_text",
    }
)  # fmt: skip
PAPER_FIELDS = frozenset({"symbol", "signed_on", "signer_then"})
"""The paper's number and date may follow the launch ("chờ số văn bản")."""


@transaction.atomic
def create_campaign(*, organiser: Unit, title: str, actor: User, **values: Any) -> Campaign:
    """Begin a draft with its revision 0. Raises NotAllowed outside the standing body of `organiser`."""
    require(actor, "campaigns.write_campaign", At(organiser.pk))
    refuse_unknown(values, DRAFT_FIELDS | PAPER_FIELDS | {"copied_from"})
    check_days(values)
    campaign = Campaign.objects.create(organiser=organiser, title=title, created_by=actor, **values)
    PlanRevision.objects.create(campaign=campaign, number=0, created_by=actor)
    audit.record("campaign.created", actor=actor, subject=campaign, changes={"title": [None, title]})
    return campaign


@transaction.atomic
def edit_campaign(*, campaign_id: int, version: int, actor: User, **values: Any) -> Campaign:
    """Change a draft; of a launched campaign only the number, date and signer of its paper.

    Raises ServiceError for a field that is settled, for days that do not follow each other and for a
    number that another campaign of the organiser has.
    """
    campaign = lock_writable(campaign_id, actor=actor, version=version)
    allowed = PAPER_FIELDS | (DRAFT_FIELDS if campaign.state == CampaignState.DRAFT else frozenset())
    if settled := set(values) - allowed:
        raise ServiceError(_("A launched campaign keeps what it was launched with."), field=min(settled))
    check_days({name: values.get(name, getattr(campaign, name)) for name in ("starts_on", "ends_on", "pledge_due_on")})
    refuse_taken_symbol(campaign, values)
    changed = {name: [getattr(campaign, name), value] for name, value in values.items()
               if getattr(campaign, name) != value}  # fmt: skip
    if changed:
        write_versioned(campaign, **{name: pair[1] for name, pair in changed.items()})
        audit.record("campaign.edited", actor=actor, subject=campaign, changes=shown(changed))
    return campaign


@transaction.atomic
def close_campaign(*, campaign_id: int, version: int, actor: User) -> Campaign:
    """End a launched campaign. Its paper must have number and date by then (the workflow's guard)."""
    campaign = CAMPAIGN.lock(campaign_id, actor=actor, version=version)
    before = CAMPAIGN.advance(campaign, to=CampaignState.CLOSED, actor=actor, closed_at=clock.now())
    audit.record("campaign.closed", actor=actor, subject=campaign, changes={"state": [before, campaign.state]})
    return campaign


@transaction.atomic
def cancel_campaign(*, campaign_id: int, version: int, actor: User, reason: str) -> Campaign:
    """Give a campaign up, with the reason that its units will read."""
    campaign = CAMPAIGN.lock(campaign_id, actor=actor, version=version)
    before = CAMPAIGN.advance(campaign, to=CampaignState.CANCELLED, actor=actor, state_reason=reason)
    audit.record(
        "campaign.cancelled", actor=actor, subject=campaign, changes={"state": [before, campaign.state]}, reason=reason
    )
    return campaign


@transaction.atomic
def archive_campaign(*, campaign_id: int, version: int, actor: User) -> Campaign:
    """Put a closed campaign away; it stays readable."""
    campaign = CAMPAIGN.lock(campaign_id, actor=actor, version=version)
    before = CAMPAIGN.advance(campaign, to=CampaignState.ARCHIVED, actor=actor)
    audit.record("campaign.archived", actor=actor, subject=campaign, changes={"state": [before, campaign.state]})
    return campaign


def lock_writable(campaign_id: int, *, actor: User, version: int | None = None) -> Campaign:
    """The campaign locked for a change by its standing body. Raises WrongState once it has ended."""
    campaign = CAMPAIGN.lock(campaign_id, actor=actor, version=version)
    require(actor, "campaigns.write_campaign", campaign)
    if campaign.state not in (CampaignState.DRAFT, CampaignState.LAUNCHED):
        raise ServiceError(_("The campaign has ended; it can only be read."))
    return campaign


def lock_draft(campaign_id: int, *, actor: User, version: int | None = None) -> Campaign:
    """The same for what may change only before the launch: content, indicators, common targets."""
    campaign = lock_writable(campaign_id, actor=actor, version=version)
    if campaign.state != CampaignState.DRAFT:
        raise ServiceError(_("The campaign is launched: its plan changes only by a revision."))
    return campaign


def check_days(values: dict[str, Any]) -> None:
    start, end, due = values.get("starts_on"), values.get("ends_on"), values.get("pledge_due_on")
    if end and not start:
        raise ServiceError(_("Give the first day as well."), field="starts_on")
    if start and end and end < start:
        raise ServiceError(_("The last day lies before the first day."), field="ends_on")
    if start and due and end and due > end:
        raise ServiceError(_("Pledges fall due after the campaign has ended."), field="pledge_due_on")


def refuse_taken_symbol(campaign: Campaign, values: dict[str, Any]) -> None:
    symbol, signed_on = (values.get(name, getattr(campaign, name)) for name in ("symbol", "signed_on"))
    twins = Campaign.objects.filter(organiser=campaign.organiser_id, symbol=symbol, signed_on=signed_on)
    if symbol and signed_on and twins.exclude(pk=campaign.pk).exists():
        raise ServiceError(_("Another campaign already has this number and date."), field="symbol")


def refuse_unknown(values: dict[str, Any], allowed: frozenset[str]) -> None:
    if unknown := set(values) - allowed:
        raise TypeError(f"not a field of a campaign: {', '.join(sorted(unknown))}")


def shown(changed: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: [_plain(value) for value in pair] for name, pair in changed.items()}


def _plain(value: Any) -> Any:
    return str(value) if hasattr(value, "pk") else value
