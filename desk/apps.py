from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.ui import navigation


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self) -> None:
        """Put the desk first in the menu, the places of work on it in order, and its mail among the mails."""
        from desk import ticks as _ticks  # noqa: F401, PLC0415 -- enters its tick; models exist only from here on
        from desk.links import enter_links  # noqa: PLC0415
        from desk.telling import register_texts  # noqa: PLC0415

        enter_links()
        register_texts()
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
