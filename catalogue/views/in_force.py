"""What is in force on a day; one award; one value through time."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.forms import InForceForm
from catalogue.in_force import in_force_on
from catalogue.models import AwardVersion, LegalValue
from catalogue.services.values import MANAGE
from core.clock import today
from core.ui.views import DetailPage, Page, PageAction

READ = "catalogue.view_catalogue"
HOME = "catalogue:in_force"


def home_crumb() -> list[tuple[Any, str]]:
    return [(_("Legal bases"), reverse(HOME))]


class InForcePage(Page):
    """`?day=dd/mm/yyyy&q=…&level=…`; a day that cannot be read shows its fault and today's law."""

    title = _("Legal bases")
    template_name = "catalogue/in_force.html"
    permission = READ

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = InForceForm(self.request.GET or {"day": today()})
        asked = form.cleaned_data if form.is_valid() else {}
        day = asked.get("day") or today()
        shown = in_force_on(day, user=self.request.user, words=asked.get("q", ""), level=asked.get("level", ""))
        return super().get_context_data(
            form=form, day=day, shown=shown, manages=self.request.user.has_perm(MANAGE),
            searched=bool(asked.get("q") or asked.get("level")), page_actions=self.page_actions(), **kwargs,
        )  # fmt: skip

    def page_actions(self) -> list[PageAction]:
        if not self.request.user.has_perm(MANAGE):
            return []
        return [PageAction(label=_("Enter a legal text"), url=reverse("catalogue:text_create"), icon="plus")]


class AwardDetail(DetailPage):
    """One wording of an award: who decides, for whom, on which conditions, with which papers."""

    model = AwardVersion
    permission = READ
    template_name = "catalogue/award_detail.html"

    def asked_of(self) -> None:
        """The law is the same for all: the right to read hangs on no record."""

    def get_object_queryset(self) -> Any:
        rows = AwardVersion.objects.visible_to(self.request.user).select_related("type", "text")
        lines = ("subjects__text", "authorities__text", "dossier_items__text", "rules__text")
        return rows.prefetch_related(*lines)

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return home_crumb()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = AwardVersion.objects.visible_to(self.request.user).filter(type=self.object.type_id)
        return super().get_context_data(versions=versions.order_by("-valid_from"), **kwargs)


class ValueDetail(DetailPage):
    """A value with all its rows, from the newest to the oldest."""

    model = LegalValue
    permission = READ
    template_name = "catalogue/value_detail.html"

    def asked_of(self) -> None:
        """The law is the same for all: the right to read hangs on no record."""

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return home_crumb()

    def get_page_actions(self) -> list[PageAction]:
        if not self.request.user.has_perm(MANAGE):
            return []
        url = reverse("catalogue:value_create", args=[self.object.pk])
        return [PageAction(label=_("Enter a new value"), url=url, icon="plus", primary=True)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = LegalValue.objects.visible_to(self.request.user).filter(code=self.object.code)
        rows = rows.select_related("text", "scope").order_by("scope", "-valid_from")
        return super().get_context_data(rows=rows, day=today(), **kwargs)
