"""The lists of decisions, of lines to be given to reviewers, and of the ledger."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.enums import CommendationState, DecisionState
from awards.models import Commendation, Decision
from catalogue.enums import CommendationKind
from catalogue.models import AwardVersion
from core.ui.filters import FilterSet
from core.ui.tables import Column, DateColumn, LinkColumn, NumberColumn, StateColumn, Table
from core.ui.wording import numbered
from units.models import Unit


class DecisionFilter(FilterSet):
    search_label = _("Number or subject of the decision")

    number = django_filters.CharFilter(method="filter_number", label=_("Number and symbol"))
    year = django_filters.NumberFilter(field_name="year", label=_("Year"))
    kind = django_filters.ChoiceFilter(choices=CommendationKind.choices, label=_("Type of commendation"))
    state = django_filters.ChoiceFilter(choices=DecisionState.choices, label=_("State"))

    class Meta:
        model = Decision
        fields = ("q", "number", "year", "kind", "state")

    def filter_words(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Number and symbol stand in two columns: 1632/QĐ-UBND is looked for as 1632 and QĐ-UBND."""
        return super().filter_words(queryset, name, value.replace("/", " "))

    def filter_number(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return numbered(queryset, value, "number")


def committee_of(row: Decision) -> str:
    return str(row.organiser)


class DecisionTable(Table):
    title = LinkColumn(
        verbose_name=_("Subject of the decision"),
        url="awards:decision_detail",
        note=committee_of,
        note_name=pgettext_lazy("decision", "Committee"),
    )
    number = Column(verbose_name=_("Number and symbol"), accessor="full_symbol")
    signed_on = DateColumn(verbose_name=_("Signed on"))
    kind = Column(verbose_name=_("Type of commendation"), accessor="get_kind_display", order_by=("kind",))
    line_count = NumberColumn(verbose_name=_("Lines"))
    state = StateColumn(verbose_name=_("State"))

    class Meta(Table.Meta):
        model = Decision
        fields = ("title", "number", "signed_on", "kind", "line_count", "state")

    def order_number(self, rows: QuerySet[Decision], falling: bool) -> tuple[QuerySet[Decision], bool]:
        """By year and number, 9 before 10, as numbers are kept as they are written."""
        order = ("year", "digits", "number")
        return rows.annotate(digits=Length("number")).order_by(
            *(f"-{part}" if falling else part for part in order)
        ), True


def units_seen(request: Any) -> QuerySet[Unit]:
    """Units in the rows of the ledger that the person may see."""
    seen = Commendation.objects.visible_to(request.user).order_by().values("unit")
    return Unit.objects.filter(pk__in=seen).in_official_order()


def awards_seen(request: Any) -> QuerySet[AwardVersion]:
    """Wordings of the awards in those rows."""
    seen = Commendation.objects.visible_to(request.user).order_by().values("award_version")
    return AwardVersion.objects.filter(pk__in=seen).order_by("type__position", "pk")


class LedgerFilter(FilterSet):
    search_label = _("Name, unit or number of the decision")

    number = django_filters.CharFilter(method="filter_number", label=_("Number of the decision"))
    year = django_filters.NumberFilter(field_name="awarded_on__year", label=_("Year"))
    award_version = django_filters.ModelChoiceFilter(queryset=awards_seen, label=_("Award"))
    kind = django_filters.ChoiceFilter(choices=CommendationKind.choices, label=_("Type of commendation"))
    unit = django_filters.ModelChoiceFilter(queryset=units_seen, label=_("Unit"))
    state = django_filters.ChoiceFilter(choices=CommendationState.choices, label=_("Standing"))

    class Meta:
        model = Commendation
        fields = ("q", "number", "year", "award_version", "kind", "unit", "state")

    def filter_number(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return numbered(queryset, value, "printed_decision")


def recipient_url(row: Commendation) -> str:
    return reverse("awards:lookup_subject", args=[row.subject_id])


def post_of(row: Commendation) -> str:
    """Post and unit as printed; a unit's own name does not stand under itself."""
    if row.printed_unit == row.printed_name:
        return row.printed_post
    return ", ".join(part for part in (row.printed_post, row.printed_unit) if part)


class LedgerTable(Table):
    recipient = LinkColumn(
        verbose_name=_("Recipient"), url=recipient_url, note=post_of, note_name=_("Post, unit"), order_by=("sort_key",)
    )
    printed_award = Column(verbose_name=_("Award"), order_by=("award_version__type__position",))
    kind = Column(verbose_name=_("Type of commendation"), accessor="get_kind_display", order_by=("kind",))
    printed_decision = Column(verbose_name=_("Decision"))
    awarded_on = DateColumn(verbose_name=_("Awarded on"))
    bonus = NumberColumn(verbose_name=_("Bonus, đồng"))
    state = StateColumn(verbose_name=_("Standing"))

    class Meta(Table.Meta):
        model = Commendation
        fields = ("recipient", "printed_award", "kind", "printed_decision", "awarded_on", "bonus", "state")
