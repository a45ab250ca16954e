"""The page of the audit trail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.audit.filters import EntryFilter
from core.audit.models import Entry
from core.audit.tables import EntryTable
from core.ui.views import ListPage


class EntryList(ListPage):
    """Everything that was ever done, newest first; for administrators."""

    title = _("Audit trail")
    lead = _("Who did what, when and why. Entries can be neither changed nor removed.")
    permission = "audit.view_entry"
    table_class = EntryTable
    filterset_class = EntryFilter
    empty_icon = "history"

    def get_queryset(self) -> Any:
        return Entry.objects.visible_to(self.request.user).order_by("-pk")
