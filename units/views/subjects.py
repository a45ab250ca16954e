"""Groups that no register holds, and the search over everybody who could be nominated."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.ui.views import FormPage, PageAction, SuggestView
from units import queries
from units.enums import SubjectKind
from units.filters import GroupFilter
from units.forms.people import GroupFacts, GroupForm
from units.models import Subject
from units.services import subjects
from units.services.subjects import MANAGE
from units.tables import GroupTable
from units.views.registers import RegisterList


def list_crumb() -> list[tuple[Any, str]]:
    return [(_("Groups"), reverse("units:group_list"))]


class SubjectSuggest(SuggestView):
    """``?q=…&kind=person&kind=household``: everybody visible, each with the ref that a form sends back."""

    permission = "units.view_unit"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = [kind for kind in request.GET.getlist("kind") if kind in SubjectKind.values]
        found = queries.find_subjects(
            self.request.user, request.GET.get("q", ""), day=clock.today(), kinds=asked or SubjectKind.values
        )
        results = [{"value": row.ref, "text": row.text, "note": row.note} for row in found]
        return JsonResponse({"results": results, "more": False})


class GroupRows:
    """Groups among the subjects."""

    request: Any

    def get_object_queryset(self) -> Any:
        rows = Subject.objects.visible_to(self.request.user).filter(kind=SubjectKind.GROUP)
        return rows.select_related("organiser").order_by("group_name", "pk")


class GroupList(GroupRows, RegisterList):
    title = gettext_lazy("Individuals, households, groups")
    table_class = GroupTable
    filterset_class = GroupFilter
    active_tab = "group"
    empty_icon = "users-group"
    empty_text = gettext_lazy("No group is in your scope yet: couples, enterprises, the people of a commune.")

    def get_queryset(self) -> Any:
        return self.get_object_queryset()

    def get_page_actions(self) -> list[PageAction]:
        if not self.request.user.has_perm(MANAGE):
            return []
        return [PageAction(_("Enter a group"), reverse("units:group_create"), icon="plus", primary=True)]


class GroupCreate(FormPage):
    title = gettext_lazy("New group")
    permission = MANAGE
    form_class = GroupForm
    submit_label = gettext_lazy("Enter the group")
    success_message = gettext_lazy("The group is entered.")
    success_url = "units:group_list"

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def get_form_kwargs(self) -> dict[str, Any]:
        units = queries.choosable_units(self.request.user, MANAGE, clock.today())
        return {**super().get_form_kwargs(), "units": units}

    def perform(self, form: Any) -> Subject:
        return subjects.create_group(actor=self.request.user, **form.cleaned_data)


class GroupEdit(GroupRows, FormPage):
    model = Subject
    permission = MANAGE
    form_class = GroupFacts
    success_message = gettext_lazy("The group's data is saved.")
    success_url = "units:group_list"
    object: Subject

    def get_title(self) -> str:
        return _("Edit the record of %(name)s") % {"name": self.object}

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.object.group_name, "group_kind": self.object.group_kind}

    def perform(self, form: Any) -> Subject:
        return subjects.rename_group(subject_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
