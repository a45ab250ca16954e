"""Forms about joining and pledging."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.services.papers import Paper
from core.files.forms import EvidenceField
from core.ui.forms import DateField, HouseForm

JOIN, DECLINE = "join", "decline"


class PaperForm(HouseForm):
    """The unit's paper that a step entered on its behalf rests on."""

    paper_symbol = forms.CharField(label=_("Number of the unit's paper"), max_length=100)
    paper_signed_on = DateField(label=_("Date of the paper"))
    scan = EvidenceField(label=_("Scan of the paper"), help_text=_("A photograph, PDF or Word file; at most 20 MB."))

    def paper(self) -> Paper:
        data = self.cleaned_data
        return Paper(data["paper_symbol"], data["paper_signed_on"], data["scan"])


class OnBehalfForm(PaperForm):
    """The same, where the scan may already be there."""

    def __init__(self, *args: Any, has_scan: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scan"].required = not has_scan


class JoiningForm(HouseForm):
    """Whether the unit joins."""

    decision = forms.ChoiceField(
        label=_("The unit"), widget=forms.RadioSelect,
        choices=[(JOIN, _("Joins the campaign")), (DECLINE, _("Does not join"))],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason for not joining"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False,
        help_text=_("The standing body reads it. A unit that does not join gets no reminder and stands in no total."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("decision") == DECLINE and not data.get("reason"):
            self.add_error("reason", _("Say why the unit does not join."))
        return data


class JoiningOnPaperForm(JoiningForm, PaperForm):
    """The same, entered by the standing body from the unit's paper."""

    field_order = ["decision", "reason", "paper_symbol", "paper_signed_on", "scan"]


class AcceptForm(HouseForm):
    """Words to the unit; asked for where lines stay below the target."""

    note = forms.CharField(
        label=_("Note to the unit"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )
