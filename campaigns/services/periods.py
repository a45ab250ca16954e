"""When the units of a campaign report."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.enums import CampaignState, PeriodKind
from campaigns.models import Campaign, ReportingPeriod
from campaigns.workflows import CAMPAIGN
from core import audit, clock
from core.errors import MovedOn, ServiceError, WrongState
from core.text import clean_line
from core.workflow import write_versioned
from units.permissions import require

MANAGE = "campaigns.manage_period"
OPEN = (CampaignState.DRAFT, CampaignState.LAUNCHED)
FIELDS = ("name", "kind", "starts_on", "ends_on", "due_at", "expected_share")
FIXED = ("kind", "starts_on", "ends_on")


def end_of(day: date) -> datetime:
    """The last moment of a due day: what is sent on the day itself is in time."""
    return datetime.combine(day, time(23, 59, 59), clock.ZONE)


@transaction.atomic
def create_period(
    *, campaign_id: int, name: str, starts_on: date, ends_on: date, due_at: datetime, actor: User,
    kind: str = PeriodKind.FREE, expected_share: Decimal | None = None,
) -> ReportingPeriod:  # fmt: skip
    """Add a period to a campaign that is written or runs. Raises ServiceError at the field that is wrong."""
    campaign = _locked(campaign_id, actor)
    values = {"name": clean_line(name), "kind": kind, "starts_on": starts_on, "ends_on": ends_on, "due_at": due_at,
              "expected_share": expected_share}  # fmt: skip
    _check(campaign, values)
    period = ReportingPeriod.objects.create(campaign=campaign, created_by=actor, **values)
    audit.record("period.created", actor=actor, subject=period, changes={"name": [None, period.name]})
    return period


@transaction.atomic
def edit_period(*, period_id: int, version: int, actor: User, **values: Any) -> ReportingPeriod:
    """Change a period. Its days and kind stand as soon as a unit has begun to report by them.

    Raises WrongState for those, MovedOn, and ServiceError at the field that is wrong.
    """
    period = _locked_period(period_id, actor, version)
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"not a field of a period: {', '.join(sorted(unknown))}")
    after = {name: getattr(period, name) for name in FIELDS} | values
    after["name"] = clean_line(after["name"])
    if any(after[name] != getattr(period, name) for name in FIXED) and period.reports.exists():
        raise WrongState(_("Units report by this period already: its days and kind stay as they are."))
    _check(period.campaign, after, but=period)
    changes = {name: [_plain(getattr(period, name)), _plain(after[name])] for name in FIELDS
               if after[name] != getattr(period, name)}  # fmt: skip
    if changes:
        write_versioned(period, **after)
        audit.record("period.edited", actor=actor, subject=period, changes=changes)
    return period


@transaction.atomic
def remove_period(*, period_id: int, actor: User) -> None:
    """Remove a period that nobody has used. Raises WrongState once a unit reports by it or was reminded of it."""
    period = _locked_period(period_id, actor)
    used = (period.reports, period.extensions, period.extension_requests, period.reminders)
    if any(rows.exists() for rows in used):
        raise WrongState(_("Units have this period already; it can no longer be removed."))
    audit.record("period.removed", actor=actor, subject=period, changes={"name": [period.name, None]})
    period.delete()


def _locked(campaign_id: int, actor: User) -> Campaign:
    campaign = CAMPAIGN.lock(campaign_id, actor=actor)
    require(actor, MANAGE, campaign)
    if campaign.state not in OPEN:
        raise WrongState(_("The campaign has ended; its periods stay as they are."))
    return campaign


def _locked_period(period_id: int, actor: User, version: int | None = None) -> ReportingPeriod:
    found = ReportingPeriod.objects.visible_to(actor).get(pk=period_id)
    _locked(found.campaign_id, actor)
    period = ReportingPeriod.objects.select_related("campaign").get(pk=period_id)
    if version is not None and period.version != version:
        raise MovedOn(subject=period)
    return period


def _check(campaign: Campaign, values: dict[str, Any], but: ReportingPeriod | None = None) -> None:
    if not values["name"]:
        raise ServiceError(_("Give the period a name."), field="name")
    same = ReportingPeriod.objects.filter(campaign=campaign, name=values["name"])
    if (same if but is None else same.exclude(pk=but.pk)).exists():
        raise ServiceError(_("The campaign has a period of this name already."), field="name")
    if values["ends_on"] < values["starts_on"]:
        raise ServiceError(_("The last day does not come before the first."), field="ends_on")
    share = values["expected_share"]
    if share is not None and not 0 <= share <= 100:
        raise ServiceError(_("A share lies between 0 and 100."), field="expected_share")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else None if value is None else str(value)
