from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.ui import navigation


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self) -> None:
        """Put the desk first in the menu, and the kinds of work on it in order."""
        from desk.links import enter_links  # noqa: PLC0415 -- models exist only from here on

        enter_links()
        navigation.register(
            "home",
            label=_("To do"),
            short=pgettext_lazy("short", "To do"),
            icon="checkbox",
            url_name="desk:home",
            order=0,
        )  # fmt: skip
        navigation.register_link("home", "desk:home")
        navigation.register_link("search", "desk:search")
