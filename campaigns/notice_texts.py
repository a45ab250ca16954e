"""What people are told about campaigns, and where a press on it leads."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def campaign_launched(params: Mapping[str, Any]) -> str:
    return _("“%(title)s” was launched. Your unit is invited to take part.") % {"title": params["title"]}


def campaign_url(notice: Any) -> str:
    return reverse("campaigns:campaign_detail", args=[notice.target_id])
