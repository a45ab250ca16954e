"""Filter bars of this room."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.enums import CampaignForm, CampaignState
from campaigns.models import Campaign
from core.ui.filters import FilterSet
from core.ui.wording import numbered
from units.models import Unit


def organisers(request: Any) -> QuerySet[Unit]:
    """Organisers of the campaigns the person may see."""
    seen = Campaign.objects.visible_to(request.user).order_by().values("organiser")
    return Unit.objects.filter(pk__in=seen).in_official_order()


class CampaignFilter(FilterSet):
    search_label = _("Find a campaign")

    number = django_filters.CharFilter(method="filter_number", label=_("Number and symbol"))
    year = django_filters.NumberFilter(field_name="starts_on__year", label=_("Year"))
    state = django_filters.ChoiceFilter(choices=CampaignState.choices, label=_("State"))
    form = django_filters.ChoiceFilter(choices=CampaignForm.choices, label=_("Form"))
    organiser = django_filters.ModelChoiceFilter(queryset=organisers, label=_("Organiser"))

    class Meta:
        model = Campaign
        fields = ("q", "number", "year", "state", "form", "organiser")

    def filter_number(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return numbered(queryset, value, "symbol")
