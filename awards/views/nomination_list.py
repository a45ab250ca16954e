"""The lines of all rounds in one list: where the search leads."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.queries.nominations import all_lines
from awards.tables.nominations import AllNominationFilter, CampaignNominationTable
from core.ui.views import ListPage


class NominationList(ListPage):
    """Every line the person may see."""

    title = _("Nominations of all rounds")
    permission = "awards.view_ledger"
    table_class, filterset_class = CampaignNominationTable, AllNominationFilter
    empty_icon = "award"
    empty_text = _("No line yet.")

    def get_queryset(self) -> Any:
        return all_lines(self.request.user)

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [(_("Nominations"), reverse("awards:round_list"))]
