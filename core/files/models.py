"""Stored files, and the abstract attachment that ties one to a record."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.files.attachments import ATTACHMENTS
from core.files.enums import FileState


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def visible_to(self, user: Any) -> Self:
        """One's own files, and those that hang, not removed, on a record one may read."""
        allowed = Q(owner=user)
        for model in ATTACHMENTS.values():
            hanging = model._default_manager.visible_to(user).filter(  # type: ignore[attr-defined]
                file=OuterRef("pk"), removed_at__isnull=True
            )
            allowed |= Q(Exists(hanging.order_by()))
        return self.filter(allowed)


class StoredFile(models.Model):
    """A file in the store. Its place is a uuid chosen here; what the sender called it is only a label."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=200, unique=True, editable=False)
    name = models.CharField(_("file name"), max_length=150)
    size = models.PositiveBigIntegerField(_("size"))
    mime = models.CharField(_("kind of file"), max_length=100)
    sha256 = models.CharField(max_length=64, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("stored by"))
    state = models.CharField(_("state"), max_length=10, choices=FileState, default=FileState.PENDING)
    expires = models.DateTimeField(_("kept until"), null=True, blank=True)
    created_at = models.DateTimeField(_("stored at"))

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("stored file")
        indexes = [
            models.Index(fields=["sha256"], name="files_sha256"),
            models.Index(fields=["state", "created_at"], name="files_state_created"),
            models.Index(
                fields=["expires"], name="files_expiring", condition=Q(state=FileState.READY, expires__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Where it is downloaded, by those who may."""
        return reverse("files:download", args=[self.uuid])


class AttachmentQuerySet(models.QuerySet[Any]):
    """Base of the querysets of concrete attachments; each adds its own `visible_to`."""

    def live(self) -> Self:
        """Those not removed, in their order."""
        return self.filter(removed_at__isnull=True).order_by("position", "pk")


class Attachment(models.Model):
    """A file on a record. Concrete in each app, with a real foreign key to the record.

    Removing sets `removed_at`: the file no longer opens through this record, the trace stays.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    label = models.CharField(_("what it shows"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.label or self.file.name
