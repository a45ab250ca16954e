"""The reporting periods of a campaign."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.forms.period import PeriodForm
from campaigns.models import Campaign, ReportingPeriod
from campaigns.queries.extensions import open_requests
from campaigns.queries.period_steps import NOT_SENT
from campaigns.queries.periods import day_of, periods_of
from campaigns.services.periods import MANAGE, OPEN, create_period, edit_period, remove_period
from core.ui.views import ActionView, DetailPage, FormPage


def list_url(campaign_id: int) -> str:
    return reverse("campaigns:period_list", args=[campaign_id])


def crumbs_of(campaign: Campaign, *, inner: bool = True) -> list[tuple[Any, str]]:
    """The way to the periods of a campaign, and to the pages under them."""
    here = (campaign.title, reverse("campaigns:campaign_detail", args=[campaign.pk]))
    way: list[tuple[Any, str]] = [(_("Campaigns"), reverse("campaigns:campaign_list")), here]
    return [*way, (_("Reporting periods"), list_url(campaign.pk))] if inner else way


class PeriodList(DetailPage):
    """When units report, and how many have."""

    title = _("Reporting periods")
    model = Campaign
    permission = "campaigns.view_participation"
    template_name = "campaigns/period_list.html"

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return crumbs_of(self.object, inner=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        campaign = self.object
        begun = Count("reports", distinct=True)
        sent = Count("reports", filter=~Q(reports__state__in=NOT_SENT), distinct=True)
        periods = list(periods_of(campaign).annotate(begun=begun, sent=sent))
        may_manage = campaign.state in OPEN and self.request.user.has_perm(MANAGE, campaign)
        return super().get_context_data(
            campaign=campaign, periods=periods, may_manage=may_manage,
            requests=open_requests(self.request.user, campaign=campaign),
            joining=campaign.participations.exclude(state="not_joining").count(), **kwargs,
        )  # fmt: skip


class PeriodCreate(FormPage):
    title = _("Add a reporting period")
    model = Campaign
    permission = MANAGE
    form_class = PeriodForm
    submit_label = _("Add the period")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return crumbs_of(self.object)

    def get_initial(self) -> dict[str, Any]:
        """The next period begins where the last one ends."""
        campaign = self.object
        last = periods_of(campaign).last()
        return {"starts_on": campaign.starts_on if last is None else None, "ends_on": campaign.ends_on}

    def perform(self, form: Any) -> ReportingPeriod:
        return create_period(campaign_id=self.object.pk, actor=self.request.user, **form.values())

    def get_success_url(self, result: Any) -> str:
        return list_url(self.object.pk)

    def get_success_message(self, result: Any) -> Any:
        return _("The period “%(name)s” is added.") % {"name": result.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=list_url(self.object.pk), **kwargs)


class PeriodEdit(FormPage):
    title = _("Edit the reporting period")
    model = ReportingPeriod
    permission = MANAGE
    form_class = PeriodForm
    template_name = "campaigns/period_form.html"

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return crumbs_of(self.object.campaign)

    def get_initial(self) -> dict[str, Any]:
        period = self.object
        names = ("name", "kind", "starts_on", "ends_on", "expected_share")
        return {name: getattr(period, name) for name in names} | {"due_on": day_of(period.due_at)}

    def perform(self, form: Any) -> ReportingPeriod:
        version = self.request.POST.get("version", "")
        return edit_period(
            period_id=self.object.pk, version=int(version) if version.isdecimal() else -1, actor=self.request.user,
            **form.values(),
        )  # fmt: skip

    def get_success_url(self, result: Any) -> str:
        return list_url(self.object.campaign_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=list_url(self.object.campaign_id), **kwargs)


class PeriodRemove(ActionView):
    title = _("Remove the reporting period")
    model = ReportingPeriod
    permission = MANAGE

    def perform(self, form: Any) -> None:
        remove_period(period_id=self.object.pk, actor=self.request.user)

    def get_success_url(self, result: Any) -> str:
        return list_url(self.object.campaign_id)

    def get_back_url(self) -> str:
        return list_url(self.object.campaign_id)

    def get_success_message(self, result: Any) -> Any:
        return _("The period is removed.")
