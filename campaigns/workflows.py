"""The states of this room's records and the steps between them, as data. Services take the steps.

Where one step has two rows, the first is the unit's own, the second the standing body's, which enters
what came on paper.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.enums import CampaignState as C
from campaigns.enums import ExtensionState as E
from campaigns.enums import ParticipationState as J
from campaigns.enums import PledgeState as P
from campaigns.enums import ReportState as R
from campaigns.models import Campaign, ExtensionRequest, Participation, Pledge, ProgressReport
from core.errors import ServiceError
from core.workflow import Workflow

ON_PAPER = "campaigns.enter_on_behalf"


def has_symbol(campaign: Campaign, actor: Any) -> None:
    """A campaign may run before its paper has a number; it is not closed without one."""
    if campaign.awaits_symbol:
        raise ServiceError(_("Enter the number and date of the plan before the campaign is closed."), field="symbol")


def came_on_paper(record: Any, actor: Any) -> None:
    """Whoever acts for a unit without being of it names the paper it rests on."""
    if not (record.on_behalf and record.paper_symbol and record.paper_signed_on):
        raise ServiceError(
            _("Enter the number and date of the unit's paper, and attach its scan."), field="paper_symbol"
        )


CAMPAIGN = Workflow(
    Campaign,
    [
        (C.DRAFT, C.LAUNCHED, "campaigns.launch_campaign"),
        (C.DRAFT, C.CANCELLED, "campaigns.write_campaign"),
        (C.LAUNCHED, C.CLOSED, "campaigns.close_campaign", has_symbol),
        (C.LAUNCHED, C.CANCELLED, "campaigns.close_campaign"),
        (C.CLOSED, C.ARCHIVED, "campaigns.close_campaign"),
    ],
)

PARTICIPATION = Workflow(
    Participation,
    [
        (J.INVITED, J.JOINED, "campaigns.decide_joining"),
        (J.INVITED, J.JOINED, ON_PAPER, came_on_paper),
        (J.INVITED, J.NOT_JOINING, "campaigns.decide_joining"),
        (J.INVITED, J.NOT_JOINING, ON_PAPER, came_on_paper),
        (J.JOINED, J.NOT_JOINING, "campaigns.decide_joining"),
        (J.JOINED, J.NOT_JOINING, ON_PAPER, came_on_paper),
        (J.NOT_JOINING, J.JOINED, "campaigns.decide_joining"),
        (J.NOT_JOINING, J.JOINED, ON_PAPER, came_on_paper),
    ],
)

PLEDGE = Workflow(
    Pledge,
    [
        (P.DRAFT, P.WITH_HEAD, "campaigns.edit_pledge"),
        (P.WITH_HEAD, P.DRAFT, "campaigns.edit_pledge"),
        (P.DRAFT, P.SENT, "campaigns.send_pledge"),
        (P.DRAFT, P.SENT, ON_PAPER, came_on_paper),
        (P.WITH_HEAD, P.SENT, "campaigns.send_pledge"),
        (P.WITH_HEAD, P.SENT, ON_PAPER, came_on_paper),
        (P.SENT, P.ACCEPTED, "campaigns.take_in_pledge"),
        (P.SENT, P.RETURNED, "campaigns.take_in_pledge"),
        (P.RETURNED, P.WITH_HEAD, "campaigns.edit_pledge"),
        (P.RETURNED, P.SENT, "campaigns.send_pledge"),
        (P.RETURNED, P.SENT, ON_PAPER, came_on_paper),
    ],
)

REPORT = Workflow(
    ProgressReport,
    [
        (R.DRAFT, R.WITH_HEAD, "campaigns.edit_report"),
        (R.WITH_HEAD, R.DRAFT, "campaigns.edit_report"),
        (R.DRAFT, R.SENT, "campaigns.send_report"),
        (R.DRAFT, R.SENT, ON_PAPER, came_on_paper),
        (R.WITH_HEAD, R.SENT, "campaigns.send_report"),
        (R.WITH_HEAD, R.SENT, ON_PAPER, came_on_paper),
        (R.SENT, R.ACCEPTED, "campaigns.take_in_report"),
        (R.SENT, R.RETURNED, "campaigns.take_in_report"),
        (R.RETURNED, R.WITH_HEAD, "campaigns.edit_report"),
        (R.RETURNED, R.SENT, "campaigns.send_report"),
        (R.RETURNED, R.SENT, ON_PAPER, came_on_paper),
        (R.ACCEPTED, R.CLOSED, "campaigns.close_report"),
        (R.CLOSED, R.REOPENED, "campaigns.reopen_report"),
        (R.REOPENED, R.CLOSED, "campaigns.close_report"),
    ],
)

EXTENSION = Workflow(
    ExtensionRequest,
    [
        (E.ASKED, E.GRANTED, "campaigns.manage_period"),
        (E.ASKED, E.REFUSED, "campaigns.manage_period"),
        (E.ASKED, E.WITHDRAWN, "campaigns.edit_report"),
    ],
)
