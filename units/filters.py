"""The filter bars of this room."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ui.fields import DateField
from core.ui.filters import FilterSet
from units.enums import GroupKind, Role, SubjectClass, UnitKind, UnitLevel
from units.forms.fields import UnitField
from units.models import Appointment, Household, Membership, Person, Subject, Unit, in_force


class DayFilter(django_filters.Filter):
    field_class = DateField


def visible_units(request: Any) -> QuerySet[Unit]:
    """The units that may be chosen: those the person knows, in official order."""
    if request is None:
        return Unit.objects.none()
    return Unit.objects.visible_to(request.user).select_related("parent").in_official_order()


class UnitChoiceFilter(django_filters.Filter):
    """A choice among the units of the person's scope, each named with the one above it."""

    field_class = UnitField

    @property
    def field(self) -> Any:
        field = super().field
        field.queryset = visible_units(self.parent.request)
        return field


class UnitFilter(FilterSet):
    search_label = _("Name, former name or code")

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=UnitKind.choices, empty_label=_("All"))
    level = django_filters.ChoiceFilter(label=_("Level"), choices=UnitLevel.choices, empty_label=_("All"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("open", _("In operation")), ("closed", _("Ceased")), ("coming", _("Not yet in operation"))],
        empty_label=_("All"),
        method="filter_state",
    )
    parent = UnitChoiceFilter(label=_("Unit above"), method="filter_parent")
    on = DayFilter(label=_("As of day"), method="leave")

    class Meta:
        model = Unit
        fields: list[str] = []

    @property
    def day(self) -> date:
        """The day asked about: today unless another was chosen."""
        chosen = self.form.cleaned_data.get("on") if self.is_bound and self.form.is_valid() else None
        return chosen or clock.today()

    def leave(self, queryset: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """The day changes what is shown of the rows, not which rows there are."""
        return queryset

    def filter_state(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        if value == "coming":
            return queryset.filter(opened_on__gt=self.day)
        if value == "closed":
            return queryset.filter(closed_on__lte=self.day)
        return queryset.open_on(self.day)

    def filter_parent(self, queryset: QuerySet[Any], _name: str, value: Unit) -> QuerySet[Any]:
        return queryset.filter(in_force(self.day, "parents__"), parents__parent=value)


class PersonFilter(FilterSet):
    search_label = _("Full name")

    unit = UnitChoiceFilter(label=_("Unit"), method="filter_unit")
    subject_class = django_filters.ChoiceFilter(
        label=_("Class of subject"), choices=SubjectClass.choices, empty_label=_("All"), method="filter_class"
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def filter_unit(self, queryset: QuerySet[Any], _name: str, value: Unit) -> QuerySet[Any]:
        """Who serves there now, and whom the unit keeps on record."""
        serving = Appointment.objects.on(clock.today()).filter(unit=value)
        return queryset.filter(Q(pk__in=serving.values("person")) | Q(organiser=value))

    def filter_class(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        serving = Appointment.objects.on(clock.today()).filter(subject_class=value)
        return queryset.filter(pk__in=serving.values("person"))


class HouseholdFilter(FilterSet):
    search_label = _("Name of the household")

    unit = UnitChoiceFilter(label=_("Unit"))

    class Meta:
        model = Household
        fields: list[str] = []


class GroupFilter(FilterSet):
    search_label = _("Name of the group")

    group_kind = django_filters.ChoiceFilter(label=_("Kind"), choices=GroupKind.choices, empty_label=_("All"))

    class Meta:
        model = Subject
        fields: list[str] = []


class MembershipFilter(FilterSet):
    search_label = _("Name, user name or unit")
    search_lookups = ("user__search", "unit__search")

    role = django_filters.ChoiceFilter(label=_("Role"), choices=Role.choices, empty_label=_("All"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("now", _("In force")), ("ended", _("No longer in force")), ("mine", _("My own"))],
        empty_label=_("All"),
        method="filter_state",
    )

    class Meta:
        model = Membership
        fields: list[str] = []

    def filter_state(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        if value == "mine":
            return queryset.filter(user=self.request.user)
        if value == "ended":
            return queryset.filter(Q(valid_to__lte=clock.today()) | Q(valid_to=F("valid_from")))
        return queryset.filter(in_force(clock.today()))
