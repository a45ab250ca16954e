"""The queue of a reviewer, and what of it waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from awards.enums import NominationState as N
from awards.enums import Opinion
from awards.models import Appraisal, Nomination
from awards.services.appraisals import ASSIGN, OPEN_TO_REVIEW
from units.seats import seat_of

QUEUE_LENGTH = 12
"""Rows of the queue shown beside the dossier."""


def last_tasks(user: User) -> QuerySet[Appraisal]:
    """The user's last task on each line, while it is theirs."""
    later = Appraisal.objects.filter(
        nomination=OuterRef("nomination"), reviewer=OuterRef("reviewer"), turn__gt=OuterRef("turn")
    )
    rows: QuerySet[Appraisal] = Appraisal.objects.visible_to(user).filter(reviewer=user, ended_at__isnull=True)
    return rows.filter(~Exists(later))


def unanswered() -> Q:
    """Not answered, or asked for more that has come since."""
    return Q(nomination__state=N.APPRAISING) & Q(outcome__in=["", Opinion.MORE_ASKED])


def count_waiting(user: Any) -> int:
    """Lines that wait for the user's finding."""
    return last_tasks(user).filter(unanswered()).count()


@dataclass(frozen=True)
class QueueRow:
    """A line in my queue: `done` when my finding is given, `outcome` what I found."""

    line: Nomination
    outcome: str
    due_at: datetime | None
    done: bool


@dataclass(frozen=True)
class Queue:
    """All my lines, in the order of the letters."""

    rows: list[QueueRow]

    @property
    def done(self) -> int:
        return sum(row.done for row in self.rows)

    @property
    def due_at(self) -> datetime | None:
        """The earliest day by which something open is asked."""
        return min((row.due_at for row in self.rows if row.due_at and not row.done), default=None)

    def number_of(self, pk: int) -> int:
        """The place of a line, counted from 1; 0 if it is not in the queue."""
        return next((n for n, row in enumerate(self.rows, 1) if row.line.pk == pk), 0)

    def after(self, pk: int) -> int | None:
        """The next line still open after `pk`, from the top again at the end; None when all is done."""
        at = self.number_of(pk)
        turned = [*self.rows[at:], *self.rows[:at]]
        return next((row.line.pk for row in turned if not row.done and row.line.pk != pk), None)

    def first_open(self) -> int | None:
        return next((row.line.pk for row in self.rows if not row.done), None)

    def around(self, pk: int) -> list[QueueRow]:
        """What stands beside the dossier: the rows about the one in hand."""
        start = max(0, min(self.number_of(pk) - 4, len(self.rows) - QUEUE_LENGTH))
        return self.rows[start : start + QUEUE_LENGTH]


def queue_of(user: User) -> Queue:
    """The user's lines under appraisal or answered, of rounds that are still open."""
    tasks = last_tasks(user).filter(nomination__round__state="open")
    rows = tasks.select_related("nomination__award_version", "nomination__nominating_unit").order_by(
        "nomination__round", "nomination__submission", "nomination__position", "nomination"
    )
    return Queue([
        QueueRow(task.nomination, task.outcome, task.due_at, not is_open(task)) for task in rows
    ])  # fmt: skip


def is_open(task: Appraisal) -> bool:
    return task.nomination.state == N.APPRAISING and task.outcome in {"", Opinion.MORE_ASKED}


def to_assign(user: User) -> QuerySet[Nomination]:
    """Lines sent or under appraisal at committees for which the user asks reviewers, with who was asked."""
    committees = seat_of(user).units_where(ASSIGN)
    asked = Appraisal.objects.filter(nomination=OuterRef("pk"), ended_at__isnull=True).order_by("-turn", "-pk")
    rows: QuerySet[Nomination] = Nomination.objects.visible_to(user).filter(
        round__organiser__in=committees, state__in=OPEN_TO_REVIEW
    )
    return (
        rows.annotate(
            reviewer_name=Subquery(asked.values("reviewer__full_name")[:1]),
            reviewer_task=Subquery(asked.values("pk")[:1]),
        )
        .select_related("nominating_unit", "award_version", "round", "submission")
        .order_by("reviewer_name", "nominating_unit__official_order", "position", "pk")
    )


def opinions_on(line: Nomination, user: User) -> QuerySet[Appraisal]:
    """What others were asked and found on the line, as far as the user may read it.

    The opinions of a line are for those who judge it: the committee, and its reviewers among themselves.
    """
    rows = Appraisal.objects.filter(nomination=line)
    if not line.is_assigned_to(user):
        rows = rows.filter(pk__in=Appraisal.objects.visible_to(user).order_by().values("pk"))
    return rows.exclude(reviewer=user).select_related("reviewer").order_by("turn", F("given_at").asc(nulls_last=True))
