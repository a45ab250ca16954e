"""What the floors below are told of title registrations: words, looks, the entry in the menu."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.looks import register_looks
from core import audit
from core.ui import navigation

ACTIONS = {
    "title_registration.registered": _("Title registered"),
    "title_registration.changed": _("Title registration changed"),
    "title_registration.withdrawn": _("Title registration withdrawn"),
}


def enter() -> None:
    """Called when the application starts."""
    audit.register_actions(ACTIONS)
    register_looks()
    navigation.register(
        "title_registrations", label=_("Title registrations"), short=pgettext_lazy("menu", "Titles"), icon="medal",
        url_name="awards:registration_list", order=150, visible=lambda user: user.has_perm("campaigns.view_campaign"),
    )  # fmt: skip
