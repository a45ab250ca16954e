"""Title registrations of a year: the list, a new list of names, one registration and its changes."""

from functools import cached_property
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from awards.enums import RegistrationState
from awards.forms.registrations import EDIT, ChangeForm, RegistrationForm, RegistrationOnPaperForm, award_of, places_of
from awards.models import TitleRegistration
from awards.registration_list import RegistrationFilter, RegistrationTable, year_text
from awards.services.title_registrations import (
    LineRefused,
    change_registration,
    register_titles,
    withdraw_registration,
)
from core import audit, clock
from core.errors import NotAllowed, ServiceError
from core.ui.exports import exports_for
from core.ui.forms import ReasonForm
from core.ui.views import ActionView, DetailPage, FormPage, ListPage, PageAction
from units.seats import seat_of

LIST = "awards:registration_list"


def list_crumb() -> list[tuple[Any, str]]:
    return [(_("Title registrations"), reverse(LIST))]


class RegistrationList(ListPage):
    title = _("Title registrations")
    permission = "campaigns.view_campaign"
    table_class, filterset_class = RegistrationTable, RegistrationFilter
    empty_icon = "medal"
    empty_text = _("No title is registered yet. Registrations are made at the start of the year, by name.")

    def get_queryset(self) -> Any:
        rows = TitleRegistration.objects.visible_to(self.request.user)
        return rows.select_related("unit", "award_version", "subject").order_by(
            "-year", "unit__official_order", "unit__sort_key", "pk"
        )

    def get_page_actions(self) -> list[PageAction]:
        offered = exports_for("title_registrations", None, self.request)
        links = [PageAction(export.label, export.url, "download") for export in offered]
        if not places_of(self.request.user):
            return links
        return [*links, PageAction(_("Register titles"), reverse("awards:registration_create"), "plus", primary=True)]


class RegistrationCreate(FormPage):
    """Up to five names at once; with "and further ones" the page comes back for the next five."""

    title = _("Register titles")
    permission = EDIT
    template_name = "awards/registration_create.html"
    submit_label = _("Register the titles")

    @cached_property
    def on_paper(self) -> bool:
        """Whether the person registers for units that are not their own: then the unit's paper is named."""
        return not seat_of(self.request.user).subtree_ids

    def check_access(self) -> None:
        super().check_access()
        if not places_of(self.request.user):
            raise NotAllowed(EDIT)

    @property
    def form_class(self) -> type[RegistrationForm]:  # type: ignore[override]
        return RegistrationOnPaperForm if self.on_paper else RegistrationForm

    def get_initial(self) -> dict[str, Any]:
        today = clock.today()
        return {"year": today.year, "registered_on": today, **self.request.GET.dict()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def perform(self, form: Any) -> list[TitleRegistration]:
        lines, data = form.lines(), form.cleaned_data
        numbers = list(lines)
        try:
            return register_titles(
                unit=data["unit"], year=data["year"], school_year=data["school_year"], lines=list(lines.values()),
                registered_on=data["registered_on"], actor=self.request.user,
                paper=form.paper() if self.on_paper else None,
            )  # fmt: skip
        except LineRefused as error:
            part, _underscore, _number = (error.field or "").rpartition("_")
            raise ServiceError(error.message, field=f"{part}_{numbers[error.number - 1]}") from error

    def get_success_url(self, result: Any) -> str:
        first = result[0]
        if "another" in self.request.POST:
            query = f"?unit={first.unit_id}&year={first.year}"
            return reverse("awards:registration_create") + query
        return f"{reverse(LIST)}?year={first.year}&unit={first.unit_id}"

    def get_success_message(self, result: Any) -> Any:
        return ngettext("%(count)s title is registered.", "%(count)s titles are registered.", len(result)) % {
            "count": len(result)
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse(LIST), on_paper=self.on_paper, **kwargs)


class RegistrationDetail(DetailPage):
    model = TitleRegistration
    template_name = "awards/registration_detail.html"

    def get_object_queryset(self) -> Any:
        return super().get_object_queryset().select_related("unit", "organiser", "award_version", "subject")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def get_page_actions(self) -> list[PageAction]:
        row = self.object
        if row.state == RegistrationState.WITHDRAWN or not self.request.user.has_perm(EDIT, row):
            return []
        return [
            PageAction(_("Change"), reverse("awards:registration_change", args=[row.pk]), "pencil"),
            PageAction(_("Withdraw"), reverse("awards:registration_withdraw", args=[row.pk]), "ban"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = self.object.attachments.filter(removed_at=None).select_related("file")
        given = {"entries": audit.entries_for(self.object), "files": files, "year": year_text(self.object)}
        return super().get_context_data(**{**given, **kwargs})


class OfRegistration:
    """A step of one registration."""

    model: type[Model] | None = TitleRegistration
    object: TitleRegistration
    permission: str | None = EDIT
    request: Any

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [*list_crumb(), (self.object.printed_name, self.get_back_url())]

    def get_back_url(self) -> str:
        return reverse("awards:registration_detail", args=[self.object.pk])

    def get_success_url(self, result: Any) -> str:
        return self.get_back_url()

    @property
    def seen_version(self) -> int:
        """The version the page showed."""
        text = self.request.POST.get("version", "")
        return int(text) if text.isdecimal() else -1


class RegistrationChange(OfRegistration, FormPage):
    title = _("Change the registration")
    template_name = "awards/registration_change.html"
    form_class = ChangeForm
    submit_label = _("Change the registration")

    def get_initial(self) -> dict[str, Any]:
        return {"award": str(self.object.award_type_id), "initiative": self.object.initiative}

    def perform(self, form: Any) -> TitleRegistration:
        data = form.cleaned_data
        return change_registration(
            registration_id=self.object.pk, version=self.seen_version, award_type=award_of(data["award"]),
            initiative=data["initiative"], reason=data["reason"], actor=self.request.user,
        )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_back_url(), **kwargs)


class RegistrationWithdraw(OfRegistration, ActionView):
    title = _("Withdraw the registration")
    template_name = "awards/registration_withdraw.html"
    confirmation = True
    danger = True
    form_class = ReasonForm

    def get_consequences(self) -> list[Any]:
        return [_("The registration stays on record as withdrawn. It can be registered anew.")]

    def perform(self, form: Any) -> TitleRegistration:
        return withdraw_registration(
            registration_id=self.object.pk, version=self.seen_version, reason=form.cleaned_data["reason"],
            actor=self.request.user,
        )  # fmt: skip
