"""Invariants of this room: lines, decisions and the ledger tell one story."""

from collections.abc import Iterator

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat, ExtractYear
from django.utils.translation import gettext_lazy as _

from awards.enums import CommendationSource, DecisionState, NominationState
from awards.models import Commendation, Decision, Nomination
from awards.models.decision import NUMBERED
from core.invariants import named, register, rows_of

PUBLIC = (DecisionState.PUBLISHED, DecisionState.CORRECTED, DecisionState.REVOKED)
HERE = Q(source=CommendationSource.HERE)


@register("awards.snapshot", _("What is printed in the ledger is what its decision says: number, day, committee"))
def snapshot() -> Iterator[str]:
    symbol = Concat("decision__number", Value("/"), "decision__symbol", output_field=CharField())
    rows = Commendation.objects.annotate(by_decision=Cast(symbol, CharField(max_length=100)))
    wrong = (
        Q(decision__isnull=True)
        | ~Q(decision__state__in=NUMBERED)
        | ~Q(printed_decision=F("by_decision"))
        | ~Q(awarded_on=F("decision__signed_on"))
        | ~Q(organiser=F("decision__organiser"))
        | Q(printed_name="")
        | Q(printed_award="")
    )
    for (pk,) in rows_of(rows.filter(HERE & wrong).order_by("pk"), "pk"):
        yield named(Commendation, pk)


@register("awards.ledger", _("Each decided line of an entered decision stands in the ledger, and nothing else does"))
def ledger() -> Iterator[str]:
    decided = Q(state=NominationState.DECIDED, decision__state__in=NUMBERED)
    for (pk,) in rows_of(Nomination.objects.filter(decided, commendation__isnull=True).order_by("pk"), "pk"):
        yield named(Nomination, pk)
    undecided = (
        HERE
        & Q(nomination__isnull=False)
        & (
            ~Q(nomination__state=NominationState.DECIDED)
            | ~Q(nomination__decision=F("decision"))
            | ~Q(nomination__subject=F("subject"))
        )
    )
    for (pk,) in rows_of(Commendation.objects.filter(undecided).order_by("pk"), "pk"):
        yield named(Commendation, pk)


@register("awards.published", _("On the public board stands only what its decision has published"))
def published() -> Iterator[str]:
    early = Q(published=True) & HERE & ~Q(decision__state__in=PUBLIC)
    for (pk,) in rows_of(Commendation.objects.filter(early).order_by("pk"), "pk"):
        yield named(Commendation, pk)


@register("awards.copies", _("What a line or decision repeats of another record agrees with it"))
def copies() -> Iterator[str]:
    """Copied columns serve constraints and order; the year of a decision is that of its day."""
    lines = ~Q(award_type=F("award_version__type")) | ~Q(round=F("submission__round"))
    elsewhere = Q(decision__isnull=False) & ~Q(decision__organiser=F("round__organiser"))
    for (pk,) in rows_of(Nomination.objects.filter(lines | elsewhere).order_by("pk"), "pk"):
        yield named(Nomination, pk)
    dated = Decision.objects.filter(signed_on__isnull=False).annotate(of_day=ExtractYear("signed_on"))
    for (pk,) in rows_of(dated.exclude(year=F("of_day")).order_by("pk"), "pk"):
        yield named(Decision, pk)
