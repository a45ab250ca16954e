"""Fields that several forms of this room share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.ui.choices import SuggestField
from units.models import Person, Unit
from units.naming import unit_label


class UnitField(SuggestField):
    """A unit, named with the one above it. The form gives the scoped queryset."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Unit"))
        super().__init__(Unit.objects.none(), url_name="units:unit_suggest", **kwargs)

    def label_from_instance(self, obj: Unit) -> str:
        return unit_label(obj)


class UnitsField(forms.ModelMultipleChoiceField):
    """Several units, each named with the one above it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), **kwargs)
        self.widget.attrs["size"] = 8

    def label_from_instance(self, obj: Unit) -> str:
        return unit_label(obj)


class AccountField(SuggestField):
    """An account, by full name and user name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Account"))
        super().__init__(User.objects.none(), url_name="units:account_suggest", **kwargs)

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.full_name} ({obj.username})"


class PersonField(SuggestField):
    """A person, told apart from others of the name by year of birth."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Person.objects.none(), url_name="units:person_suggest", **kwargs)

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.full_name} ({obj.birth_year})" if obj.birth_year else obj.full_name


class DocumentField(forms.CharField):
    """The paper by which something was decided."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("By document"))
        kwargs.setdefault("help_text", _("Kind, number and date of the paper, as it is cited."))
        super().__init__(max_length=300, required=False, **kwargs)


def version_field() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput)
