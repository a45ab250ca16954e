"""Pages by which the administrator enters texts and values."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.forms import TextForm, ValueForm
from catalogue.models import LegalText, LegalValue
from catalogue.services import add_text, set_value
from catalogue.services.values import MANAGE
from catalogue.views.in_force import HOME, home_crumb
from core.ui.views import FormPage


class ValueCreate(FormPage):
    """A new value of the code of the row in the address."""

    model = LegalValue
    form_class = ValueForm
    permission = MANAGE
    submit_label = _("Save the value")
    success_message = _("The value is entered.")

    def asked_of(self) -> None:
        """The right is the system's, not a record's."""

    def get_title(self) -> Any:
        return _("New value: %(name)s") % {"name": self.object.name}

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return home_crumb()

    def get_initial(self) -> dict[str, Any]:
        return {"scope": self.object.scope}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user, "unit": self.object.unit}

    def perform(self, form: ValueForm) -> LegalValue:
        return set_value(actor=self.request.user, code=self.object.code, **form.cleaned_data)

    def get_success_url(self, result: LegalValue) -> str:
        return reverse("catalogue:value_detail", args=[result.pk])


class TextCreate(FormPage):
    title = _("Enter a legal text")
    form_class = TextForm
    permission = MANAGE
    submit_label = _("Save the text")
    success_message = _("The text is entered.")
    success_url = HOME

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return home_crumb()

    def perform(self, form: TextForm) -> LegalText:
        return add_text(actor=self.request.user, **form.cleaned_data)
