"""Forms of the appraisal."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import Opinion
from awards.fields_back import MENDABLE
from awards.models import Nomination
from awards.queries.appraisals import to_assign
from awards.services.appraisals import ASSIGN, reviewers_of
from core.clock import ZONE
from core.ui.forms import DateField, HouseForm
from units.seats import seat_of

REASON = forms.Textarea(attrs={"rows": 4})


class FindingForm(HouseForm):
    """My finding on one line."""

    outcome = forms.ChoiceField(label=_("My finding"), choices=Opinion.choices, widget=forms.RadioSelect)
    fields_back = forms.MultipleChoiceField(
        label=_("What is to be mended"), choices=list(MENDABLE.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    reason = forms.CharField(label=_("Words to the unit"), widget=REASON, max_length=2000, required=False)

    def fields_asked(self) -> dict[str, str]:
        """The ticked fields; the words stand once, for all of them."""
        if self.cleaned_data["outcome"] != Opinion.MORE_ASKED:
            return {}
        return dict.fromkeys(self.cleaned_data["fields_back"], "")


def reviewers_for(user: User) -> Any:
    """Who may be asked at the committees where `user` asks."""
    committees = seat_of(user).units_where(ASSIGN)
    found = User.objects.none()
    for pk in committees:
        found = found | reviewers_of(pk)
    return found.distinct()


class AssignForm(HouseForm):
    """Several lines to one reviewer, perhaps by a day."""

    lines = forms.ModelMultipleChoiceField(label=_("Lines"), queryset=Nomination.objects.none(), required=False)
    reviewer = forms.ModelChoiceField(label=_("Reviewer"), queryset=User.objects.none(), empty_label="–")
    due_on = DateField(label=_("Appraise by"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].queryset = to_assign(user)  # type: ignore[attr-defined]
        field: Any = self.fields["reviewer"]
        field.queryset = reviewers_for(user)
        field.label_from_instance = lambda account: account.full_name

    def due_at(self) -> datetime | None:
        """The end of the day."""
        day = self.cleaned_data["due_on"]
        return datetime.combine(day, time(23, 59), ZONE) if day else None


class SubstituteForm(HouseForm):
    """Somebody else for a task, with the reason."""

    reviewer = forms.ModelChoiceField(label=_("Reviewer instead"), queryset=User.objects.none(), empty_label="–")
    relative = forms.BooleanField(label=_("The former reviewer is a relative of the recipient"), required=False)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reviewer"]
        field.queryset = reviewers_for(user)
        field.label_from_instance = lambda account: account.full_name
