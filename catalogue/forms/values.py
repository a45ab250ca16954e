"""Entering a dated value."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import LegalText
from core.ui.forms import DateField, HouseForm, NumberField, SuggestField
from units.enums import AREA_KINDS
from units.models import Unit


class ValueForm(HouseForm):
    """A value of one code; which one stands in the address."""

    valid_from = DateField(label=_("In force from"))
    value = NumberField(label=_("Value"), required=False, decimal_places=4, min_value=0)
    words = forms.CharField(
        label=_("Value in words"), required=False, max_length=300, help_text=_("Where the value is no number.")
    )
    text: Any = forms.ModelChoiceField(
        None, label=_("Legal text"), required=False, help_text=_("Not in the list? Enter the text first.")
    )
    article = forms.CharField(label=_("Article"), required=False, max_length=200)
    link = forms.URLField(label=_("Link to the source"), required=False, max_length=500, assume_scheme="https")
    scope = SuggestField(
        None, url_name="units:unit_suggest", label=_("Only in"), required=False,
        help_text=_("Leave empty for the whole country."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, user: User, unit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = unit
        texts: Any = self.fields["text"]
        texts.queryset = LegalText.objects.visible_to(user).order_by("-issued", "symbol")
        scope: Any = self.fields["scope"]
        scope.queryset = Unit.objects.visible_to(user).filter(kind__in=AREA_KINDS)
