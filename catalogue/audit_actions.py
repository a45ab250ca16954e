"""The words of what is done in this room, for the trail."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "catalogue.loaded": _("Catalogue of legal bases loaded"),
    "catalogue_entry.changed": _("Entry of the catalogue updated"),
    "legal_text.entered": _("Legal text entered"),
    "legal_value.entered": _("Legal value entered"),
    "legal_value.ended": _("Legal value ended"),
}
