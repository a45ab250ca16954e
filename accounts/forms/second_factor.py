"""Codes, and the password asked again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.sign_in import LONGEST_PASSWORD
from core.ui.forms import HouseForm


class CodeForm(HouseForm):
    code = forms.CharField(
        label=_("6-digit code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "autofocus": True,
                "class": "code-input",
            }
        ),
        error_messages={"required": _("Enter the 6 digits that your app shows.")},
    )


class RecoveryCodeForm(HouseForm):
    code = forms.CharField(
        label=_("Recovery code"),
        max_length=40,
        help_text=_("Three groups of four letters and digits. Dashes and capitals do not matter."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
                "class": "code-input",
            }
        ),
        error_messages={"required": _("Enter one of your recovery codes.")},
    )


class OwnPasswordForm(HouseForm):
    """The present password once more: an open browser is not yet its owner."""

    password = forms.CharField(
        label=_("Present password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password.")},
    )
