"""Decisions, and lines on their way into one."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from awards.enums import DecisionState as D
from awards.enums import NominationState as N
from awards.models import Decision, Nomination
from awards.services.signature import PREPARE
from catalogue.enums import Route
from units.seats import seat_of


def decisions_for(user: User) -> QuerySet[Decision]:
    """Decisions the user may see, with how many lines stand in each."""
    rows: QuerySet[Decision] = Decision.objects.visible_to(user).select_related("organiser")
    return rows.annotate(line_count=Count("nominations", filter=~Q(nominations__state=N.STRUCK)))


def to_sign(user: User) -> QuerySet[Decision]:
    """What waits for the user's own signature."""
    committees = seat_of(user).units_where("awards.decide_nomination")
    rows: QuerySet[Decision] = Decision.objects.visible_to(user)
    return rows.filter(state=D.AT_SIGNATURE, on_paper=False, organiser__in=committees)


def count_to_sign(user: Any) -> int:
    return to_sign(user).count()


def ready_lines(user: User) -> QuerySet[Nomination]:
    """Lines that may be gathered into a decision now, at committees for which the user prepares them."""
    committees = seat_of(user).units_where(PREPARE)
    straight = Q(state=N.ELIGIBLE) & ~Q(route=Route.FULL)
    rows: QuerySet[Nomination] = Nomination.objects.visible_to(user).filter(
        straight | Q(state__in=[N.COUNCIL_AGREES, N.AT_SIGNATURE]), round__organiser__in=committees,
        decision__isnull=True,
    )  # fmt: skip
    return rows.select_related("award_version", "nominating_unit", "round__organiser").order_by(
        "award_type__position", "nominating_unit__official_order", "position", "pk"
    )


def lines_for(decision: Decision, user: User) -> list[Nomination]:
    """The lines of a decision as its page lists them. Who reads only a part of the ledger reads that part."""
    rows = Nomination.objects.visible_to(user).filter(decision=decision)
    rows = rows.select_related("award_version", "lower_version", "nominating_unit", "round", "submission")
    return list(rows.order_by("award_type__position", "position", "pk"))
