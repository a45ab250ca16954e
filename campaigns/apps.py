from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import audit, notices
from core.files.attachments import register_attachments
from core.ui import navigation, states, tabs


class CampaignsConfig(AppConfig):
    name = "campaigns"

    def ready(self) -> None:
        """Tell the floors below what this one has: files, audited acts, notices, looks, tabs, destinations."""
        from campaigns import desk_items, notice_texts, report_notices, search, unit_notices  # noqa: PLC0415 -- models exist only from here on
        from campaigns import invariants as _invariants  # noqa: F401, PLC0415 -- enters what must hold
        from campaigns.audit_actions import ACTIONS  # noqa: PLC0415
        from campaigns.models import ATTACHMENT_MODELS  # noqa: PLC0415
        from campaigns.queries import period_steps as _period_steps  # noqa: F401, PLC0415 -- enters its steps and duties

        for model in ATTACHMENT_MODELS:
            register_attachments(model)
        audit.register_actions(ACTIONS)
        notices.register(
            "campaign_launched", text=notice_texts.campaign_launched, url=notice_texts.campaign_url, icon="speakerphone"
        )
        unit_notices.register()
        report_notices.register()
        search.enter()
        register_looks()
        register_tabs()
        register_listings()
        desk_items.enter()
        navigation.register(
            "campaigns", label=_("Campaigns"), icon="flag", url_name="campaigns:campaign_list", order=100,
            visible=lambda user: user.has_perm("campaigns.view_campaign"),
        )  # fmt: skip
        navigation.register(
            "unit_work", label=_("Pledges and reports"), short=pgettext_lazy("menu", "Pledges"), icon="list-check",
            url_name="campaigns:unit_work", order=110, visible=lambda user: user.has_perm("campaigns.edit_pledge"),
        )  # fmt: skip
        navigation.register(
            "followed", label=_("Indicators followed"), icon="target", url_name="campaigns:followed_list", order=120,
            visible=lambda user: user.has_perm("campaigns.supply_figure"),
        )  # fmt: skip


def register_looks() -> None:
    from campaigns.enums import (  # noqa: PLC0415
        BoardState,
        CampaignState,
        ExtensionState,
        ParticipationState,
        PledgeState,
        ReportState,
        Verdict,
    )

    states.register(BoardState.NOT_SENT, tone="not_sent")
    states.register(BoardState.WAITING, tone="waiting")
    states.register(BoardState.RETURNED, tone="returned")
    states.register(BoardState.APPROVED, tone="approved")
    states.register(BoardState.NOT_JOINING, tone="draft", icon="ban")
    states.register(CampaignState.DRAFT, PledgeState.DRAFT, ReportState.DRAFT, tone="draft")
    states.register(CampaignState.LAUNCHED, tone="waiting", icon="speakerphone")
    states.register(CampaignState.CLOSED, tone="approved")
    states.register(CampaignState.ARCHIVED, tone="locked", icon="archive")
    states.register(CampaignState.CANCELLED, tone="failed")
    states.register(ExtensionState.ASKED, tone="waiting")
    states.register(ExtensionState.GRANTED, tone="approved")
    states.register(ExtensionState.REFUSED, tone="failed")
    states.register(ExtensionState.WITHDRAWN, tone="draft", icon="arrow-back-up")
    states.register(ParticipationState.INVITED, tone="waiting", icon="mail")
    states.register(ParticipationState.JOINED, tone="met", icon="circle-check")
    states.register(ParticipationState.NOT_JOINING, tone="draft", icon="ban")
    states.register(PledgeState.WITH_HEAD, ReportState.WITH_HEAD, tone="waiting", icon="user-check")
    states.register(PledgeState.SENT, ReportState.SENT, tone="waiting")
    states.register(PledgeState.ACCEPTED, ReportState.ACCEPTED, tone="approved")
    states.register(PledgeState.RETURNED, ReportState.RETURNED, tone="returned")
    states.register(ReportState.CLOSED, tone="locked")
    states.register(ReportState.REOPENED, tone="returned", icon="lock-open")
    states.register(Verdict.EXCEEDED, tone="met", icon="arrow-up")
    states.register(Verdict.MET, tone="met", icon="check")
    states.register(Verdict.ON_TRACK, tone="waiting", icon="check")
    states.register(Verdict.NOT_MET, tone="failed", icon="arrow-down")
    states.register(Verdict.BEHIND, tone="late", icon="arrow-down")
    states.register(Verdict.NO_VERDICT, tone="draft", icon="clock")
    states.register(Verdict.NOT_REPORTED, tone="not_sent")
    states.register(Verdict.NOT_ASSIGNED, tone="draft", icon="ban")


def register_listings() -> None:
    from core.ui import listings  # noqa: PLC0415 -- it stands on models

    listings.register("campaigns:campaign_list", title=_("List of campaigns"), permission="campaigns.view_campaign")
    listings.register(
        "campaigns:followed_list", title=_("Indicators that my office follows"), permission="campaigns.supply_figure",
        own_export="A handful of rows in the order of the plan, whose counts are made in Python.",
    )  # fmt: skip
    listings.register(
        "campaigns:campaign_units", title=_("Units of the campaign"), permission="campaigns.view_participation",
        own_export="Its rows are put together in Python, step by step; the register of pledges is their workbook.",
    )  # fmt: skip


def register_tabs() -> None:
    def of_committee(user: Any, campaign: Any) -> bool:
        return bool(user.has_perm("campaigns.view_participation", campaign))

    def document_count(_user: Any, campaign: Any) -> int:
        return int(campaign.documents.filter(removed_at=None).count())

    def joining_count(_user: Any, campaign: Any) -> int:
        return int(campaign.participations.exclude(state="not_joining").count())

    tabs.register("campaign", "overview", label=_("Overview"), url_name="campaigns:campaign_detail", order=10)
    tabs.register("campaign", "plan", label=_("Contents and indicators"), url_name="campaigns:campaign_plan", order=20)
    tabs.register(
        "campaign", "units", label=_("Units"), url_name="campaigns:campaign_units", order=30,
        visible=lambda user, campaign: of_committee(user, campaign) and campaign.launched_at is not None,
        count=joining_count,
    )  # fmt: skip
    tabs.register(
        "campaign", "results", label=_("Results"), url_name="campaigns:campaign_results", order=40,
        visible=lambda user, campaign: of_committee(user, campaign) and campaign.launched_at is not None,
    )  # fmt: skip
    tabs.register(
        "campaign", "documents", label=_("Documents"), url_name="campaigns:campaign_documents", order=80,
        count=document_count,
    )  # fmt: skip
    tabs.register(
        "campaign", "history", label=pgettext_lazy("tab", "History"), url_name="campaigns:campaign_history", order=90,
        visible=of_committee,
    )  # fmt: skip
