"""Forms of roles and deputies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.ui.forms import DateField, HouseForm, ReasonForm
from units.enums import Role
from units.forms.fields import AccountField, DocumentField, UnitField, version_field
from units.rights import role_choices


class MembershipForm(HouseForm):
    """Grants a role."""

    user = AccountField()
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = UnitField()
    valid_from = DateField(label=_("From"))
    valid_to = DateField(label=_("Until before"), required=False)
    document = DocumentField()

    def __init__(self, *args: Any, users: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = users  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class EndRoleForm(ReasonForm):
    on = DateField(label=_("Ends on"), help_text=_("The first day on which it no longer holds."))
    receiver = AccountField(label=_("Who receives the open work"), required=False)
    version = version_field()
    field_order = ("on", "reason", "receiver", "version")

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].queryset = users  # type: ignore[attr-defined]


class DelegationForm(HouseForm):
    to = AccountField(label=_("Deputy"))
    valid_from = DateField(label=_("From"))
    valid_to = DateField(label=_("Until before"))
    document = DocumentField()

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = users  # type: ignore[attr-defined]


class EndDelegationForm(ReasonForm):
    on = DateField(label=_("Ends on"), help_text=_("The first day on which it no longer holds."))
    version = version_field()
    field_order = ("on", "reason", "version")


class RightsForm(HouseForm):
    """Which role is asked about; none shows all."""

    role = forms.ChoiceField(label=_("Role"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("All")), *role_choices()]  # type: ignore[attr-defined]
