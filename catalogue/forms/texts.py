"""Entering a legal text."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.ui.forms import DateField, HouseForm


class TextForm(HouseForm):
    symbol = forms.CharField(label=_("Number and symbol"), max_length=60)
    cite = forms.CharField(
        label=_("Name in citations"), max_length=120, help_text=_("As it is to read after the article's number.")
    )
    title = forms.CharField(label=_("About"), max_length=500)
    issued = DateField(label=_("Issued on"))
    in_force_from = DateField(label=_("In force from"))
    in_force_to = DateField(
        label=_("Until before"), required=False, help_text=_("The first day on which it no longer holds.")
    )
    link = forms.URLField(label=_("Link to the source"), required=False, max_length=500, assume_scheme="https")
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
