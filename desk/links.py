"""The kinds of work of this application, in the order in which they stand on the desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import notices
from core.ui.navigation import everybody
from desk.registry import register_link
from units.seats import seat_of


def may(permission: str) -> Any:
    """Whether a role of the person carries `permission` somewhere."""
    return lambda user: seat_of(user).may(permission)


def has_role(user: Any) -> bool:
    return bool(seat_of(user).memberships)


def is_administrator(user: Any) -> bool:
    return bool(user.is_administrator)


def enter_waiting() -> None:
    """What waits in a place of its own: shown only while there is any."""
    register_link(
        "notices", label=_("Unread notices"), description=_("What others did that concerns you"),
        icon="bell", url_name="notices:inbox", visible=everybody, count=notices.unread_count, only_waiting=True,
    )  # fmt: skip


def enter_places() -> None:
    """Where people work."""
    register_link(
        "unit_work", label=_("Pledges and reports of your units"), description=_("By the day they fall due"),
        icon="list-check", url_name="campaigns:unit_work", visible=may("campaigns.edit_pledge"),
    )  # fmt: skip
    register_link(
        "campaigns", label=_("Campaigns"), description=_("Plans, indicators, participating units and their progress"),
        icon="flag", url_name="campaigns:campaign_list", visible=may("campaigns.view_campaign"),
    )  # fmt: skip
    register_link(
        "title_registrations", label=_("Title registrations"),
        description=_("Titles that collectives and individuals aim at this year"), icon="medal",
        url_name="awards:registration_list", visible=may("campaigns.view_campaign"),
    )  # fmt: skip
    register_link(
        "reports", label=_("Reports"), description=_("Registers and summaries as Excel files, made in the background"),
        icon="report-analytics", url_name="reports:catalogue", visible=may("reports.run_report"),
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
    register_link(
        "law", label=_("Legal bases"), description=_("Texts, values and titles in force on a day, with their sources"),
        icon="scale", url_name="catalogue:in_force", visible=may("catalogue.view_catalogue"),
    )  # fmt: skip


def enter_administrators() -> None:
    register_link(
        "accounts", label=_("Accounts"), description=_("Open, close, give a new initial password"),
        icon="users", url_name="accounts:account_list", visible=is_administrator,
    )  # fmt: skip
    register_link(
        "roles", label=_("Grants of rights"), description=_("Who works for which unit, and until when"),
        icon="shield-check", url_name="units:membership_list", visible=is_administrator,
    )  # fmt: skip
    register_link(
        "audit", label=_("Audit log"), description=_("Who did what and when; sealed against later changes"),
        icon="history", url_name="audit:entry_list", visible=is_administrator,
    )  # fmt: skip


def enter_links() -> None:
    """Enter every kind of work; called once when the application starts."""
    enter_waiting()
    enter_places()
    enter_administrators()
