"""A step of a campaign, the pledge or one report, as a choice of a form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from campaigns.models import Campaign
from campaigns.queries.steps import Step, steps_of
from campaigns.services.reminding import REMIND
from core import clock
from reports.forms import ReportForm
from units.seats import seat_of


def step_code(step: Step) -> str:
    """The step as a form carries it: pledge, or the number of its period."""
    return f"{step.parameter}-{step.value}"


class StepForm(ReportForm):
    """A running campaign of a committee whose units the person reminds, and one of its steps."""

    campaign: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=gettext_lazy("Campaign"), queryset=None, empty_label=None
    )
    step = forms.ChoiceField(label=pgettext_lazy("campaign", "Step"))

    def scope_choices(self) -> None:
        committees = seat_of(self.user).units_where(REMIND)
        rows = Campaign.objects.visible_to(self.user).filter(launched_at__isnull=False, organiser__in=committees)
        self.fields["campaign"].queryset = rows.order_by("-starts_on", "-pk")  # type: ignore[attr-defined]
        self.steps = {step_code(step): step for step in self.steps_picked()}
        choices = [(code, step.label) for code, step in self.steps.items()]
        self.fields["step"].choices = choices  # type: ignore[attr-defined]

    def steps_picked(self) -> list[Step]:
        """The steps of the campaign chosen, else of the newest."""
        campaign = self.picked("campaign") or self.fields["campaign"].queryset.first()  # type: ignore[attr-defined]
        return steps_of(campaign) if campaign is not None else []

    def starting_values(self) -> Mapping[str, Any]:
        """The newest campaign, and its step that was due last."""
        campaign = self.picked("campaign") or self.fields["campaign"].queryset.first()  # type: ignore[attr-defined]
        if campaign is None:
            return {}
        past = {code: step.due_on for code, step in self.steps.items() if step.due_on and step.due_on < clock.today()}
        code = max(past, key=lambda one: past[one]) if past else next(iter(self.steps))
        return {"campaign": campaign, "step": code}

    @property
    def step_picked(self) -> Step:
        """The step of a valid form."""
        return self.steps[self.cleaned_data["step"]]
