"""What the one search finds in this room."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from campaigns.enums import CampaignState
from campaigns.filters import CampaignFilter
from campaigns.models import Campaign
from campaigns.tables import paper_of
from core.text import format_date
from core.ui import searching


def campaigns_found(user: Any) -> Any:
    return Campaign.objects.visible_to(user).select_related("organiser").order_by("-starts_on", "-pk")


def campaign_hit(row: Campaign) -> searching.Hit:
    """With its organiser, number and date of the plan, and its days."""
    days = " – ".join(format_date(day) for day in (row.starts_on, row.ends_on) if day)
    parts = [str(row.organiser), paper_of(row), days]
    return searching.Hit(
        label=row.title, url=reverse("campaigns:campaign_detail", args=[row.pk]),
        note=" · ".join(part for part in parts if part), state=CampaignState(row.state),
    )  # fmt: skip


def enter() -> None:
    """Called when the application starts."""
    searching.register(
        searching.Provider(
            code="phongtrao", label=gettext_lazy("Campaigns"), icon="flag", url_name="campaigns:campaign_list",
            filterset=CampaignFilter, rows=campaigns_found, hit=campaign_hit, order=10,
            visible=lambda user: user.has_perm("campaigns.view_campaign"),
        )
    )  # fmt: skip
