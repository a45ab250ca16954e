from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "awards"

    def ready(self) -> None:
        from awards.models import ATTACHMENT_MODELS  # noqa: PLC0415 -- models exist only from here on
        from core.files.attachments import register_attachments  # noqa: PLC0415 -- as above

        for model in ATTACHMENT_MODELS:
            register_attachments(model)
        from awards import deciding, desk_items, invariants, listings, nominating, registering, search  # noqa: F401, PLC0415 -- as above

        registering.enter()
        nominating.enter()
        deciding.enter()
        listings.enter()
        search.enter()
        desk_items.enter()
