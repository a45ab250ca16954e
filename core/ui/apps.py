from django.apps import AppConfig


class UIConfig(AppConfig):
    name = "core.ui"
    label = "ui"

    def ready(self) -> None:
        """Enter the daily sweep, the start-up checks and the invariants."""
        from core.ui import checks, invariants, sweeping  # noqa: F401, PLC0415 -- models must be loaded first
