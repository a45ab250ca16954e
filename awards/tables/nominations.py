"""Lists of rounds, letters and lines."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from awards.enums import NominationState, RoundState
from awards.models import Nomination, ReviewRound, Submission
from core.ui.filters import FilterSet
from core.ui.tables import Column, DateColumn, LinkColumn, NumberColumn, StateColumn, Table


def year_text(row: Any) -> str:
    """The year as it is spoken: 2024, or the school year 2024–2025."""
    return f"{row.year}–{row.year + 1}" if row.school_year else str(row.year)


class RoundFilter(FilterSet):
    search_lookups = ()

    year = django_filters.NumberFilter(field_name="year", label=_("Year"))
    state = django_filters.ChoiceFilter(choices=RoundState.choices, label=_("State"))

    class Meta:
        model = ReviewRound
        fields = ("year", "state")


class RoundTable(Table):
    title = LinkColumn(verbose_name=_("Round of review"), url="awards:round_detail")
    organiser = Column(verbose_name=_("Committee"), order_by=("organiser__official_order", "organiser__sort_key"))
    year = Column(verbose_name=_("Year"))
    kind = Column(verbose_name=_("Type of commendation"))
    route = Column(verbose_name=_("Route"))
    due_at = DateColumn(verbose_name=_("Due on"))
    state = StateColumn(verbose_name=_("State"))

    class Meta(Table.Meta):
        model = ReviewRound
        fields = ("title", "organiser", "year", "kind", "route", "due_at", "state")

    def render_year(self, record: ReviewRound) -> str:
        return year_text(record)


class SubmissionTable(Table):
    unit_name_then = LinkColumn(
        verbose_name=_("Unit"),
        url="awards:submission_detail",
        note=lambda row: row.symbol,
        note_name=_("Symbol of the letter"),
        order_by=("unit__sort_key",),
    )
    signed_on = DateColumn(verbose_name=_("Date of the letter"))
    lines = NumberColumn(verbose_name=_("Lines"))
    sent_at = DateColumn(verbose_name=_("Sent on"))
    state = StateColumn(verbose_name=_("State"))

    class Meta(Table.Meta):
        model = Submission
        fields = ("unit_name_then", "signed_on", "lines", "sent_at", "state")
        empty_text = _("No submission yet.")


class NominationFilter(FilterSet):
    search_label = _("Find a recipient")

    state = django_filters.ChoiceFilter(choices=NominationState.choices, label=_("State"))

    class Meta:
        model = Nomination
        fields: tuple[str, ...] = ("q", "state")


class AllNominationFilter(NominationFilter):
    """Over all rounds, so that the year can be chosen."""

    year = django_filters.NumberFilter(field_name="round__year", label=_("Year"))

    class Meta(NominationFilter.Meta):
        fields: tuple[str, ...] = ("q", "year", "state")


class NominationTable(Table):
    printed_name = LinkColumn(
        verbose_name=_("Recipient"), url="awards:nomination_detail", order_by=("sort_key",),
        note=lambda row: ", ".join(part for part in (row.post_then, row.unit_then) if part),
        note_name=_("Post, unit"),
    )  # fmt: skip
    award_version = Column(verbose_name=_("Award proposed"), order_by=("award_type__position",))
    nominating_unit = Column(
        verbose_name=_("Nominating unit"), order_by=("nominating_unit__official_order", "nominating_unit__sort_key")
    )
    state = StateColumn(verbose_name=_("State"))

    class Meta(Table.Meta):
        model = Nomination
        fields: tuple[str, ...] = ("printed_name", "award_version", "nominating_unit", "state")
        empty_text = _("No line yet.")


class CampaignNominationTable(NominationTable):
    """The same over several rounds, so that the round is named."""

    round = Column(verbose_name=_("Round of review"), order_by=("round__year", "round__title"))

    class Meta(NominationTable.Meta):
        fields: tuple[str, ...] = ("printed_name", "award_version", "nominating_unit", "round", "state")
        sequence = ("printed_name", "award_version", "nominating_unit", "round", "state")
