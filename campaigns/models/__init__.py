"""The tables of this room, one noun a module."""

from campaigns.models.attachments import (
    ATTACHMENT_MODELS,
    CampaignDocument,
    FigureAttachment,
    ParticipationAttachment,
    PledgeAttachment,
    ReportAttachment,
)
from campaigns.models.campaign import Campaign
from campaigns.models.figure import Figure, FigureChange
from campaigns.models.indicator import Indicator, IndicatorUnitKind, Target
from campaigns.models.participation import Participation
from campaigns.models.period import Extension, ExtensionRequest, ReportingPeriod
from campaigns.models.plan import FocusArea, PlanRevision
from campaigns.models.pledge import Pledge, PledgeLine
from campaigns.models.reminder import Reminder
from campaigns.models.report import ProgressReport, ReportPart

__all__ = [
    "ATTACHMENT_MODELS", "Campaign", "CampaignDocument", "Extension", "ExtensionRequest", "Figure", "FigureAttachment",
    "FigureChange", "FocusArea", "Indicator", "IndicatorUnitKind", "Participation", "ParticipationAttachment",
    "PlanRevision", "Pledge", "PledgeAttachment", "PledgeLine", "ProgressReport", "Reminder", "ReportAttachment",
    "ReportPart", "ReportingPeriod", "Target",
]  # fmt: skip
