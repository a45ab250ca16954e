from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "catalogue"

    def ready(self) -> None:
        from catalogue import invariants  # noqa: F401, PLC0415 -- models exist only from here on
        from catalogue.audit_actions import ACTIONS  # noqa: PLC0415
        from catalogue.menu import enter_navigation, enter_states  # noqa: PLC0415
        from core import audit  # noqa: PLC0415

        audit.register_actions(ACTIONS)
        enter_navigation()
        enter_states()
