"""Forms of persons, their posts, households and groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.ui.forms import DateField, HouseForm, ReasonForm
from units.enums import PERSON_CLASSES, GroupKind
from units.forms.fields import PersonField, UnitField, version_field

CLASS_CHOICES = [(member.value, member.label) for member in PERSON_CLASSES]


class PersonFacts(HouseForm):
    honorific = forms.CharField(
        label=_("Form of address"),
        max_length=50,
        required=False,
        help_text=_("Mr, Mrs, a rank or a religious title, as official lists write it."),
    )
    name = forms.CharField(label=_("Full name"), max_length=200)
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False, min_value=1000, max_value=9999)
    birth_date = DateField(
        label=_("Date of birth"), required=False, help_text=_("Where it is known; the year alone is enough.")
    )
    residence = forms.CharField(
        label=_("Residence"), max_length=300, required=False, help_text=_("For who serves in no unit of ours.")
    )


class PersonForm(PersonFacts):
    """A new person, with the post held where there is one."""

    organiser = UnitField(label=_("Unit keeping the record"))
    post = forms.CharField(
        label=_("Post in this unit"),
        max_length=200,
        required=False,
        help_text=_("Leave empty for somebody who does not serve here: a citizen, a monk, a pensioner."),
    )
    is_leader = forms.BooleanField(label=_("Leading post"), required=False)
    subject_class = forms.ChoiceField(label=_("Class of subject"), choices=CLASS_CHOICES, initial="direct")
    valid_from = DateField(label=_("In this post from"), required=False)
    another = forms.BooleanField(
        label=_("Another person of the same name"),
        required=False,
        help_text=_("Only if the record already there is somebody else's."),
    )
    field_order = (
        "honorific", "name", "birth_year", "birth_date", "organiser", "post", "is_leader", "subject_class",
        "valid_from", "residence", "another",
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organiser"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("post") and not cleaned.get("valid_from") and "valid_from" not in self.errors:
            self.add_error("valid_from", _("Enter the day from which the post is held."))
        return cleaned


class PersonEditForm(PersonFacts):
    version = version_field()


class IdentityForm(HouseForm):
    identity = forms.CharField(
        label=_("Identity number"),
        max_length=30,
        required=False,
        help_text=_("12 digits, on old cards 9. Leave empty to remove the number."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}),
    )
    version = version_field()


class AppointmentForm(HouseForm):
    unit = UnitField()
    post = forms.CharField(label=_("Post"), max_length=200)
    is_leader = forms.BooleanField(label=_("Leading post"), required=False)
    subject_class = forms.ChoiceField(label=_("Class of subject"), choices=CLASS_CHOICES, initial="direct")
    valid_from = DateField(label=_("From"))
    valid_to = DateField(label=_("Until before"), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class EndForm(HouseForm):
    """Ends something dated."""

    on = DateField(label=_("Ends on"), help_text=_("The first day on which it no longer holds."))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class MergeForm(ReasonForm):
    double = PersonField(
        label=_("Double record"), help_text=_("Its posts, households, account and awards go to the record kept.")
    )
    field_order = ("double", "reason")

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["double"].queryset = persons  # type: ignore[attr-defined]


class HouseholdForm(HouseForm):
    unit = UnitField(label=_("Lives in"))
    name = forms.CharField(
        label=_("Name of the household"), max_length=200, help_text=_("As it is to be printed, with the head's name.")
    )
    head = PersonField(label=_("Head of the household"), required=False)

    def __init__(self, *args: Any, units: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["head"].queryset = persons  # type: ignore[attr-defined]


class HouseholdEditForm(HouseholdForm):
    version = version_field()


class GroupFacts(HouseForm):
    name = forms.CharField(
        label=_("Name of the group"),
        max_length=300,
        help_text=_("As it is to be printed: a couple, an enterprise, the people and officials of a commune."),
    )
    group_kind = forms.ChoiceField(label=_("Kind"), choices=GroupKind.choices)


class GroupForm(GroupFacts):
    organiser = UnitField(label=_("Unit keeping the record"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organiser"].queryset = units  # type: ignore[attr-defined]
