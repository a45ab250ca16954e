"""The parameters of a report: choices scoped to the person, carried in an address, kept in a job."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict

from core.ui.filters import shown_value
from core.ui.forms import HouseForm

SEARCHED = "__q"  # what was typed into the search box of a field
Stored = dict[str, list[str]]


class ReportForm(HouseForm):
    """The base of every report's form.

    Fields over rows are declared with ``queryset=None``; `scope_choices` gives each the rows that the
    user may see (``Model.objects.visible_to(self.user)``). The form is read twice: when the report is
    asked for and when it is made, each time with the rights of that moment.
    """

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(data, **kwargs)
        if any(getattr(field, "queryset", None) is not None for field in self._row_fields()):
            raise ImproperlyConfigured(f"{type(self).__name__} must take its rows from scope_choices().")
        self.scope_choices()
        if any(field.queryset is None for field in self._row_fields()):
            raise ImproperlyConfigured(f"{type(self).__name__}.scope_choices() left a field without rows.")

    def _row_fields(self) -> list[Any]:
        return [field for field in self.fields.values() if isinstance(field, forms.ModelChoiceField)]

    def scope_choices(self) -> None:
        """Give every field over rows those that ``self.user`` may see; narrow fields by ``self.picked()``."""

    def starting_values(self) -> Mapping[str, Any]:
        """What stands in the fields before anybody chose: the newest campaign, its current period."""
        return {}

    def picked(self, name: str) -> Any:
        """The value of a field that others hang on, read ahead of the others; None if it is not valid."""
        field = self.fields[name]
        try:
            return field.clean(field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)))
        except forms.ValidationError:
            return None

    # --- In and out -----------------------------------------------------------------------------

    @classmethod
    def carried(cls, query: MultiValueDict[str, Any], user: Any) -> Self:
        """A form filled from an address: what it names and the user may choose, else the starting values.

        Nothing was sent yet, so nothing is wrong yet: what cannot be chosen is passed over in silence.
        """
        names = [name for name in query if name.removesuffix(SEARCHED) in cls.base_fields]
        given = MultiValueDict({name: query.getlist(name) for name in names})
        for _try in range(len(cls.base_fields) + 1):
            form = cls(_completed(cls(given, user=user), given), user=user)
            refused = [name for name in form.errors if name in given]
            if not refused:
                break
            for name in refused:
                del given[name]
        if not form.is_valid():
            form._errors = ErrorDict()  # type: ignore[attr-defined]
            form.is_complete = False
        return form

    is_complete = True  # False: something required is still to be chosen

    def stored(self) -> Stored:
        """The valid form's values as texts, for a job's parameters and for addresses."""
        kept = {name: _as_texts(field, self.cleaned_data.get(name)) for name, field in self.fields.items()}
        return {name: texts for name, texts in kept.items() if texts}

    @classmethod
    def kept(cls, stored: Stored, user: Any) -> Self:
        """The form over values that were stored."""
        return cls(MultiValueDict(stored), user=user)

    def chosen(self) -> list[tuple[str, str]]:
        """Label and words of every choice made, and of what was left at "all"."""
        pairs = []
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.HiddenInput):
                continue
            value = self.cleaned_data.get(name)
            nothing = value in (None, "", []) or (isinstance(value, QuerySet) and not value)
            shown = str(getattr(field, "empty_label", None) or "") if nothing else shown_value(field, value)
            if shown:
                pairs.append((str(field.label or name), shown))
        return pairs


def _completed(form: ReportForm, given: MultiValueDict[str, Any]) -> MultiValueDict[str, Any]:
    data = given.copy()
    for name, value in form.starting_values().items():
        if name not in data:
            data.setlist(name, _as_texts(form.fields[name], value))
    return data


def _as_texts(field: forms.Field, value: Any) -> list[str]:
    """`value` as the texts a browser would send for it."""
    if value is None or value == "" or value is False:
        return []
    if value is True:
        return ["on"]
    if isinstance(value, QuerySet | list | tuple):
        return sorted(str(field.prepare_value(one)) for one in value)
    return [str(field.prepare_value(value))]
