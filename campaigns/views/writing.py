"""Writing a campaign in five steps: general, plan, units, time, check and launch."""

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.enums import CampaignState
from campaigns.forms.campaign import COPY, EMPTY, GeneralForm, StartForm, TimeForm, UnitsForm
from campaigns.models import Campaign
from campaigns.queries.people import acting
from campaigns.queries.plan import plan_of
from campaigns.services.campaigns import create_campaign, edit_campaign
from campaigns.services.copying import copy_campaign, create_from_template
from campaigns.services.launching import lacks, launch_campaign, units_of
from campaigns.services.participants import set_participants
from core import clock
from core.ui.views import ActionView, DetailPage, FormPage, Page
from units.enums import UnitKind
from units.models import Unit
from units.reach import line_of

STEPS = {
    "general": gettext_lazy("General"),
    "plan": gettext_lazy("Contents and indicators"),
    "units": gettext_lazy("Units taking part"),
    "time": gettext_lazy("Time and periods"),
    "check": gettext_lazy("Check and launch"),
}
WRITE = "campaigns.write_campaign"


def step_url(campaign: Campaign, step: str) -> str:
    return reverse("campaigns:campaign_write", args=[campaign.pk, step])


def next_step(step: str) -> str:
    names = list(STEPS)
    return names[min(names.index(step) + 1, len(names) - 1)]


class CampaignCreate(FormPage):
    title = gettext_lazy("Write a campaign")
    permission = WRITE
    form_class = StartForm
    template_name = "campaigns/campaign_create.html"
    submit_label = gettext_lazy("Begin the draft")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [(_("Campaigns"), reverse("campaigns:campaign_list"))]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def perform(self, form: Any) -> Campaign:
        data = form.cleaned_data
        given = {"organiser": data["organiser"], "title": data["title"], "actor": self.request.user}
        if data["start"] == EMPTY:
            return create_campaign(**given)
        if data["start"] == COPY:
            return copy_campaign(source_id=data["source"].pk, **given)
        return create_from_template(template=data["start"], **given)

    def get_success_url(self, result: Any) -> str:
        return step_url(result, "general")


class Step(Page):
    """What the five steps share: the draft, its outline, the way on."""

    model: type[Model] | None = Campaign
    permission: str | None = WRITE
    step = ""
    object: Any

    @property
    def campaign(self) -> Campaign:
        """The campaign being written; steps about a part of it find it through the part."""
        campaign: Campaign = self.object
        return campaign

    def get_title(self) -> str:
        return self.campaign.title

    def get_crumbs(self) -> list[tuple[Any, str]]:
        detail = reverse("campaigns:campaign_detail", args=[self.campaign.pk])
        return [(_("Campaigns"), reverse("campaigns:campaign_list")), (self.campaign.title, detail)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = list(STEPS)
        here = names.index(self.step)
        steps = [
            {"code": name, "number": number, "label": label, "url": step_url(self.campaign, name),
             "active": name == self.step, "done": number <= here}
            for number, (name, label) in enumerate(STEPS.items(), 1)
        ]  # fmt: skip
        given = {
            "steps": steps,
            "campaign": self.campaign,
            "is_draft": self.campaign.state == CampaignState.DRAFT,
            "next_label": STEPS[next_step(self.step)],
            "next_url": step_url(self.campaign, next_step(self.step)),
            "back_url": step_url(self.campaign, names[here - 1]) if here else "",
        }
        return super().get_context_data(**{**given, **kwargs})


class FormStep(Step, FormPage):
    """A step that is one form; saving it leads to the next one, or stays where `stay` was pressed."""

    template_name = "campaigns/writing_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.object}

    def perform(self, form: Any) -> Campaign:
        version = self.request.POST.get("version", "")
        values = {name: form.cleaned_data[name] for name in form.fields}
        return edit_campaign(
            campaign_id=self.object.pk, version=int(version) if version.isdecimal() else self.object.version,
            actor=self.request.user, **values,
        )  # fmt: skip

    def get_success_url(self, result: Any) -> str:
        stay = "stay" in self.request.POST
        return step_url(self.object, self.step if stay else next_step(self.step))

    def get_success_message(self, result: Any) -> str:
        return _("Saved.") if "stay" in self.request.POST else ""


class GeneralStep(FormStep):
    step = "general"
    form_class = GeneralForm


class TimeStep(FormStep):
    step = "time"
    form_class = TimeForm
    template_name = "campaigns/writing_time.html"


class UnitsStep(Step, FormPage):
    """Which units the campaign goes to, by kind, with those that nobody can sign in for."""

    step = "units"
    template_name = "campaigns/writing_units.html"
    keeps_draft = False

    form_class = UnitsForm

    def units(self) -> Any:
        below = line_of([self.object.organiser_id], on=clock.today())
        rows = Unit.objects.filter(pk__in=below).exclude(pk=self.object.organiser_id)
        return rows.select_related("parent").in_official_order()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "units": self.units()}

    def perform(self, form: Any) -> Any:
        chosen = [unit.pk for unit in form.cleaned_data["units"]]
        return set_participants(campaign_id=self.object.pk, unit_ids=chosen, actor=self.request.user)

    def get_success_url(self, result: Any) -> str:
        return step_url(self.object, next_step(self.step))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        units = list(self.units())
        chosen = set(self.object.participations.values_list("unit_id", flat=True))
        if self.request.method == "POST":
            chosen = {int(value) for value in self.request.POST.getlist("units") if value.isdecimal()}
        reached = acting([unit.pk for unit in units])
        groups = [
            {"kind": kind, "label": label,
             "units": [{"unit": u, "chosen": u.pk in chosen, "reached": bool(reached[u.pk])} for u in units
                       if u.kind == kind]}
            for kind, label in UnitKind.choices
        ]  # fmt: skip
        given = {"groups": [group for group in groups if group["units"]], "chosen_count": len(chosen)}
        return super().get_context_data(**{**given, **kwargs})


class CheckStep(Step, DetailPage):
    """What is missing, whom the launch reaches, whom it does not."""

    step = "check"
    template_name = "campaigns/writing_check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        units = units_of(self.object)
        reached = acting([unit.pk for unit in units])
        missing = [(lack, step_url(self.object, lack.step)) for lack in lacks(self.object)]
        given = {
            "lacks": missing, "units": units, "unit_count": len(units), "plan": plan_of(self.object),
            "without_account": [unit for unit in units if not reached[unit.pk]],
        }  # fmt: skip
        return super().get_context_data(**{**given, **kwargs})


class CampaignLaunch(ActionView):
    """The launch itself: pressed on the page that says how many units it goes to."""

    title = gettext_lazy("Launch the campaign")
    model = Campaign
    permission = "campaigns.launch_campaign"

    def perform(self, form: Any) -> Campaign:
        version = self.request.POST.get("version", "")
        return launch_campaign(
            campaign_id=self.object.pk, version=int(version) if version.isdecimal() else -1, actor=self.request.user
        )

    def get_success_url(self, result: Any) -> str:
        return reverse("campaigns:campaign_detail", args=[result.pk])

    def get_success_message(self, result: Any) -> str:
        count = result.participations.count()
        return _("The campaign was launched to %(count)s units.") % {"count": count}

    def get_back_url(self) -> str:
        return step_url(self.object, "check")
