"""What the reports on periods share: campaign and period as chosen, figures as cells."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from campaigns.arithmetic import FigureValue, Kind, round_half_up
from campaigns.enums import IndicatorKind
from campaigns.models import Campaign, Indicator, ReportingPeriod
from campaigns.queries.periods import current
from campaigns.texts import MOST_PLACES, exact_text, places_of, rounded
from core import clock
from core.sheets import Typed
from reports.base import Params
from reports.forms import ReportForm

MEASURED = (IndicatorKind.NUMBER, IndicatorKind.PERCENT, IndicatorKind.COUNT, IndicatorKind.MONEY)


class PeriodReportForm(ReportForm):
    """A launched campaign and one of its periods."""

    campaign: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=gettext_lazy("Campaign"), queryset=None, empty_label=None
    )
    period: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=gettext_lazy("Reporting period"), queryset=None, empty_label=None
    )

    def scope_choices(self) -> None:
        launched = Campaign.objects.visible_to(self.user).filter(launched_at__isnull=False, periods__isnull=False)
        self._rows("campaign", launched.distinct().order_by("-starts_on", "-pk"))
        periods = ReportingPeriod.objects.visible_to(self.user).select_related("campaign")
        self._rows("period", periods.filter(campaign=self.campaign_picked).order_by("ends_on", "pk"))

    def _rows(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    @property
    def campaign_picked(self) -> Campaign | None:
        """The campaign the other fields hang on: the one chosen, else the newest."""
        newest: Campaign | None = self.fields["campaign"].queryset.first()  # type: ignore[attr-defined]
        return self.picked("campaign") or newest

    def starting_values(self) -> Mapping[str, Any]:
        campaign = self.campaign_picked
        if campaign is None:
            return {}
        period = current(list(self.fields["period"].queryset), clock.today())  # type: ignore[attr-defined]
        return {"campaign": campaign, **({"period": period} if period is not None else {})}


class SettledForm(PeriodReportForm):
    """The same, with what was accepted alone."""

    settled = forms.BooleanField(label=gettext_lazy("Accepted reports only"), required=False)


def file_parts(params: Params) -> Sequence[str]:
    """The plan's symbol and the period, for the file's name."""
    campaign = params["campaign"]
    return [campaign.symbol or campaign.title, params["period"].name]


def figure_cell(indicator: Indicator, value: FigureValue | None, *, of_units: bool = False) -> object:
    """A value as a cell: quantities as numbers, days as days, the rest in words. Blank is not 0."""
    if value is None:
        return None
    if indicator.kind == IndicatorKind.DATE:
        return value.on_date
    shown = rounded(indicator, value, of_units=of_units)
    if indicator.kind in MEASURED and shown is not None:
        return Typed(number_of(indicator, value), "number", places_of(indicator, shown))
    text = exact_text(indicator, value)
    return None if text == "–" else text


def number_cell(indicator: Indicator, value: Decimal) -> Typed:
    """A typed number as a cell, in the decimals it has on the pages."""
    return Typed(value, "number", places_of(indicator, value))


def number_of(indicator: Indicator, value: FigureValue) -> Decimal | None:
    """What a cell holds: at most four digits after the comma, whatever is shown of them."""
    amount = value.amount(Kind(indicator.kind))
    return None if amount is None else round_half_up(amount, MOST_PLACES)


def share(ratio: Fraction | None) -> Decimal | None:
    """A ratio for a column of percentages, where 1 is 100 %."""
    return None if ratio is None else round_half_up(ratio, 6)
