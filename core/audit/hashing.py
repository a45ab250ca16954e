"""What an entry's own hash and a link's hash are taken over."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.audit.models import Entry

GENESIS = "0" * 64  # what the first link calls its predecessor


def row_hash(entry: "Entry") -> str:
    """SHA-256 over a canonical JSON of everything the entry says.

    The row's number is not in it, as it is not known before the insert; the link binds it.
    """
    said: Mapping[str, Any] = {
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "business_day": entry.business_day.isoformat(),
        "actor": entry.actor_id,
        "actor_label": entry.actor_label,
        "action": entry.action,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "subject_label": entry.subject_label,
        "organiser": entry.organiser_id,
        "changes": entry.changes,
        "reason": entry.reason,
        "request": entry.request_id,
    }
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def link_hash(*, seq: int, entry_id: int, entry_hash: str, prev_hash: str) -> str:
    """The hash of link number `seq`: its entry's number and hash, and the link before it."""
    return hashlib.sha256(f"{seq}:{entry_id}:{entry_hash}:{prev_hash}".encode()).hexdigest()
