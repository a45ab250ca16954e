"""Units: the list, the page of one, and what changes in its life."""

from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, clock
from core.text import format_date
from core.ui.fields import DateField
from core.ui.views import DetailPage, FormPage, ListPage, Page, PageAction, SuggestView
from units import naming, queries
from units.filters import UnitFilter
from units.forms.units import (
    UnitCloseForm,
    UnitEditForm,
    UnitForm,
    UnitMoveForm,
    UnitRenameForm,
)
from units.models import Unit
from units.services import units
from units.services.units import MANAGE
from units.tables import UnitTable


def day_asked(text: str) -> date:
    """The day in an address, or today where there is none or it is no day."""
    try:
        return DateField(required=False).clean(text) or clock.today()
    except ValidationError:
        return clock.today()


def list_crumb() -> list[tuple[Any, str]]:
    return [(_("Units"), reverse("units:unit_list"))]


class UnitList(ListPage):
    title = gettext_lazy("Units")
    permission = "units.view_unit"
    table_class = UnitTable
    filterset_class = UnitFilter
    empty_icon = "sitemap"
    empty_text = gettext_lazy("No unit is in your scope yet.")

    @cached_property
    def day(self) -> date:
        return day_asked(self.request.GET.get("on", ""))

    def get_queryset(self) -> Any:
        return Unit.objects.visible_to(self.request.user).named_on(self.day).in_official_order()

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"day": self.day}

    def get_page_actions(self) -> list[PageAction]:
        if not self.request.user.has_perm(MANAGE):
            return []
        return [
            PageAction(_("Record a succession"), reverse("units:unit_succession"), icon="arrows-sort"),
            PageAction(_("Enter a unit"), reverse("units:unit_create"), icon="plus", primary=True),
        ]


class UnitSuggest(SuggestView):
    """Units by typing, told apart by the unit above; those that ceased say so."""

    permission = "units.view_unit"

    def get_queryset(self) -> Any:
        return Unit.objects.visible_to(self.request.user).named_on(clock.today()).in_official_order()

    def text_of(self, row: Any) -> str:
        return str(row.name_then)

    def note_of(self, row: Any) -> str:
        ceased = _("ceased on %(day)s") % {"day": format_date(row.closed_on)} if row.closed_on else ""
        return " · ".join(part for part in (row.parent_name_then, ceased) if part)


class UnitPage(Page):
    """What the pages of one unit share."""

    model = Unit
    permission: str | None = MANAGE
    object: Unit

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [*list_crumb(), (self.object.name, self.get_success_url(None))]

    def get_success_url(self, result: Any) -> str:
        return reverse("units:unit_detail", args=[self.object.pk])


class UnitDetail(UnitPage, DetailPage):
    permission = "units.view_unit"
    template_name = "units/unit_detail.html"

    @cached_property
    def day(self) -> date:
        return day_asked(self.request.GET.get("on", ""))

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def get_title(self) -> str:
        return self.object.name_on(self.day)

    def get_page_actions(self) -> list[PageAction]:
        unit = self.object
        if not self.request.user.has_perm(MANAGE, unit):
            return []
        args = [unit.pk]
        correct = PageAction(_("Correct the data"), reverse("units:unit_edit", args=args), icon="pencil")
        if unit.closed_on is not None:
            return [correct]
        return [
            correct,
            PageAction(_("Rename"), reverse("units:unit_rename", args=args), icon="writing"),
            PageAction(_("Place under another unit"), reverse("units:unit_move", args=args), icon="sitemap"),
            PageAction(
                _("Record a succession"), f"{reverse('units:unit_succession')}?unit={unit.pk}", icon="arrows-sort"
            ),
            PageAction(_("Let it cease"), reverse("units:unit_close", args=args), icon="archive"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unit, user, day = self.object, self.request.user, self.day
        before, after = queries.successions_of(unit)
        manages = user.has_perm(MANAGE, unit)
        below, people = queries.units_below(unit, user, day), queries.people_in(unit, user, day)
        return super().get_context_data(
            day=day,
            line=naming.line_names(unit, day)[1:],
            state=unit.state_on(day),
            names=unit.names.order_by("-valid_from"),
            parents=unit.parents.select_related("parent").order_by("-valid_from"),
            before=before,
            after=after,
            below=below[:100],
            roles=queries.roles_in(unit, user, day),
            people=people[:50],
            people_count=people.count(),
            entries=audit.entries_for(unit)[:50] if manages else None,
            **kwargs,
        )


class UnitCreate(FormPage):
    title = gettext_lazy("New unit")
    permission = MANAGE
    form_class = UnitForm
    submit_label = gettext_lazy("Enter the unit")
    success_message = gettext_lazy("The unit is entered.")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "units": choices(self.request.user)}

    def perform(self, form: Any) -> Unit:
        return units.create_unit(actor=self.request.user, **form.cleaned_data)

    def get_success_url(self, result: Unit) -> str:
        return reverse("units:unit_detail", args=[result.pk])


def choices(user: Any) -> Any:
    """Units that may be chosen in forms about units."""
    return Unit.objects.visible_to(user).select_related("parent").in_official_order()


class UnitEdit(UnitPage, FormPage):
    form_class = UnitEditForm
    success_message = gettext_lazy("The unit's data is saved.")

    def get_title(self) -> str:
        return _("Correct the data of %(name)s") % {"name": self.object.name}

    def get_initial(self) -> dict[str, Any]:
        fields = ("name", "short_name", "code", "kind", "level", "official_order", "version")
        return {name: getattr(self.object, name) for name in fields}

    def perform(self, form: Any) -> Unit:
        return units.edit_unit(unit_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class UnitRename(UnitPage, FormPage):
    form_class = UnitRenameForm
    submit_label = gettext_lazy("Record the new name")
    success_message = gettext_lazy("The new name is recorded.")

    def get_title(self) -> str:
        return _("Rename %(name)s") % {"name": self.object.name}

    def get_initial(self) -> dict[str, Any]:
        return {"code": self.object.code, "version": self.object.version}

    def perform(self, form: Any) -> Unit:
        return units.rename_unit(unit_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class UnitMove(UnitPage, FormPage):
    form_class = UnitMoveForm
    submit_label = gettext_lazy("Place the unit there")
    success_message = gettext_lazy("The unit's new place is recorded.")

    def get_title(self) -> str:
        return _("Place %(name)s under another unit") % {"name": self.object.name}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.object.version}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "units": choices(self.request.user).exclude(pk=self.object.pk)}

    def perform(self, form: Any) -> Unit:
        return units.move_unit(unit_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class UnitClose(UnitPage, FormPage):
    form_class = UnitCloseForm
    submit_label = gettext_lazy("Record that it ceases")
    success_message = gettext_lazy("It is recorded that the unit ceases. Its records stay.")

    def get_title(self) -> str:
        return _("%(name)s ceases") % {"name": self.object.name}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.object.version}

    def perform(self, form: Any) -> Unit:
        return units.close_unit(unit_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
