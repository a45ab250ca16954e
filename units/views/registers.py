"""The three registers of whom merit may be recorded for: individuals, households, groups."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.ui.tabs import ShownTab
from core.ui.views import ListPage


class RegisterList(ListPage):
    """One of the registers, with the others beside it as tabs."""

    permission: str | None = "units.view_unit"

    template_name = "units/register_list.html"
    active_tab = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        registers = (
            ("person", _("Individuals"), "units:person_list"),
            ("household", _("Households"), "units:household_list"),
            ("group", _("Groups"), "units:group_list"),
        )
        tabs = [ShownTab(code, label, reverse(url), code == self.active_tab, None) for code, label, url in registers]
        return super().get_context_data(**{"register_tabs": tabs, **kwargs})
