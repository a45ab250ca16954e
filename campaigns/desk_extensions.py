"""A unit's wish for more time, on the desk of those who answer it."""

from datetime import date
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.enums import CampaignState, ExtensionState
from campaigns.queries.periods import day_of
from campaigns.workflows import EXTENSION
from core.text import format_date
from core.turns import Bundle, Words, desk_for
from units.turns import held


def asked(bundle: Bundle) -> Words:
    row = bundle.record
    title = _("%(unit)s asks for more time until %(day)s") % {
        "unit": row.participation, "day": format_date(day_of(row.due_at)),
    }  # fmt: skip
    url = reverse("campaigns:extension_answer", args=[row.pk])
    return Words(title, f"{row.period.name} · “{row.reason}”", _("Answer the request"), url)


def enter() -> None:
    """Called with the desks of the other tables."""
    desk = desk_for(
        EXTENSION, right=held(organiser="participation__campaign__organiser", unit="participation__unit"),
        related=["participation__unit", "period"],
    )  # fmt: skip

    def running(_user: Any, _day: date) -> Q:
        return Q(participation__campaign__state=CampaignState.LAUNCHED)

    desk.turn(
        ExtensionState.ASKED, by="campaigns.manage_period", words=asked, icon="clock", since="asked_at", ready=running,
        due=lambda _user, _day: F("period__due_at"),
    )  # fmt: skip
    desk.rest(
        ExtensionState.ASKED, to=[ExtensionState.WITHDRAWN], because="Taking a request back is a wish, not a task."
    )
