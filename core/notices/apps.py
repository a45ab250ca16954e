from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "core.notices"
    label = "notices"

    def ready(self) -> None:
        from core import jobs  # noqa: PLC0415 -- registries are filled once the apps are loaded
        from core.notices import finished_jobs, invariants, ticks  # noqa: F401, PLC0415

        finished_jobs.register_texts()
        jobs.on_finished.append(finished_jobs.tell_owner)
