"""What the page of legal bases is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.enums import AuthorityLevel
from core.ui.forms import DateField, HouseForm


class InForceForm(HouseForm):
    day = DateField(label=_("In force on"), required=False)
    level = forms.ChoiceField(label=_("Decided by"), required=False)
    q = forms.CharField(label=_("Search the legal bases"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [("", _("Everybody")), *AuthorityLevel.choices]  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["placeholder"] = _("Award, text, article …")
