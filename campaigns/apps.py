from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"

    def ready(self) -> None:
        from campaigns import notice_texts  # noqa: PLC0415 -- as below
        from campaigns.audit_actions import ACTIONS  # noqa: PLC0415 -- as below
        from campaigns.models import ATTACHMENT_MODELS  # noqa: PLC0415 -- models exist only from here on
        from core import audit, notices  # noqa: PLC0415 -- as above
        from core.files.attachments import register_attachments  # noqa: PLC0415 -- as above

        for model in ATTACHMENT_MODELS:
            register_attachments(model)
        audit.register_actions(ACTIONS)
        notices.register(
            "campaign_launched", text=notice_texts.campaign_launched, url=notice_texts.campaign_url, icon="speakerphone"
        )
