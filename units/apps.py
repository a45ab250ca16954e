from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "units"

    def ready(self) -> None:
        from core import audit  # noqa: PLC0415 -- models exist only from here on
        from units.audit_actions import ACTIONS  # noqa: PLC0415
        from units.permissions import enter_permissions  # noqa: PLC0415

        audit.register_actions(ACTIONS)
        enter_permissions()
