"""What must not go on by itself in a restored database: work, mail and sessions of another time."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from accounts.models import Session
from core import audit
from core.audit.models import Link
from core.jobs import lease
from core.jobs.enums import LIVE, JobState
from core.jobs.models import Job
from core.notices.enums import OPEN, MailState
from core.notices.models import OutgoingMail


@dataclass(frozen=True)
class Settled:
    """How much was ended."""

    jobs: int
    mails: int
    sessions: int


@transaction.atomic
def settle(*, archive: str, taken_at: str) -> Settled:
    """End what was under way when the archive was made, and say so in the trail.

    A job or mail of that moment was very likely done since: to do it again is for its owner to decide.
    Sessions ended since would open again.
    """
    live = Job.objects.filter(state__in=LIVE).order_by("pk")
    cancelled = sum(lease.settle(job, to=JobState.CANCELLED, where=Q(state__in=LIVE), actor=None) for job in list(live))
    held = OutgoingMail.objects.filter(state__in=OPEN)
    mails = held.update(state=MailState.FAILED, last_error="restored from a backup")
    sessions = Session.objects.count()
    Session.objects.all().delete()
    end = Link.objects.order_by("-seq").first()
    if end is not None:
        changes = {"archive": ["", archive], "taken_at": [None, taken_at], "jobs": [0, cancelled], "mails": [0, mails]}
        audit.record("database.restored", actor=None, subject=end, changes=changes)
    return Settled(cancelled, mails, sessions)
