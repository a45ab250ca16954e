from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConfigConfig(AppConfig):
    name = "config"
    label = "config"

    def ready(self) -> None:
        from config import rooms  # noqa: PLC0415 -- registries are filled once the apps are loaded
        from core import audit  # noqa: PLC0415

        audit.register_actions({"database.restored": _("Database restored from a backup")})
        rooms.introduce()
