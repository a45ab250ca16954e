"""Forms of units."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.ui.forms import DateField, HouseForm
from units.enums import SuccessionKind, UnitKind, UnitLevel
from units.forms.fields import DocumentField, UnitField, UnitsField, version_field


class NameFields(HouseForm):
    """What a unit is called."""

    name = forms.CharField(
        label=_("Name"), max_length=300, help_text=_("In full, as on its seal: the kind of area first.")
    )
    short_name = forms.CharField(label=_("Short name"), max_length=100, required=False)
    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        required=False,
        help_text=_("Code of the statistics office, where it has one. A code of a unit that ended may come back."),
    )


class UnitFacts(NameFields):
    """What a unit is."""

    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices)
    level = forms.ChoiceField(label=_("Level"), choices=UnitLevel.choices)
    official_order = forms.IntegerField(
        label=_("Official order"), min_value=0, initial=0, help_text=_("Place in lists kept in administrative order.")
    )


class UnitForm(UnitFacts):
    """A new unit."""

    parent = UnitField(label=_("Unit above"), required=False)
    opened_on = DateField(label=_("In operation from"))
    document = DocumentField()

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = units  # type: ignore[attr-defined]


class UnitEditForm(UnitFacts):
    """Mends what was entered wrongly."""

    version = version_field()


class UnitRenameForm(NameFields):
    on = DateField(label=_("Bears the name from"))
    document = DocumentField()
    version = version_field()
    field_order = ("on", "name", "short_name", "code", "document", "version")


class UnitMoveForm(HouseForm):
    parent = UnitField(label=_("New unit above"))
    on = DateField(label=_("From"))
    document = DocumentField()
    version = version_field()

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = units  # type: ignore[attr-defined]


class UnitCloseForm(HouseForm):
    on = DateField(label=_("Ceases on"), help_text=_("The first day on which the unit is no longer in operation."))
    roles_end_on = DateField(
        label=_("Roles in the unit end on"),
        required=False,
        help_text=_("Later than the end of the unit, if what was decided before has still to be entered."),
    )
    document = DocumentField()
    version = version_field()


class SuccessionForm(HouseForm):
    """Who comes after whom."""

    kind = forms.ChoiceField(label=_("Kind"), choices=SuccessionKind.choices)
    predecessors = UnitsField(label=_("Units that were"), help_text=_("One or more."))
    successors = UnitsField(label=_("Units that come after"), help_text=_("They must have been entered before."))
    on = DateField(label=pgettext_lazy("succession", "On"))
    heir = UnitField(
        label=_("Successor that receives records and units below"),
        required=False,
        help_text=_("Needed only if there are several successors."),
    )
    carry_people = forms.BooleanField(
        label=_("People keep their posts in that successor"), required=False, initial=False
    )
    roles_end_on = DateField(label=_("Roles in the former units end on"), required=False)
    document = DocumentField()

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("predecessors", "successors", "heir"):
            self.fields[name].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        heir, after = cleaned.get("heir"), cleaned.get("successors")
        if heir is not None and after is not None and heir not in set(after):
            self.add_error("heir", _("Choose one of the successors."))
        return cleaned
