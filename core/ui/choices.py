"""Choosing one row among many by typing; without scripts, by a search that fills the select."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.ui.wording import holding_words

FEW = 60
MOST_FOUND = 50
SEARCH_BUTTON = "_search"


class SuggestSelect(forms.Select):
    """A select that a script turns into a box to type in.

    With few rows it lists all. With many it lists the chosen one and, where there is no script, what a
    small search box beside it found; the box's button sends the form back to itself.
    """

    template_name = "ui/forms/suggest.html"
    found_for = ""

    def __init__(self, *, url_name: str, attrs: dict[str, Any] | None = None) -> None:
        self.url_name = url_name
        super().__init__(attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        self.found_for = data.get(f"{name}__q", "")
        return super().value_from_datadict(data, files, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        few = self.choices.field.narrow(value, self.found_for)  # type: ignore[attr-defined]
        given = {
            "data-suggest": reverse(self.url_name),
            "data-none": _("Nothing is found."),
            "data-more": _("There are more; type another word."),
            "data-placeholder": _("Type to search"),
            **(attrs or {}),
        }
        context = super().get_context(name, value, given)
        context["widget"] |= {"few": few, "found_for": self.found_for, "search_button": SEARCH_BUTTON}
        return context


class Offered(ModelChoiceIterator):
    """The choices of a field over fewer rows than it accepts."""

    def __init__(self, field: Any, rows: QuerySet[Any]) -> None:
        super().__init__(field)
        self.queryset = rows


class SuggestField(forms.ModelChoiceField):
    """A row found by typing. `url_name` is a SuggestView over the same rows.

    Set the field's `queryset` to the rows the person may see, in the form's ``__init__``: the value is
    checked against it, whatever the page offered.
    """

    def __init__(
        self,
        queryset: QuerySet[Any] | None,
        *,
        url_name: str,
        search_lookups: tuple[str, ...] = ("search",),
        **kwargs: Any,
    ) -> None:
        self.search_lookups = search_lookups
        super().__init__(queryset, widget=SuggestSelect(url_name=url_name), **kwargs)

    def narrow(self, value: Any, words: str) -> bool:
        """Offer only what is needed. Returns whether that is every row."""
        rows: QuerySet[Any] = self.queryset  # type: ignore[assignment]
        if not words and rows[: FEW + 1].count() <= FEW:
            return True
        keys = [getattr(value, "pk", value)] if value else []
        if words:
            found = holding_words(rows, words, self.search_lookups)
            keys += list(found.values_list("pk", flat=True)[:MOST_FOUND])
        field_name = self.to_field_name or "pk"
        offered = Q(pk__in=keys[1:]) | Q(**{f"{field_name}__in": keys[:1]}) if value else Q(pk__in=keys)
        self.widget.choices = Offered(self, rows.filter(offered))
        return False
