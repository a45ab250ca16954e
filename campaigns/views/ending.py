"""What happens to a campaign after its launch: paper, further units, close, cancel, archive, preview."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.enums import FileKind
from campaigns.forms.campaign import AddUnitForm, PaperForm
from campaigns.models import Campaign
from campaigns.queries.plan import plan_of
from campaigns.services.campaigns import archive_campaign, cancel_campaign, close_campaign, edit_campaign
from campaigns.services.documents import add_document
from campaigns.services.launching import units_of
from campaigns.services.participants import add_participant
from core import clock
from core.ui.forms import ReasonForm
from core.ui.views import ActionView, DetailPage, FormPage, Page
from units.models import Unit
from units.reach import line_of


class OfCampaign(Page):
    """Leads back to the campaign's page."""

    model: type[Model] | None = Campaign
    object: Any

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [(_("Campaigns"), reverse("campaigns:campaign_list")), (self.object.title, self.get_back_url())]

    def get_success_url(self, result: Any) -> str:
        return self.get_back_url()

    def get_back_url(self) -> str:
        return reverse("campaigns:campaign_detail", args=[self.object.pk])


class CampaignPaper(OfCampaign, FormPage):
    """Number, date, signer and scan of the plan."""

    title = _("Number and date of the plan")
    permission = "campaigns.write_campaign"
    form_class = PaperForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("symbol", "signed_on", "signer_then")}

    @transaction.atomic
    def perform(self, form: Any) -> Campaign:
        data = dict(form.cleaned_data)
        scan = data.pop("scan")
        campaign = edit_campaign(
            campaign_id=self.object.pk, version=self.object.version, actor=self.request.user, **data
        )
        if scan:
            add_document(campaign_id=campaign.pk, upload=scan, label=campaign.symbol, kind=FileKind.PLAN,
                         actor=self.request.user)  # fmt: skip
        return campaign


class ParticipantAdd(OfCampaign, FormPage):
    title = _("Add a unit to the campaign")
    permission = "campaigns.write_campaign"
    form_class = AddUnitForm
    keeps_draft = False

    def get_form_kwargs(self) -> dict[str, Any]:
        below = line_of([self.object.organiser_id], on=clock.today())
        taken = self.object.participations.values("unit")
        units = Unit.objects.filter(pk__in=below).exclude(pk__in=taken).exclude(pk=self.object.organiser_id)
        return {**super().get_form_kwargs(), "units": units.in_official_order()}

    def perform(self, form: Any) -> Any:
        return add_participant(campaign_id=self.object.pk, unit=form.cleaned_data["unit"], actor=self.request.user)

    def get_success_message(self, result: Any) -> Any:
        return _("The unit was added and told.")


class CampaignClose(OfCampaign, ActionView):
    title = _("Close the campaign")
    permission = "campaigns.close_campaign"
    confirmation = True

    def get_consequences(self) -> list[Any]:
        return [_("No unit can pledge or report any more."), _("Everything stays readable and can be reported on.")]

    def perform(self, form: Any) -> Campaign:
        return close_campaign(campaign_id=self.object.pk, version=self.object.version, actor=self.request.user)


class CampaignCancel(OfCampaign, ActionView):
    title = _("Cancel the campaign")
    permission = "campaigns.write_campaign"
    confirmation = True
    form_class = ReasonForm
    danger = True

    def get_consequences(self) -> list[Any]:
        return [_("The campaign ends without results. Its units read the reason given here.")]

    def perform(self, form: Any) -> Campaign:
        return cancel_campaign(
            campaign_id=self.object.pk, version=self.object.version, actor=self.request.user,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip


class CampaignArchive(OfCampaign, ActionView):
    title = _("Put into the archive")
    permission = "campaigns.close_campaign"

    def perform(self, form: Any) -> Campaign:
        return archive_campaign(campaign_id=self.object.pk, version=self.object.version, actor=self.request.user)


class CampaignPreview(DetailPage):
    """The plan as one unit will see it: its own targets, what is not assigned to it."""

    model = Campaign
    permission = "campaigns.write_campaign"
    template_name = "campaigns/campaign_preview.html"

    def get_crumbs(self) -> list[tuple[Any, str]]:
        back = reverse("campaigns:campaign_detail", args=[self.object.pk])
        return [(_("Campaigns"), reverse("campaigns:campaign_list")), (self.object.title, back)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        units = units_of(self.object)
        chosen = self.request.GET.get("unit", "")
        unit = next((u for u in units if str(u.pk) == chosen), units[0] if units else None)
        plan = plan_of(self.object, unit=unit)
        return super().get_context_data(units=units, unit=unit, plan=plan, **kwargs)
