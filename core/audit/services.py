"""Writing an entry."""

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models, transaction

from core import clock
from core.audit.actions import ACTIONS, UnknownAction
from core.audit.changes import clean_text, storable_changes
from core.audit.hashing import row_hash
from core.audit.models import Entry, Unsealed
from core.audit.sealing import seal_after_commit
from core.log import request_id

logger = logging.getLogger(__name__)


@transaction.atomic
def record_entry(
    action: str,
    *,
    actor: Any,
    subject: models.Model,
    changes: Mapping[str, Any] | None,
    reason: str,
    organiser_id: int | None,
) -> Entry:
    """See `core.audit.record`. An entry that cannot be written takes the deed down with it."""
    if action not in ACTIONS:
        if settings.MODE != "production":
            raise UnknownAction(f"{action!r} has no words: register it by audit.register_actions.")
        logger.error("audited action %r has no registered words", action)
    entry = Entry(
        at=clock.real_now(),
        business_day=clock.today(),
        actor=actor,
        actor_label=clean_text(str(actor))[:200] if actor is not None else "",
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=clean_text(str(subject))[:300],
        organiser_id=getattr(subject, "organiser_id", None) if organiser_id is None else organiser_id,
        changes=storable_changes(changes),
        reason=clean_text(reason),
        request_id=request_id.get(),
    )
    entry.row_hash = row_hash(entry)
    entry.save()
    Unsealed.objects.create(entry=entry)
    seal_after_commit()
    return entry
