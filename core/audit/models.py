"""The audit trail: entries, the chain over them, and the entries that wait to be chained."""

from typing import Any, Never, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.audit.actions import action_text
from core.audit.changes import Change, change_rows
from core.clock import ZONE
from core.text.fields import SearchKeyField
from core.text.models import KeyedModel
from core.text.querysets import KeyedQuerySet


class InsertOnlyError(RuntimeError):
    """Somebody tried to change or delete what may only be added to."""


class InsertOnlyQuerySet(KeyedQuerySet[Any]):
    """Rows that are never changed or deleted; the database's triggers say the same to everybody else."""

    def _refuse(self) -> Never:
        raise InsertOnlyError(f"{self.model._meta.label} is insert-only.")

    def update(self, **kwargs: Any) -> Never:
        self._refuse()

    def bulk_update(self, *args: Any, **kwargs: Any) -> Never:
        self._refuse()

    def delete(self) -> Never:
        self._refuse()

    def _raw_delete(self, using: str | None) -> Never:
        self._refuse()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_conflicts") or kwargs.get("ignore_conflicts"):
            self._refuse()
        return super().bulk_create(objs, *args, **kwargs)


class InsertOnlyModel(models.Model):
    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; raises InsertOnlyError for a row that is already stored."""
        if not self._state.adding:
            raise InsertOnlyError(f"{self._meta.label} is insert-only.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise InsertOnlyError(f"{self._meta.label} is insert-only.")


class EntryQuerySet(InsertOnlyQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All of it for administrators, nothing for others; record pages show a record's own history."""
        return self.all() if user.is_active and user.is_administrator else self.none()

    def about(self, subject: models.Model) -> Self:
        """The history of one record, newest first."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk)).order_by("-pk")

    def without_link(self) -> Self:
        """Entries not chained, by comparing the whole tables: for verification, not for requests."""
        return self.filter(link__isnull=True).order_by("pk")


class Entry(InsertOnlyModel, KeyedModel):
    """One deed, as it was when it was done. Written only by `core.audit.record`.

    Labels are kept beside the keys, so that the entry reads the same after a rename.
    """

    keys_stay = True  # even a derived column of an entry is never written again

    at = models.DateTimeField(_("time"))
    business_day = models.DateField(_("business day"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("actor"),
        db_index=False,
    )  # fmt: skip
    actor_label = models.CharField(max_length=200, blank=True)
    action = models.CharField(_("action"), max_length=64)
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    subject_label = models.CharField(_("record"), max_length=300)
    organiser_id = models.BigIntegerField(null=True)  # a unit's key; this floor does not know units
    changes = models.JSONField(_("changes"), default=dict)
    reason = models.TextField(_("reason"), blank=True)
    request_id = models.CharField(_("request number"), max_length=64, blank=True)
    row_hash = models.CharField(max_length=64)
    search = SearchKeyField(source=("subject_label", "actor_label"))  # derived, so not in the hash

    objects = EntryQuerySet.as_manager()

    class Meta(InsertOnlyModel.Meta):
        verbose_name = _("audit entry")
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_entry_subject"),
            models.Index(fields=["actor", "id"], name="audit_entry_actor"),
            models.Index(fields=["organiser_id", "id"], name="audit_entry_organiser"),
            models.Index(fields=["action", "id"], name="audit_entry_action"),
            models.Index(fields=["at", "id"], name="audit_entry_at"),
            # the orders of the list
            models.Index(fields=["actor_label", "id"], name="audit_entry_actor_name"),
            models.Index(fields=["subject_label", "id"], name="audit_entry_subject_name"),
        ]

    def __str__(self) -> str:
        return f"{self.action_text}: {self.subject_label}"

    @property
    def action_text(self) -> str:
        """The action in words, in the reader's language."""
        return action_text(self.action)

    @property
    def actor_text(self) -> str:
        """Who did it, under the name of that time."""
        return self.actor_label or str(_("The system"))

    @property
    def is_on_another_day(self) -> bool:
        """Whether the deed was judged as of another day than the one it was done on."""
        return self.business_day != self.at.astimezone(ZONE).date()

    @property
    def change_rows(self) -> list[Change]:
        """The changes as words: the field's name, before, after."""
        return change_rows(self.subject_type, self.changes)


class Link(InsertOnlyModel):
    """One link of the chain: it holds its entry's hash and the link before it. Written by the sealer only."""

    seq = models.PositiveBigIntegerField(unique=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="link")
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = InsertOnlyQuerySet.as_manager()

    class Meta(InsertOnlyModel.Meta):
        verbose_name = _("audit link")

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


class Unsealed(models.Model):
    """An entry that waits for the sealer: written with the entry, removed with its sealing.

    Without this row the sealer would have to compare whole tables in each request: numbers come in
    another order than commits, so "everything after the last link" would miss entries.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="+")

    class Meta:
        verbose_name = _("unsealed audit entry")

    def __str__(self) -> str:
        return str(self.pk)
