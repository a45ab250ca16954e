"""Files on the records of this room. Whoever reads the record reads its files."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import FileKind
from campaigns.models.campaign import Campaign
from campaigns.models.figure import Figure
from campaigns.models.participation import Participation
from campaigns.models.plan import PlanRevision
from campaigns.models.pledge import Pledge
from campaigns.models.report import ProgressReport, ReportPart
from core.files.models import Attachment, AttachmentQuerySet


class CampaignDocumentQuerySet(AttachmentQuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the campaigns I may open."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user).order_by().values("pk"))


class CampaignDocument(Attachment):
    """A paper of the campaign; with `revision` it is the paper of that revision of the plan."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="documents", verbose_name=_("campaign"))
    revision = models.ForeignKey(
        PlanRevision, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("plan revision")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=FileKind, default=FileKind.PLAN)

    objects = CampaignDocumentQuerySet.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("document of a campaign")


class ParticipationAttachmentQuerySet(AttachmentQuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the participations I may see."""
        return self.filter(participation__in=Participation.objects.visible_to(user).order_by().values("pk"))


class ParticipationAttachment(Attachment):
    """The paper by which a unit joined or did not, where it came on paper."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=10, choices=FileKind, default=FileKind.PAPER)

    objects = ParticipationAttachmentQuerySet.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("file of a participation")


class PledgeAttachmentQuerySet(AttachmentQuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the pledges I may see."""
        return self.filter(pledge__in=Pledge.objects.visible_to(user).order_by().values("pk"))


class PledgeAttachment(Attachment):
    """The signed pledge, or the scan of the one that came on paper."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="attachments", verbose_name=_("pledge"))
    kind = models.CharField(_("kind"), max_length=10, choices=FileKind, default=FileKind.SIGNED)

    objects = PledgeAttachmentQuerySet.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("file of a pledge")


class ReportAttachmentQuerySet(AttachmentQuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the reports I may see."""
        return self.filter(report__in=ProgressReport.objects.visible_to(user).order_by().values("pk"))


class ReportAttachment(Attachment):
    """A file of the whole report or of one of its parts."""

    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="attachments", verbose_name=_("report"))
    part = models.ForeignKey(
        ReportPart, models.PROTECT, null=True, blank=True, related_name="attachments", verbose_name=_("part")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=FileKind, default=FileKind.EVIDENCE)

    objects = ReportAttachmentQuerySet.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("file of a report")


class FigureAttachmentQuerySet(AttachmentQuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the figures I may see."""
        return self.filter(figure__in=Figure.objects.visible_to(user).order_by().values("pk"))


class FigureAttachment(Attachment):
    """Evidence for one figure."""

    figure = models.ForeignKey(Figure, models.PROTECT, related_name="attachments", verbose_name=_("figure"))

    objects = FigureAttachmentQuerySet.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("evidence of a figure")


ATTACHMENT_MODELS: tuple[type[Attachment], ...] = (
    CampaignDocument,
    ParticipationAttachment,
    PledgeAttachment,
    ReportAttachment,
    FigureAttachment,
)
"""Entered into core.files when the application starts."""
