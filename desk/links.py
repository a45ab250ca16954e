"""The kinds of work of this application, in the order in which they stand on the desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.enums import CampaignState
from campaigns.models import Campaign
from core import notices
from desk.registry import register_link
from units.seats import seat_of


def may(permission: str) -> Any:
    """Whether a role of the person carries `permission` somewhere."""
    return lambda user: seat_of(user).may(permission)


def has_role(user: Any) -> bool:
    return bool(seat_of(user).memberships)


def is_administrator(user: Any) -> bool:
    return bool(user.is_administrator)


def own_drafts(user: Any) -> int:
    """Campaigns of one's committee that are not launched yet."""
    writing = seat_of(user).units_where("campaigns.write_campaign")
    return Campaign.objects.filter(organiser__in=writing, state=CampaignState.DRAFT).count()


def enter_everybodys() -> None:
    register_link(
        "notices", label=_("Unread notices"), description=_("What others did that concerns you"),
        icon="bell", url_name="notices:inbox", visible=lambda user: notices.unread_count(user) > 0,
        count=notices.unread_count,
    )  # fmt: skip
    register_link(
        "campaign_drafts", label=_("Campaigns being written"), description=_("Not launched yet; units do not see them"),
        icon="pencil", url_name="campaigns:campaign_list",
        visible=lambda user: may("campaigns.write_campaign")(user) and own_drafts(user) > 0, count=own_drafts,
    )  # fmt: skip
    register_link(
        "campaigns", label=_("Campaigns"), description=_("Plans, indicators, participating units and their progress"),
        icon="flag", url_name="campaigns:campaign_list", visible=may("campaigns.view_campaign"),
    )  # fmt: skip
    register_link(
        "persons", label=_("Individuals"), description=_("Officials and citizens of your units, and their posts"),
        icon="user", url_name="units:person_list", visible=has_role,
    )  # fmt: skip
    register_link(
        "units", label=_("Units"), description=_("Units through time: names, parents, mergers"),
        icon="sitemap", url_name="units:unit_list", visible=may("units.view_unit"),
    )  # fmt: skip
    register_link(
        "files", label=_("My files"), description=_("Reports you asked for; each says how long it is kept"),
        icon="download", url_name="jobs:list", visible=has_role,
    )  # fmt: skip


def enter_administrators() -> None:
    register_link(
        "accounts", label=_("Accounts"), description=_("Open, close, give a new initial password"),
        icon="users", url_name="accounts:account_list", visible=is_administrator,
    )  # fmt: skip
    register_link(
        "roles", label=_("Roles and rights"), description=_("Who works for which unit, and until when"),
        icon="shield-check", url_name="units:membership_list", visible=is_administrator,
    )  # fmt: skip
    register_link(
        "audit", label=_("Audit log"), description=_("Who did what and when; sealed against later changes"),
        icon="history", url_name="audit:entry_list", visible=is_administrator,
    )  # fmt: skip


def enter_links() -> None:
    """Enter every kind of work; called once when the application starts."""
    enter_everybodys()
    enter_administrators()
