"""Forms of account administration."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.ui.forms import HouseForm


class AccountForm(HouseForm):
    """What an administrator writes about an account."""

    full_name = forms.CharField(label=_("Full name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    is_administrator = forms.BooleanField(
        label=_("System administrator"),
        required=False,
        help_text=_("Looks after accounts, units, settings, jobs and the audit log. Sees no dossier."),
    )


class NewAccountForm(AccountForm):
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("Without accents and blanks, such as ngochan.pnv. It cannot be changed later."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("username", "full_name", "email", "phone", "is_administrator")


class EditAccountForm(AccountForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
