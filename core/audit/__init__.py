"""Who did what, when and why: insert-only entries, chained afterwards so that nobody can edit them unseen.

``from core import audit`` is the door of this room. The functions import their modules when called:
services of other apps import this package while Django is still loading its models.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from core.audit.actions import ACTIONS, UnknownAction, register_actions, register_labels

if TYPE_CHECKING:
    from django.db.models import Model

    from core.audit.models import Entry, EntryQuerySet
    from core.audit.verification import Verification

__all__ = [
    "ACTIONS",
    "UnknownAction",
    "entries_for",
    "record",
    "register_actions",
    "register_labels",
    "seal",
    "unsealed_count",
    "verify",
]


def record(
    action: str,
    *,
    actor: Any,
    subject: "Model",
    changes: Mapping[str, Any] | None = None,
    reason: str = "",
    organiser_id: int | None = None,
) -> "Entry":
    """Write that `actor` did `action` to `subject`, in the transaction of the deed itself.

    `actor` None is the system. `changes` is ``{"field": [before, after]}``; values of secret fields
    are masked. `organiser_id` defaults to the subject's own. Raises UnknownAction for an action
    without registered words (in production it is logged instead: a missing word stops nobody's work).
    """
    from core.audit.services import record_entry  # noqa: PLC0415 -- models are not loaded yet

    return record_entry(action, actor=actor, subject=subject, changes=changes, reason=reason, organiser_id=organiser_id)


def seal(limit: int | None = None) -> int:
    """Chain up to `limit` entries (None: all that wait) and return how many were chained."""
    from core.audit.sealing import seal_waiting  # noqa: PLC0415 -- models are not loaded yet

    return seal_waiting(limit)


def verify() -> "Verification":
    """Prove every entry's own hash and the chain; see `core.audit.verification`."""
    from core.audit.verification import verify_all  # noqa: PLC0415 -- models are not loaded yet

    return verify_all()


def unsealed_count() -> int:
    """How many entries wait for the sealer; the health page watches it."""
    from core.audit.models import Unsealed  # noqa: PLC0415 -- models are not loaded yet

    return Unsealed.objects.count()


def entries_for(subject: "Model") -> "EntryQuerySet":
    """The history of one record, newest first. The caller has already checked that it may be read."""
    from core.audit.models import Entry  # noqa: PLC0415 -- models are not loaded yet

    return Entry.objects.about(subject)
