from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "core.audit"
    label = "audit"

    def ready(self) -> None:
        from core.audit import permissions  # noqa: F401, PLC0415 -- rules can be entered once apps are loaded
