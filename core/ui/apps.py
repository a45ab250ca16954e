from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UIConfig(AppConfig):
    name = "core.ui"
    label = "ui"

    def ready(self) -> None:
        """Enter the daily sweep, the start-up checks, the invariants and the audited acts."""
        from core import audit  # noqa: PLC0415 -- registries are filled once the apps are loaded
        from core.ui import checks, invariants, sweeping  # noqa: F401, PLC0415 -- models must be loaded first

        audit.register_actions({"list.export_requested": _("Workbook of a list asked for")})
