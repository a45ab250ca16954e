from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportGroup(TextChoices):
    """The shelves of the catalogue."""

    PLEDGES = "pledges", _("Registrations")
    RESULTS = "results", _("Results of emulation")
    COMMENDATION = "commendation", _("Commendation")
    STATISTICS = "statistics", _("Statistics of the sector")
