"""Posts of persons."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.ui.views import FormPage
from units.forms.people import AppointmentForm, EndForm
from units.models import Appointment
from units.permissions import At, require
from units.services import appointments
from units.services.persons import MANAGE
from units.views.persons import PersonPage


class PersonAppoint(PersonPage, FormPage):
    form_class = AppointmentForm
    submit_label = gettext_lazy("Record the post")
    success_message = gettext_lazy("The post is recorded.")

    def get_title(self) -> str:
        return _("Post of %(name)s") % {"name": self.object}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "units": self.places()}

    def perform(self, form: Any) -> Appointment:
        return appointments.appoint(person_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class AppointmentEnd(PersonPage, FormPage):
    """Ends the post named in the address, of the person named there."""

    permission = None
    form_class = EndForm
    submit_label = gettext_lazy("End the post")
    success_message = gettext_lazy("The end of the post is recorded.")

    def check_access(self) -> None:
        super().check_access()
        self.post_held = self.object.appointments.select_related("unit").get(pk=self.kwargs["appointment"])
        require(self.request.user, MANAGE, At(self.post_held.unit_id))

    def get_title(self) -> str:
        return _("End the post “%(post)s”") % {"post": self.post_held.post}

    def perform(self, form: Any) -> Appointment:
        return appointments.end_appointment(
            appointment_id=self.post_held.pk, actor=self.request.user, **form.cleaned_data
        )
