from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "core.jobs"
    label = "jobs"

    def ready(self) -> None:
        from core import audit  # noqa: PLC0415 -- registries are filled once the apps are loaded
        from core.jobs import invariants, reaper, worker  # noqa: F401, PLC0415

        audit.register_actions(
            {
                "job.succeeded": _("File made"),
                "job.failed": _("File could not be made"),
                "job.cancelled": _("File cancelled"),
            }
        )
        worker.connect()
