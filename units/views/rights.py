"""Which role may do what, in words."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.ui.views import Page
from units.forms.memberships import RightsForm
from units.rights import reading_of, rights_of


class RightsPage(Page):
    """`?role=…` leaves what one role may do. The rules are no secret: everybody signed in may read them."""

    title = gettext_lazy("Which role may do what")
    template_name = "units/rights.html"

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [(_("Grants of rights"), reverse("units:membership_list"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = RightsForm(self.request.GET)
        role = form.cleaned_data["role"] if form.is_valid() else ""
        return super().get_context_data(
            form=form, role=role, reading=reading_of(role) if role else "", groups=rights_of(role), **kwargs
        )
