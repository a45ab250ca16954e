"""The filter bar over a list: a search box, choices, and chips of what is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.forms import ModelChoiceField
from django.utils.translation import gettext_lazy as _
from django_filters.widgets import BooleanWidget

from core.ui.forms import HouseForm
from core.ui.wording import holding_words

__all__ = ["Chip", "FilterSet"]


@dataclass(frozen=True)
class Chip:
    """One choice in force: `without` is the query that drops it."""

    label: str
    value: str
    without: str


class FilterForm(HouseForm):
    """The form of a filter bar."""

    use_required_attribute = False


class FilterSet(django_filters.FilterSet):
    """The base of every filter bar.

    ``q`` finds rows whose search key holds every word typed, in any order, with or without diacritics.
    `search_lookups` are the key fields; a word may be found in any of them. Empty: no search box.
    """

    search_lookups: tuple[str, ...] = ("search",)
    search_label: Any = _("Search")

    q = django_filters.CharFilter(method="filter_words", label=_("Search"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.search_lookups:
            self.filters["q"].label = self.search_label
            self.filters["q"].extra["widget"] = forms.TextInput(
                attrs={"type": "search", "placeholder": self.search_label, "autocomplete": "off"}
            )
        else:
            del self.filters["q"]

    def get_form_class(self) -> type[forms.Form]:
        names = sorted(self.filters, key=lambda name: name != "q")  # the search box comes first
        fields = {name: offer_all(self.filters[name].field) for name in names}
        return type("FilterForm", (FilterForm,), fields)

    def filter_words(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Every word, each in any of the search keys."""
        return holding_words(queryset, value, self.search_lookups)

    @property
    def in_force(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.chip_list)

    @cached_property
    def chip_list(self) -> list[Chip]:
        return list(self.chips())

    @property
    def cleared(self) -> str:
        """The query without any choice; the order stays."""
        return f"?{self.without(*self.filters).urlencode()}"

    def without(self, *names: str) -> Any:
        """The query without these choices, from the first page."""
        parameters = self.data.copy()
        for key in list(parameters):
            if key == "page" or any(key == name or key.startswith(f"{name}_") for name in names):
                del parameters[key]
        return parameters

    def chips(self) -> Iterator[Chip]:
        """What is chosen, each with the way to drop it."""
        if not self.is_bound or not self.form.is_valid():
            return
        for name, value in self.form.cleaned_data.items():
            if value in (None, "", []) or (isinstance(value, QuerySet) and not value):
                continue
            text = shown_value(self.form.fields[name], value)
            yield Chip(str(self.form.fields[name].label or name), text, f"?{self.without(name).urlencode()}")


def offer_all(field: forms.Field) -> forms.Field:
    """The first choice of a filter reads "All"; Django's own words ask for knowledge or a choice."""
    if isinstance(field.widget, BooleanWidget):
        field.widget.choices = [("", _("All")), ("true", _("Yes")), ("false", _("No"))]
    elif getattr(field, "empty_label", None):
        field.empty_label = _("All")  # type: ignore[attr-defined]
    return field


def shown_value(field: forms.Field, value: Any) -> str:
    """The words for a chosen value."""
    if isinstance(field, ModelChoiceField):
        many = not hasattr(value, "pk")
        return ", ".join(field.label_from_instance(v) for v in (value if many else [value]))
    if isinstance(field, forms.ChoiceField):
        names = dict(_flat(field.choices))
        many = isinstance(value, list | tuple)
        return ", ".join(str(names.get(str(v), v)) for v in (value if many else [value]))
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, slice):
        return f"{value.start or ''} – {value.stop or ''}"
    return str(field.prepare_value(value)) if hasattr(field, "prepare_value") else str(value)


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label
