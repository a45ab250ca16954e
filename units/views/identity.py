"""Identity numbers: entered, and read with a reason."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.ui.forms import ReasonForm
from core.ui.views import FormPage
from units.forms.people import IdentityForm
from units.models import Person
from units.services import identity
from units.views.persons import PersonPage


class PersonIdentity(PersonPage, FormPage):
    """Enters an identity number. What is typed here is never kept as a draft: drafts are not ciphered."""

    form_class = IdentityForm
    keeps_draft = False
    submit_label = gettext_lazy("Save the number")
    success_message = gettext_lazy("The number is saved, ciphered.")

    def get_title(self) -> str:
        return _("Identity number of %(name)s") % {"name": self.object}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.object.version}

    def perform(self, form: Any) -> Person:
        return identity.set_identity(
            person_id=self.object.pk, number=form.cleaned_data["identity"], version=form.cleaned_data["version"],
            actor=self.request.user,
        )  # fmt: skip


class PersonReveal(PersonPage, FormPage):
    """Shows the number once, in the answer to a post that says why; the trail keeps who and why."""

    permission = identity.VIEW
    form_class = ReasonForm
    keeps_draft = False
    submit_label = gettext_lazy("Show the number")

    def get_title(self) -> str:
        return _("Read the identity number of %(name)s") % {"name": self.object}

    def perform(self, form: Any) -> str:
        return identity.read_identity(
            person_id=self.object.pk, reason=form.cleaned_data["reason"], actor=self.request.user
        )

    def done(self, result: str, url: str) -> HttpResponse:
        context = {"title": _("Identity number"), "person": self.object, "number": result, "url": url}
        response = render(self.request, "units/person_identity.html", context)
        response["Cache-Control"] = "no-store"
        return response
