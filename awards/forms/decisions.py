"""Forms of decisions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from awards.models import Nomination
from awards.queries.decisions import ready_lines
from awards.services.decisions import Signed
from awards.services.signature import PREPARE
from catalogue.enums import CommendationKind
from core.files.forms import EvidenceField
from core.ui.forms import DateField, HouseForm
from units.models import Unit
from units.seats import seat_of


class DecisionForm(HouseForm):
    """A decision about several lines."""

    organiser = forms.ModelChoiceField(
        label=pgettext_lazy("decision", "Committee"), queryset=Unit.objects.none(), empty_label=None
    )
    title = forms.CharField(label=_("Subject of the decision"), max_length=500)
    kind = forms.ChoiceField(label=_("Type of commendation"), choices=CommendationKind.choices)
    lines = forms.ModelMultipleChoiceField(label=_("Lines"), queryset=Nomination.objects.none(), required=False)
    on_paper = forms.BooleanField(
        label=_("Signed on paper"), required=False,
        help_text=_("The chair signs outside the system; the standing body enters the signed decision with its scan."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committees = Unit.objects.visible_to(user).filter(pk__in=seat_of(user).units_where(PREPARE))
        self.fields["organiser"].queryset = committees.in_official_order()  # type: ignore[attr-defined]
        self.fields["lines"].queryset = ready_lines(user)  # type: ignore[attr-defined]


class EnterForm(HouseForm):
    """What stands on the signed paper."""

    number = forms.CharField(label=_("Number"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    symbol = forms.CharField(label=_("Symbol"), max_length=60, help_text=_("What follows the stroke."))
    signed_on = DateField(label=_("Signed on"))
    post = forms.CharField(label=_("Capacity of the signer"), max_length=300,
                           help_text=_("As on the paper; a deputy signs for the chair."))  # fmt: skip
    signer = forms.CharField(label=_("Full name of the signer"), max_length=300)
    scan = EvidenceField(label=_("Scan of the signed decision"))

    def signed(self) -> Signed:
        data = self.cleaned_data
        return Signed(
            number=data["number"], symbol=data["symbol"], signed_on=data["signed_on"], signer=data["signer"],
            post=data["post"], scan=data["scan"],
        )  # fmt: skip
