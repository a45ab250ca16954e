"""The papers of a campaign: the signed plan, annexes, guidance."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import FileKind
from campaigns.models import Campaign, CampaignDocument
from campaigns.queries.plan import revision_on
from campaigns.services.campaigns import lock_writable
from core import audit, clock, files
from core.errors import ServiceError


@transaction.atomic
def add_document(*, campaign_id: int, upload: Any, label: str, kind: str, actor: User) -> CampaignDocument:
    """Attach a file to the campaign. Raises BadFile for one that may not come in."""
    campaign = lock_writable(campaign_id, actor=actor)
    stored = files.store(upload, owner=actor)
    document = CampaignDocument.objects.create(
        campaign=campaign, file=stored, label=label or stored.name, kind=kind, added_by=actor,
        position=campaign.documents.count() + 1,
        revision=revision_on(campaign, None) if kind == FileKind.PLAN else None,
    )  # fmt: skip
    audit.record("campaign.document_added", actor=actor, subject=campaign, changes={"file": [None, document.label]})
    return document


@transaction.atomic
def remove_document(*, document_id: int, actor: User) -> Campaign:
    """Take a paper off the campaign; the file stays in the record of what was there."""
    document = CampaignDocument.objects.visible_to(actor).get(pk=document_id)
    campaign = lock_writable(document.campaign_id, actor=actor)
    if document.removed_at is not None:
        raise ServiceError(_("This document was already taken off."))
    document.removed_at = clock.real_now()
    document.save(update_fields=["removed_at"])
    audit.record("campaign.document_removed", actor=actor, subject=campaign, changes={"file": [document.label, None]})
    return campaign
