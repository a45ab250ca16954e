from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "units"

    def ready(self) -> None:
        from units.permissions import enter_permissions  # noqa: PLC0415 -- models exist only from here on

        enter_permissions()
