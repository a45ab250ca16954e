"""The filter bar over accounts."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.ui.filters import FilterSet

STATES = [
    ("active", _("Active")),
    ("inactive", _("Inactive")),
    ("waiting", _("Waits for a new password")),
    ("administrator", _("System administrators")),
    ("without_factor", _("Without two-step sign-in")),
]


class AccountFilter(FilterSet):
    search_label = _("Name, user name, telephone")

    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="filter_state", empty_label=_("All"))

    class Meta:
        model = User
        fields: list[str] = []

    def filter_state(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        kept: dict[str, dict[str, Any]] = {
            "active": {"is_active": True},
            "inactive": {"is_active": False},
            "waiting": {"is_active": True, "must_change": True},
            "administrator": {"is_active": True, "is_administrator": True},
            # also those who began to set it up and did not confirm it
            "without_factor": {"is_active": True, "second_factor__confirmed_at__isnull": True},
        }
        return queryset.filter(**kept[value])
