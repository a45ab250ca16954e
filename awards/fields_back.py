"""What of a nomination may be given back for mending, by the name under which it is kept."""

from django.utils.translation import gettext_lazy as _

from core.errors import Text

MENDABLE: dict[str, Text] = {
    "printed_name": _("Name as printed"),
    "post_then": _("Post, unit"),
    "subject_class": _("Class of recipient"),
    "award_version": _("Award proposed"),
    "ground": _("Grounds of the proposal"),
    "initiative": _("Initiative"),
    "merit": _("Achievements in short"),
    "files": _("Papers of the dossier"),
}

ASKED = "asked_"
"""Before the name of what was asked for, in the trail."""
