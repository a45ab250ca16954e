"""Forms about oneself."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models.user import Digest
from core.ui.forms import DateField, HouseForm


class ProfileForm(HouseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    full_name = forms.CharField(label=_("Full name"), max_length=200)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    digest = forms.ChoiceField(
        label=_("Mail of what waits for you"), choices=Digest, required=False,
        help_text=_("Sent to your e-mail address, and only when something waits for you."),
    )  # fmt: skip


class WorkingDayForm(HouseForm):
    day = DateField(
        label=_("Working day"),
        required=False,
        help_text=_("Empty: the day of this machine. The working day decides what is due, in force and late."),
    )
