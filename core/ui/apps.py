from django.apps import AppConfig


class UIConfig(AppConfig):
    name = "core.ui"
    label = "ui"

    def ready(self) -> None:
        """Enter the daily sweep and the start-up checks."""
        from core.ui import checks, sweeping  # noqa: F401, PLC0415 -- models must be loaded first
