"""Persons, their posts and their identity numbers."""

from typing import Any

from django.forms import HiddenInput
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, clock
from core.ui.views import DetailPage, FormPage, Page, PageAction, SuggestView
from units import queries
from units.filters import PersonFilter
from units.forms.people import MergeForm, PersonEditForm, PersonForm
from units.models import Person
from units.permissions import At
from units.services import appointments, identity, persons
from units.services.persons import MANAGE
from units.tables import PersonTable
from units.views.registers import RegisterList


def list_crumb() -> list[tuple[Any, str]]:
    return [(_("Individuals"), reverse("units:person_list"))]


class PersonList(RegisterList):
    title = gettext_lazy("Individuals, households, groups")
    table_class = PersonTable
    filterset_class = PersonFilter
    active_tab = "person"
    empty_icon = "users"
    empty_text = gettext_lazy("No individual is in your scope yet. They are entered once and found again for years.")

    def get_queryset(self) -> Any:
        rows = Person.objects.visible_to(self.request.user).live()
        return rows.placed_on(clock.today()).by_given_name()

    def get_page_actions(self) -> list[PageAction]:
        if not self.request.user.has_perm(MANAGE):
            return []
        return [PageAction(_("Enter an individual"), reverse("units:person_create"), icon="user-plus", primary=True)]


class PersonSuggest(SuggestView):
    """Persons by typing, told apart by year of birth, post and unit."""

    permission = "units.view_unit"

    def get_queryset(self) -> Any:
        rows = Person.objects.visible_to(self.request.user).live()
        return rows.placed_on(clock.today()).by_given_name()

    def text_of(self, row: Any) -> str:
        return str(row.full_name)

    def note_of(self, row: Any) -> str:
        return queries.person_note(row)


class PersonPage(Page):
    """What the pages of one person share."""

    model = Person
    permission: str | None = MANAGE
    object: Person
    request: Any

    def get_object_queryset(self) -> Any:
        return queries.persons_with_posts(Person.objects.visible_to(self.request.user))

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [*list_crumb(), (self.object.full_name, self.get_success_url(None))]

    def get_success_url(self, result: Any) -> str:
        return reverse("units:person_detail", args=[self.object.pk])

    def places(self) -> Any:
        """The units that may be chosen."""
        return queries.choosable_units(self.request.user, MANAGE, clock.today())


class PersonDetail(PersonPage, DetailPage):
    permission = "units.view_unit"
    template_name = "units/person_detail.html"

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def get_title(self) -> str:
        return self.object.full_name

    def get_page_actions(self) -> list[PageAction]:
        person = self.object
        if person.merged_into_id is not None or not self.request.user.has_perm(MANAGE, person):
            return []
        args = [person.pk]
        return [
            PageAction(_("Merge a double"), reverse("units:person_merge", args=args), icon="copy"),
            PageAction(_("Record a post"), reverse("units:person_appoint", args=args), icon="plus"),
            PageAction(_("Edit"), reverse("units:person_edit", args=args), icon="pencil", primary=True),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person, user = self.object, self.request.user
        posts = sorted(person.appointments.all(), key=lambda row: row.valid_from, reverse=True)
        manages = user.has_perm(MANAGE, person)
        return super().get_context_data(
            posts=[(row, row.valid_to is None and user.has_perm(MANAGE, At(row.unit_id))) for row in posts],
            households=person.headed_households.select_related("unit").order_by("pk"),
            doubles=person.doubles.order_by("pk"),
            mask=identity.MASK,
            reads_identity=user.has_perm(identity.VIEW, person),
            manages=manages and person.merged_into_id is None,
            entries=audit.entries_for(person)[:50] if manages else None,
            **kwargs,
        )


class PersonCreate(FormPage):
    title = gettext_lazy("New individual")
    permission = MANAGE
    form_class = PersonForm
    submit_label = gettext_lazy("Enter the individual")
    success_message = gettext_lazy("The individual is entered.")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def get_form_kwargs(self) -> dict[str, Any]:
        units = queries.choosable_units(self.request.user, MANAGE, clock.today())
        return {**super().get_form_kwargs(), "units": units}

    def get_initial(self) -> dict[str, Any]:
        units = list(queries.choosable_units(self.request.user, MANAGE, clock.today())[:2])
        return {"organiser": units[0].pk} if len(units) == 1 else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        if "another" not in form.errors and not form.data.get("another"):
            # the question comes up only where somebody of the name is on record
            form.fields["another"].widget = HiddenInput()
        return super().get_context_data(**kwargs)

    def perform(self, form: Any) -> Person:
        return appointments.create_serving_person(actor=self.request.user, **form.cleaned_data)

    def get_success_url(self, result: Person) -> str:
        return reverse("units:person_detail", args=[result.pk])


class PersonEdit(PersonPage, FormPage):
    form_class = PersonEditForm
    success_message = gettext_lazy("The data is saved.")

    def get_title(self) -> str:
        return _("Edit the record of %(name)s") % {"name": self.object}

    def get_initial(self) -> dict[str, Any]:
        fields = ("honorific", "name", "birth_year", "birth_date", "residence", "version")
        return {name: getattr(self.object, name) for name in fields}

    def perform(self, form: Any) -> Person:
        return persons.edit_person(person_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class PersonMerge(PersonPage, FormPage):
    form_class = MergeForm
    submit_label = gettext_lazy("Merge into this record")
    success_message = gettext_lazy("The two records are one.")

    def get_title(self) -> str:
        return _("Merge a double of %(name)s") % {"name": self.object}

    def get_form_kwargs(self) -> dict[str, Any]:
        others = Person.objects.visible_to(self.request.user).live().exclude(pk=self.object.pk).by_given_name()
        return {**super().get_form_kwargs(), "persons": others}

    def perform(self, form: Any) -> Person:
        return persons.merge_persons(
            kept_id=self.object.pk, double_id=form.cleaned_data["double"].pk, reason=form.cleaned_data["reason"],
            actor=self.request.user,
        )  # fmt: skip
