"""The list of title registrations: its filter bar and its table."""

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet, TextField
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.enums import RegistrationState
from awards.models import TitleRegistration
from catalogue.models import AwardVersion
from core.ui.filters import FilterSet
from core.ui.tables import ActionsColumn, Column, DateColumn, LinkColumn, RowAction, StateColumn, Table
from units.models import Unit


def units_seen(request: Any) -> QuerySet[Unit]:
    """Units of the registrations the person may see."""
    seen = TitleRegistration.objects.visible_to(request.user).order_by().values("unit")
    return Unit.objects.filter(pk__in=seen).in_official_order()


def awards_seen(request: Any) -> QuerySet[AwardVersion]:
    """Wordings of the titles that stand in the registrations the person may see."""
    seen = TitleRegistration.objects.visible_to(request.user).order_by().values("award_version")
    return AwardVersion.objects.filter(pk__in=seen).order_by("type__position", "pk")


class RegistrationFilter(FilterSet):
    search_label = gettext_lazy("Find a recipient")
    search_lookups = ("subject__person__search", "subject__unit__search", "subject__household__search",
                      "subject__search")  # fmt: skip

    year = django_filters.NumberFilter(field_name="year", label=gettext_lazy("Year"))
    unit = django_filters.ModelChoiceFilter(queryset=units_seen, label=gettext_lazy("Unit"))
    award_version = django_filters.ModelChoiceFilter(queryset=awards_seen, label=gettext_lazy("Title"))
    state = django_filters.ChoiceFilter(choices=RegistrationState.choices, label=gettext_lazy("State"))

    class Meta:
        model = TitleRegistration
        fields = ("q", "year", "unit", "award_version", "state")


def year_text(row: TitleRegistration) -> str:
    """The year as it is spoken: 2024, or the school year 2024–2025."""
    return f"{row.year}–{row.year + 1}" if row.school_year else str(row.year)


class RegistrationTable(Table):
    printed_name = LinkColumn(
        verbose_name=gettext_lazy("Recipient"), url="awards:registration_detail", note=lambda row: row.post_then,
        note_name=gettext_lazy("Post"),
    )  # fmt: skip
    unit = Column(verbose_name=gettext_lazy("Unit"), order_by=("unit__official_order", "unit__sort_key"))
    award_version = Column(verbose_name=gettext_lazy("Title"), order_by=("award_version__type__position",))
    initiative = Column(verbose_name=gettext_lazy("Initiative meant"))
    year = Column(verbose_name=gettext_lazy("Year"))
    registered_on = DateColumn(verbose_name=gettext_lazy("Registered on"))
    state = StateColumn(verbose_name=gettext_lazy("State"))
    actions = ActionsColumn()

    class Meta(Table.Meta):
        model = TitleRegistration
        fields = ("printed_name", "unit", "award_version", "initiative", "year", "registered_on", "state")
        order_by = ("-year", "unit")

    def order_printed_name(self, rows: QuerySet[Any], falling: bool) -> tuple[QuerySet[Any], bool]:
        """By the key of the recipient; a registration keeps none of its own."""
        names = ("person__sort_key", "household__sort_key", "unit__sort_key", "search")
        key = Coalesce(*(f"subject__{name}" for name in names), output_field=TextField())
        return rows.annotate(name_key=key).order_by("-name_key" if falling else "name_key"), True

    def render_year(self, record: TitleRegistration) -> str:
        return year_text(record)

    def actions_for(self, user: Any, rows: Sequence[Any]) -> Mapping[Any, Sequence[RowAction]]:
        """Change, for those that still stand and that the person may write."""
        return {
            row.pk: [RowAction(_("Change"), reverse("awards:registration_change", args=[row.pk]))]
            for row in rows
            if row.state != RegistrationState.WITHDRAWN and user.has_perm("campaigns.edit_title_registration", row)
        }
