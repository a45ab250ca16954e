"""Mergers, divisions and reorganisations of units."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.ui.views import FormPage
from units.forms.units import SuccessionForm
from units.services import successions
from units.services.units import MANAGE
from units.views.units import choices, list_crumb


class UnitSuccession(FormPage):
    title = gettext_lazy("Succession of units")
    permission = MANAGE
    form_class = SuccessionForm
    submit_label = gettext_lazy("Record the succession")
    success_message = gettext_lazy("The succession is recorded. The successors read what was; nobody rewrites it.")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def get_initial(self) -> dict[str, Any]:
        """Coming from a unit's page, that unit is chosen as one that was."""
        unit = self.request.GET.get("unit", "")
        return {"predecessors": [unit]} if unit.isdecimal() else {}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "units": choices(self.request.user)}

    def perform(self, form: Any) -> Any:
        values = {**form.cleaned_data}
        values |= {name: list(values[name]) for name in ("predecessors", "successors")}
        return successions.record_succession(actor=self.request.user, **values)

    def get_success_url(self, result: Any) -> str:
        return reverse("units:unit_detail", args=[result[0].successor_id])
