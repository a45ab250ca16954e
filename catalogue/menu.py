"""This room's place in the side menu, and how its marks look."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from catalogue.enums import Mark
from core.ui import navigation, states


def may_read(user: Any) -> bool:
    return bool(user.is_authenticated and user.has_perm("catalogue.view_catalogue"))


def enter_navigation() -> None:
    navigation.register(
        "catalogue", label=_("Legal bases"), icon="scale", url_name="catalogue:in_force", visible=may_read, order=650
    )


def enter_states() -> None:
    states.register(Mark.CHECKED, tone="met", icon="check")
    states.register(Mark.PARTLY, tone="returned", icon="help-circle")
    states.register(Mark.UNCHECKED, tone="not_sent", icon="circle-dashed")
