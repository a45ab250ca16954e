from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "core.files"
    label = "files"

    def ready(self) -> None:
        from core.files import invariants  # noqa: F401, PLC0415 -- models must be loaded first
