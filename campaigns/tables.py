"""Lists of this room."""

from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from core.text import format_date
from core.ui.tables import Column, DateColumn, LinkColumn, NumberColumn, StateColumn, Table


def paper_of(campaign: Campaign) -> str:
    """Number and date of the plan, as far as they are known."""
    parts = [campaign.symbol, format_date(campaign.signed_on) if campaign.signed_on else ""]
    return " · ".join(part for part in parts if part)


class CampaignTable(Table):
    title = LinkColumn(
        verbose_name=_("Campaign"),
        url="campaigns:campaign_detail",
        note=paper_of,
        note_name=_("Number and date of the plan"),
        order_by=("sort_key",),
    )
    organiser = Column(verbose_name=_("Organiser"), order_by=("organiser__sort_key",))
    starts_on = DateColumn(verbose_name=_("From"))
    ends_on = DateColumn(verbose_name=_("To"))
    unit_count = NumberColumn(verbose_name=_("Units"))
    state = StateColumn(verbose_name=_("State"))

    class Meta(Table.Meta):
        model = Campaign
        fields = ("title", "organiser", "starts_on", "ends_on", "unit_count", "state")
        order_by = ("-starts_on",)
