"""Households."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, clock
from core.ui.views import DetailPage, FormPage, PageAction
from units import queries
from units.filters import HouseholdFilter
from units.forms.people import HouseholdEditForm, HouseholdForm
from units.models import Household, Person
from units.services import households
from units.services.households import MANAGE
from units.tables import HouseholdTable
from units.views.registers import RegisterList


def list_crumb() -> list[tuple[Any, str]]:
    return [(_("Households"), reverse("units:household_list"))]


class HouseholdList(RegisterList):
    title = gettext_lazy("Individuals, households, groups")
    table_class = HouseholdTable
    filterset_class = HouseholdFilter
    active_tab = "household"
    empty_icon = "home"
    empty_text = gettext_lazy("No household is in your scope yet.")

    def get_queryset(self) -> Any:
        return Household.objects.visible_to(self.request.user).select_related("unit", "head").order_by("sort_key", "pk")

    def get_page_actions(self) -> list[PageAction]:
        if not self.request.user.has_perm(MANAGE):
            return []
        return [PageAction(_("Enter a household"), reverse("units:household_create"), icon="plus", primary=True)]


class HouseholdForms:
    """The scoped choices of the forms."""

    request: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        given: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        user = self.request.user
        units = queries.choosable_units(user, MANAGE, clock.today())
        return {**given, "units": units, "persons": Person.objects.visible_to(user).live().by_given_name()}

    def get_success_url(self, result: Household) -> str:
        return reverse("units:household_detail", args=[result.pk])


class HouseholdCreate(HouseholdForms, FormPage):
    title = gettext_lazy("New household")
    permission = MANAGE
    form_class = HouseholdForm
    submit_label = gettext_lazy("Enter the household")
    success_message = gettext_lazy("The household is entered.")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def perform(self, form: Any) -> Household:
        return households.create_household(actor=self.request.user, **form.cleaned_data)


class HouseholdDetail(DetailPage):
    model = Household
    permission = "units.view_unit"
    template_name = "units/household_detail.html"
    object: Household

    def get_object_queryset(self) -> Any:
        return Household.objects.visible_to(self.request.user).select_related("unit__parent", "head")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def get_page_actions(self) -> list[PageAction]:
        if not self.request.user.has_perm(MANAGE, self.object):
            return []
        return [
            PageAction(_("Edit"), reverse("units:household_edit", args=[self.object.pk]), icon="pencil", primary=True)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        manages = self.request.user.has_perm(MANAGE, self.object)
        entries = audit.entries_for(self.object)[:50] if manages else None
        return super().get_context_data(entries=entries, **kwargs)


class HouseholdEdit(HouseholdForms, FormPage):
    model = Household
    permission = MANAGE
    form_class = HouseholdEditForm
    success_message = gettext_lazy("The household's data is saved.")
    object: Household

    def get_title(self) -> str:
        return _("Edit the record of %(name)s") % {"name": self.object}

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [*list_crumb(), (self.object.name, self.get_success_url(self.object))]

    def get_initial(self) -> dict[str, Any]:
        household = self.object
        return {
            "unit": household.unit_id, "name": household.name, "head": household.head_id, "version": household.version,
        }  # fmt: skip

    def perform(self, form: Any) -> Household:
        return households.edit_household(household_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
