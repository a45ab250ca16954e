from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    label = "config"

    def ready(self) -> None:
        from config import rooms  # noqa: PLC0415 -- registries are filled once the apps are loaded

        rooms.introduce()
