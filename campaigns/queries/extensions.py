"""What units asked for in the way of more time."""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from campaigns.enums import ExtensionState
from campaigns.models import Campaign, ExtensionRequest, Participation, ProgressReport, ReportingPeriod


def open_requests(user: User, *, campaign: Campaign) -> QuerySet[ExtensionRequest]:
    """Of the campaign, those that still wait for an answer: once the report is sent there is none to give."""
    sent = ProgressReport.objects.filter(
        participation=OuterRef("participation"), period=OuterRef("period"), sent_at__isnull=False
    )
    rows = ExtensionRequest.objects.visible_to(user).filter(participation__campaign=campaign)
    rows = rows.filter(~Exists(sent), state=ExtensionState.ASKED)
    return rows.select_related("participation__unit", "period").order_by("pk")


def newest_request(user: User, participation: Participation, period: ReportingPeriod) -> ExtensionRequest | None:
    """The unit's last word on it, with what was answered."""
    rows = ExtensionRequest.objects.visible_to(user).filter(participation=participation, period=period)
    return rows.order_by("-pk").first()
