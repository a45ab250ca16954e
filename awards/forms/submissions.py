"""Forms of rounds and letters of submission."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import FileKind
from awards.models import ReviewRound
from awards.queries.nominations import places_in
from awards.services.rounds import FIRST_YEAR, LAST_YEAR, OPEN, RoundValues
from awards.services.submissions import Letter
from campaigns.forms.pledge import PaperForm
from campaigns.models import Campaign
from catalogue.enums import CommendationKind, Route, SimplifiedCase
from core.files.forms import EvidenceField
from core.ui.forms import DateField, HouseForm
from units.models import Unit
from units.seats import seat_of


class RoundForm(HouseForm):
    """A new round of review."""

    organiser = forms.ModelChoiceField(label=_("Committee"), queryset=Unit.objects.none(), empty_label=None)
    title = forms.CharField(label=_("Title of the round"), max_length=300)
    year = forms.IntegerField(
        label=_("Year of achievement"), min_value=FIRST_YEAR, max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    school_year = forms.BooleanField(label=_("School year that begins in this year"), required=False)
    kind = forms.ChoiceField(label=_("Type of commendation"), choices=CommendationKind.choices)
    route = forms.ChoiceField(label=_("Route"), choices=Route.choices, widget=forms.RadioSelect)
    simplified_case = forms.ChoiceField(
        label=_("Case of the simplified procedure"), choices=[("", "–"), *SimplifiedCase.choices], required=False,
        help_text=_("Only for the simplified procedure; the Law names the cases in which it is open."),
    )  # fmt: skip
    campaign = forms.ModelChoiceField(
        label=_("Campaign"), queryset=Campaign.objects.none(), required=False, empty_label=_("None")
    )
    due_on = DateField(label=_("Submissions due on"), required=False)
    note = forms.CharField(label=_("Note to the units"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committees = seat_of(user).units_where(OPEN)
        organiser: Any = self.fields["organiser"]
        organiser.queryset = Unit.objects.filter(pk__in=committees).in_official_order()
        campaign: Any = self.fields["campaign"]
        campaign.queryset = Campaign.objects.visible_to(user).filter(
            organiser__in=committees, launched_at__isnull=False
        )
        if len(committees) == 1:
            organiser.widget = forms.HiddenInput()
            self.initial["organiser"] = next(iter(committees))

    def values(self) -> RoundValues:
        return RoundValues(**{name: value for name, value in self.cleaned_data.items() if name != "organiser"})


class LetterForm(HouseForm):
    """The letter; number and date may follow after it was signed."""

    symbol = forms.CharField(label=_("Number and symbol of the letter"), max_length=100, required=False,
                             help_text=_("May be entered after the letter is signed."))  # fmt: skip
    signed_on = DateField(label=_("Date of the letter"), required=False)
    signer = forms.CharField(label=_("Signer of the letter"), max_length=300, required=False)
    note = forms.CharField(label=_("Note to the committee"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def letter(self) -> Letter:
        data = self.cleaned_data
        return Letter(data["symbol"], data["signed_on"], data["signer"], data["note"])


class SubmissionForm(LetterForm):
    """A new letter of one of the person's units."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    field_order = ["unit", "symbol", "signed_on", "signer", "note"]

    def __init__(self, *args: Any, user: User, round_: ReviewRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.visible_to(user).filter(pk__in=places_in(round_, user))
        self.fields["unit"].queryset = units.in_official_order()  # type: ignore[attr-defined]


class SubmissionOnPaperForm(SubmissionForm, PaperForm):
    """The same, from the unit's paper, entered by the standing body."""

    field_order = ["unit", "paper_symbol", "paper_signed_on", "scan", "signer", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("symbol", "signed_on"):  # the paper is the letter
            del self.fields[name]

    def letter(self) -> Letter:
        data = self.cleaned_data
        return Letter(data["paper_symbol"], data["paper_signed_on"], data["signer"], data["note"])


class FileForm(HouseForm):
    """The signed letter, the minutes of the unit's own council, or another paper."""

    upload = EvidenceField(label=_("File"), help_text=_("A photograph, PDF or Word file; at most 20 MB."))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(k.value, k.label) for k in (FileKind.LETTER, FileKind.MINUTES, FileKind.OTHER)]
    )
    label = forms.CharField(label=_("Title of the file"), max_length=150, required=False)
