"""The form by which an office gives its own figure."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.enums import IndicatorKind
from campaigns.models import Indicator
from campaigns.services.figures import MOST_EXPLANATION
from campaigns.typed import NO, YES, read
from core.errors import ServiceError
from core.ui.forms import HouseForm


class SupplyFigureForm(HouseForm):
    """The figure, typed as the unit types its own, and where it comes from."""

    value = forms.CharField(label=_("Official figure"), max_length=2000)
    note = forms.CharField(
        label=_("Where the figure comes from"), widget=forms.Textarea(attrs={"rows": 3}), max_length=MOST_EXPLANATION,
        help_text=_("The unit and the standing body read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        value = self.fields["value"]
        if indicator.kind == IndicatorKind.YES_NO:
            choices = [("", "–"), (YES, _("Yes")), (NO, _("No"))]
            self.fields["value"] = forms.ChoiceField(label=value.label, choices=choices)
        elif indicator.kind == IndicatorKind.TEXT:
            value.widget = forms.Textarea(attrs={"rows": 3})
        elif indicator.kind == IndicatorKind.PERCENT:
            value.help_text = _("A percentage, or part and whole: 9.851/10.260")
        elif indicator.kind == IndicatorKind.DATE:
            value.help_text = _("dd/mm/yyyy")
        elif indicator.measure:
            value.help_text = indicator.measure

    def clean_value(self) -> dict[str, Any]:
        try:
            return read(self.indicator, self.cleaned_data["value"])
        except ServiceError as error:
            raise forms.ValidationError(str(error)) from error
