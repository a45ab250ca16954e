"""Forms of reporting periods."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.enums import PeriodKind
from campaigns.services.periods import end_of
from core.ui.forms import DateField, HouseForm, NumberField


class PeriodForm(HouseForm):
    """A period: what it is called, its days, and until when units report by it."""

    name = forms.CharField(label=_("Name of the period"), max_length=200, help_text=_("For instance: 6 months, year."))
    kind = forms.ChoiceField(label=_("Kind of period"), choices=PeriodKind.choices)
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))
    due_on = DateField(label=_("Reports due on"), help_text=_("Until the end of this day. A later one is marked late."))
    expected_share = NumberField(
        label=_("Share of the plan expected by then, %"), required=False, min_value=0, max_value=100,
        decimal_places=4, help_text=_("Left empty, nothing is called behind schedule before the target falls due."),
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """The cleaned values as the services take them."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "due_on"}
        return {**data, "due_at": end_of(self.cleaned_data["due_on"])}


class ExtendForm(HouseForm):
    """More time for one unit."""

    due_on = DateField(label=_("May report until"))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


GRANT, REFUSE = "grant", "refuse"


class AskTimeForm(HouseForm):
    """The unit asks for more time."""

    due_on = DateField(label=_("Asks to report until"))
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=_("The standing body reads it and answers."),
    )  # fmt: skip


class AnswerTimeForm(HouseForm):
    """What the standing body answers."""

    decision = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=[(GRANT, _("Give more time")), (REFUSE, _("Give no more time"))],
    )  # fmt: skip
    due_on = DateField(label=_("May report until"), required=False)
    answer = forms.CharField(
        label=_("Answer to the unit"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("decision") == GRANT and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Say until when the unit may report."))
        if data.get("decision") == REFUSE and not data.get("answer"):
            self.add_error("answer", _("Say why the unit gets no more time."))
        return data
