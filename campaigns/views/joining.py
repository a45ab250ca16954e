"""Whether a unit joins a campaign."""

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.enums import ParticipationState
from campaigns.forms.pledge import DECLINE, JOIN, JoiningForm, JoiningOnPaperForm
from campaigns.models import Participation
from campaigns.services.participations import decide_joining
from campaigns.workflows import ON_PAPER
from core.errors import NotAllowed
from core.ui.views import FormPage

DECIDE = "campaigns.decide_joining"


class OfUnit:
    """A page about one unit in one campaign."""

    model: type[Model] | None = Participation
    object: Participation
    request: Any

    def get_object_queryset(self) -> Any:
        return super().get_object_queryset().select_related("campaign__organiser", "unit")  # type: ignore[misc]

    @property
    def of_unit(self) -> bool:
        """Whether the person acts for the unit, and not for the committee that organises the campaign."""
        return bool(self.request.user.has_perm("campaigns.edit_pledge", self.object))

    def get_crumbs(self) -> list[tuple[Any, str]]:
        campaign = self.object.campaign
        if self.of_unit:
            return [(_("Pledges and reports"), reverse("campaigns:unit_work")),
                    (campaign.title, reverse("campaigns:campaign_detail", args=[campaign.pk]))]  # fmt: skip
        return [(campaign.title, reverse("campaigns:campaign_detail", args=[campaign.pk])),
                (_("Units"), reverse("campaigns:campaign_units", args=[campaign.pk]))]  # fmt: skip

    def get_back_url(self) -> str:
        """The unit's work, or the board of the campaign."""
        if self.of_unit:
            return reverse("campaigns:unit_work")
        return reverse("campaigns:campaign_units", args=[self.object.campaign_id])


class ParticipationDecide(OfUnit, FormPage):
    """Join, or not with a reason; the standing body enters what came on paper."""

    title = _("Joining the campaign")
    template_name = "campaigns/participation_decide.html"
    submit_label = _("Record the decision")
    keeps_draft = False

    def check_access(self) -> None:
        super().check_access()
        user = self.request.user
        self.on_paper = not user.has_perm(DECIDE, self.object)
        if self.on_paper and not user.has_perm(ON_PAPER, self.object):
            raise NotAllowed(DECIDE)

    @property
    def form_class(self) -> type[JoiningForm]:  # type: ignore[override]
        return JoiningOnPaperForm if self.on_paper else JoiningForm

    def get_initial(self) -> dict[str, Any]:
        declined = self.object.state == ParticipationState.NOT_JOINING
        return {"decision": DECLINE if declined else JOIN, "reason": self.object.state_reason}

    def perform(self, form: Any) -> Any:
        return decide_joining(
            participation_id=self.object.pk, version=int(self.request.POST.get("version") or self.object.version),
            joining=form.cleaned_data["decision"] == JOIN, reason=form.cleaned_data["reason"],
            actor=self.request.user, paper=form.paper() if self.on_paper else None,
        )  # fmt: skip

    def get_success_url(self, result: Any) -> str:
        return self.get_back_url()

    def get_success_message(self, result: Any) -> Any:
        return _("The decision is recorded.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_back_url(), on_paper=self.on_paper, **kwargs)
