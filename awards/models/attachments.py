"""Files on the records of this room. Whoever reads the record reads its files."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import FileKind
from awards.models.decision import Decision
from awards.models.nomination import Nomination
from awards.models.registration import TitleRegistration
from awards.models.submission import Submission
from core.files.models import Attachment, AttachmentQuerySet


class RegistrationAttachmentQuerySet(AttachmentQuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the registrations I may see."""
        return self.filter(registration__in=TitleRegistration.objects.visible_to(user).order_by().values("pk"))


class RegistrationAttachment(Attachment):
    """The list by which titles were registered on paper; one file may stand at many rows."""

    registration = models.ForeignKey(TitleRegistration, models.PROTECT, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=12, choices=FileKind, default=FileKind.PAPER)

    objects = RegistrationAttachmentQuerySet.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("file of a title registration")


class SubmissionAttachmentQuerySet(AttachmentQuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the submissions I may see."""
        return self.filter(submission__in=Submission.objects.visible_to(user).order_by().values("pk"))


class SubmissionAttachment(Attachment):
    """The signed letter, the minutes, or the scan of what came on paper."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=12, choices=FileKind, default=FileKind.LETTER)

    objects = SubmissionAttachmentQuerySet.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("file of a submission")


class NominationAttachmentQuerySet(AttachmentQuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the nominations I may see."""
        return self.filter(nomination__in=Nomination.objects.visible_to(user).order_by().values("pk"))


class NominationAttachment(Attachment):
    """A paper of the dossier; `item` is the code of the catalogue's dossier item it answers."""

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=12, choices=FileKind, default=FileKind.ACHIEVEMENTS)
    item = models.CharField(_("paper of the dossier"), max_length=60, blank=True)

    objects = NominationAttachmentQuerySet.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("file of a nomination")


class DecisionAttachmentQuerySet(AttachmentQuerySet):
    def visible_to(self, user: User) -> Self:
        """Of the decisions I may see."""
        return self.filter(decision__in=Decision.objects.visible_to(user).order_by().values("pk"))


class DecisionAttachment(Attachment):
    """The signed decision, kept byte for byte, and its annexes."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=12, choices=FileKind, default=FileKind.DECISION)

    objects = DecisionAttachmentQuerySet.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("file of a decision")


ATTACHMENT_MODELS: tuple[type[Attachment], ...] = (
    RegistrationAttachment,
    SubmissionAttachment,
    NominationAttachment,
    DecisionAttachment,
)
"""Entered into core.files when the application starts."""
