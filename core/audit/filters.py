"""The filter bar over the audit trail."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.audit.actions import ACTIONS, action_text
from core.audit.models import Entry
from core.clock import ZONE
from core.text import sort_key
from core.ui.fields import DateField
from core.ui.filters import FilterSet


def action_choices() -> Iterator[tuple[str, str]]:
    """Every registered action, in the order of its words."""
    yield from sorted(((code, action_text(code)) for code in ACTIONS), key=lambda pair: sort_key(pair[1]))


class DayFilter(django_filters.Filter):
    """A day typed as dd/mm/yyyy."""

    field_class = DateField


class EntryFilter(FilterSet):
    search_label = _("Record or person")

    action = django_filters.ChoiceFilter(label=_("Act"), choices=action_choices, empty_label=_("All"))
    since = DayFilter(label=_("From day"), method="filter_since")
    until = DayFilter(label=_("To day"), method="filter_until")

    class Meta:
        model = Entry
        fields: list[str] = []

    def filter_since(self, rows: QuerySet[Any], _name: str, day: date) -> QuerySet[Any]:
        return rows.filter(at__gte=midnight(day))

    def filter_until(self, rows: QuerySet[Any], _name: str, day: date) -> QuerySet[Any]:
        """The day named is in."""
        return rows.filter(at__lt=midnight(day + timedelta(days=1)))


def midnight(day: date) -> datetime:
    """The beginning of a day in Việt Nam."""
    return datetime.combine(day, time(), ZONE)
