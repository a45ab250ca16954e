"""The list of campaigns and the pages of one campaign: overview, plan, documents, history."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.enums import CampaignState, ParticipationState
from campaigns.filters import CampaignFilter
from campaigns.forms.campaign import DocumentForm
from campaigns.models import Campaign, CampaignDocument
from campaigns.queries.plan import plan_of
from campaigns.services.documents import add_document, remove_document
from campaigns.tables import CampaignTable
from core import audit
from core.ui.views import ActionView, DetailPage, FormPage, ListPage, PageAction

JOINING = Count("participations", filter=~Q(participations__state=ParticipationState.NOT_JOINING))


class CampaignList(ListPage):
    title = _("Campaigns")
    permission = "campaigns.view_campaign"
    table_class, filterset_class = CampaignTable, CampaignFilter
    empty_icon = "flag"
    empty_text = _("No campaign yet. A campaign is written by the standing body and then reaches its units.")

    def get_queryset(self) -> Any:
        rows = Campaign.objects.visible_to(self.request.user).select_related("organiser")
        return rows.annotate(unit_count=JOINING).order_by("-starts_on", "-pk")

    def get_page_actions(self) -> list[PageAction]:
        if not self.request.user.has_perm("campaigns.write_campaign"):
            return []
        return [PageAction(_("Write a campaign"), reverse("campaigns:campaign_create"), "plus", primary=True)]


class CampaignPage(DetailPage):
    """A tab of a campaign's page."""

    model = Campaign
    tab = ""

    def get_object_queryset(self) -> Any:
        return super().get_object_queryset().select_related("organiser", "parent")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [(_("Campaigns"), reverse("campaigns:campaign_list"))]

    def get_page_actions(self) -> list[PageAction]:
        campaign, user = self.object, self.request.user
        may_write = user.has_perm("campaigns.write_campaign", campaign)
        if campaign.state == CampaignState.DRAFT and may_write:
            url = reverse("campaigns:campaign_write", args=[campaign.pk, "general"])
            return [PageAction(_("Continue writing"), url, "pencil", primary=True)]
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, campaign = self.request.user, self.object
        given = {
            "tab": self.tab,
            "unit_count": campaign.participations.exclude(state=ParticipationState.NOT_JOINING).count(),
            "may_write": user.has_perm("campaigns.write_campaign", campaign),
            "may_close": user.has_perm("campaigns.close_campaign", campaign),
        }
        return super().get_context_data(**{**given, **kwargs})


class CampaignDetail(CampaignPage):
    template_name = "campaigns/campaign_detail.html"
    tab = "overview"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = plan_of(self.object)
        return super().get_context_data(plan=plan, **kwargs)


class CampaignPlan(CampaignPage):
    template_name = "campaigns/campaign_plan.html"
    tab = "plan"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(plan=plan_of(self.object), **kwargs)


class CampaignHistory(CampaignPage):
    """Who did what; for those who may write the campaign or read it for its committee."""

    template_name = "campaigns/campaign_history.html"
    permission = "campaigns.view_participation"
    tab = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(entries=audit.entries_for(self.object), **kwargs)


class CampaignDocuments(CampaignPage, FormPage):
    """The papers, and the form to add one for those who may write the campaign."""

    template_name = "campaigns/campaign_documents.html"
    form_class = DocumentForm
    tab = "documents"
    keeps_draft = False

    def check_access(self) -> None:
        if self.request.method == "POST":
            self.permission = "campaigns.write_campaign"
        super().check_access()

    def perform(self, form: Any) -> Any:
        data = form.cleaned_data
        return add_document(
            campaign_id=self.object.pk, upload=data["upload"], label=data["label"], kind=data["kind"],
            actor=self.request.user,
        )  # fmt: skip

    def get_success_url(self, result: Any) -> str:
        return reverse("campaigns:campaign_documents", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        documents = self.object.documents.filter(removed_at=None).select_related("file", "added_by")
        return super().get_context_data(documents=documents.order_by("position", "pk"), **kwargs)


class DocumentRemove(ActionView):
    title = _("Take the document off")
    model = CampaignDocument
    permission = "campaigns.write_campaign"

    def asked_of(self) -> Any:
        return self.object.campaign

    def perform(self, form: Any) -> Any:
        return remove_document(document_id=self.object.pk, actor=self.request.user)

    def get_success_url(self, result: Any) -> str:
        return reverse("campaigns:campaign_documents", args=[result.pk])

    def get_back_url(self) -> str:
        return reverse("campaigns:campaign_documents", args=[self.object.campaign_id])
