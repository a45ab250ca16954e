"""Forms of account administration."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import fold_username
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
    field_order = ("username", "full_name", "email", "phone", "is_administrator")
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("Without accents and blanks, such as ngochan.pnv. It cannot be changed later."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_username(self) -> str:
        name = fold_username(self.cleaned_data["username"])
        for check in User._meta.get_field("username").validators:
            check(name)
        return name


class EditAccountForm(AccountForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
