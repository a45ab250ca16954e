"""Everything the person's units owe."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from campaigns.queries.duties import duties_of, grouped
from core.ui.preferences import page_size
from core.ui.views import Page


class UnitWork(Page):
    """Pledges and reports of my units, of all campaigns, by the day they fall due."""

    title = _("Pledges and reports")
    permission = "campaigns.edit_pledge"
    template_name = "campaigns/unit_work.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        duties = duties_of(self.request.user)
        ordered = [duty for duty in duties if duty.open] + [duty for duty in duties if not duty.open]
        page = Paginator(ordered, page_size(self.request)).get_page(self.request.GET.get("page", "1"))
        several = len({duty.participation.unit_id for duty in duties}) > 1
        open_count = sum(duty.open for duty in duties)
        return super().get_context_data(
            groups=grouped(list(page.object_list)),
            page_obj=page,
            several_units=several,
            open_count=open_count,
            **kwargs,
        )
