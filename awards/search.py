"""What the one search finds in this room."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from awards.enums import CommendationState, DecisionState, NominationState
from awards.models import Commendation, Decision, Nomination
from awards.queries.ledger import ledger_rows
from awards.queries.nominations import all_lines
from awards.tables.decisions import DecisionFilter, LedgerFilter, post_of, recipient_url
from awards.tables.nominations import AllNominationFilter
from core.text import format_date
from core.ui import searching


def joined(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


def nomination_hit(row: Nomination) -> searching.Hit:
    """With the award proposed, who nominates, and the round."""
    return searching.Hit(
        label=str(row), url=reverse("awards:nomination_detail", args=[row.pk]),
        note=joined(row.award_version, row.nominating_unit, row.round), state=NominationState(row.state),
    )  # fmt: skip


def decisions_found(user: Any) -> Any:
    return Decision.objects.visible_to(user).select_related("organiser").order_by("-signed_on", "-pk")


def decision_hit(row: Decision) -> searching.Hit:
    """With its number, its date and the committee."""
    day = format_date(row.signed_on) if row.signed_on else ""
    return searching.Hit(
        label=row.title, url=reverse("awards:decision_detail", args=[row.pk]),
        note=joined(row.full_symbol, day, row.organiser), state=DecisionState(row.state),
    )  # fmt: skip


def ledger_hit(row: Commendation) -> searching.Hit:
    """With what was awarded, where, by which decision and when."""
    return searching.Hit(
        label=row.recipient, url=recipient_url(row), state=CommendationState(row.state),
        note=joined(row.printed_award, post_of(row), row.printed_decision, format_date(row.awarded_on)),
    )  # fmt: skip


def reads(user: Any) -> bool:
    return bool(user.has_perm("awards.view_ledger"))


def enter() -> None:
    """Called when the application starts."""
    searching.register(
        searching.Provider(
            code="denghi", label=gettext_lazy("Nominations"), icon="award", url_name="awards:nomination_list",
            filterset=AllNominationFilter, rows=all_lines, hit=nomination_hit, order=40, visible=reads,
        )
    )  # fmt: skip
    searching.register(
        searching.Provider(
            code="quyetdinh", label=gettext_lazy("Decisions"), icon="certificate", url_name="awards:decision_list",
            filterset=DecisionFilter, rows=decisions_found, hit=decision_hit, order=50, visible=reads,
        )
    )  # fmt: skip
    searching.register(
        searching.Provider(
            code="so", label=pgettext_lazy("search", "Register of commendations"), icon="list-details",
            url_name="awards:ledger_list", filterset=LedgerFilter, rows=ledger_rows, hit=ledger_hit, order=60,
            visible=reads,
        )
    )  # fmt: skip
