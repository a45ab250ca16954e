"""Posts of persons in units. A right of a user is another thing (Membership)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from units.enums import SubjectClass
from units.models.dated import Dated


class Appointment(Dated):
    person = models.ForeignKey("units.Person", on_delete=models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="appointments", verbose_name=_("unit")
    )
    post = models.CharField(_("post"), max_length=200, blank=True)
    is_leader = models.BooleanField(_("leading post"), default=False)
    subject_class = models.CharField(
        _("class of subject"), max_length=20, choices=SubjectClass, default=SubjectClass.DIRECT
    )

    class Meta(Dated.Meta):
        verbose_name = _("post")
        ordering = ["valid_from", "pk"]
        indexes = [
            models.Index(fields=["unit", "valid_to"], name="appointment_unit"),
            models.Index(fields=["person", "valid_from"], name="appointment_person"),
        ]
