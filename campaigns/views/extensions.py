"""More time for one unit: asked for by the unit, answered or given by the standing body."""

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.enums import ExtensionState
from campaigns.forms.period import GRANT, AnswerTimeForm, AskTimeForm, ExtendForm
from campaigns.models import ExtensionRequest, ReportingPeriod
from campaigns.queries.period_steps import place_url
from campaigns.queries.periods import day_of, due_of
from campaigns.services.extensions import ask_for_time, extend, grant_time, refuse_time, withdraw_request
from campaigns.services.periods import MANAGE, end_of
from campaigns.services.progress_reports import EDIT
from campaigns.views.lines import posted_version
from campaigns.views.report import crumbs_for
from campaigns.views.report_place import OfPlace
from core.ui.views import ActionView, FormPage


class OfTime(OfPlace, FormPage):
    """A form about the due day of one unit in one period."""

    template_name = "campaigns/period_extend.html"
    keeps_draft = False

    def get_success_url(self, result: Any) -> str:
        return place_url(self.object, self.period)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        period = self.period
        due_on, back = day_of(due_of(self.object, period)), place_url(self.object, period)
        return super().get_context_data(period=period, due_on=due_on, cancel_url=back, **kwargs)


class PeriodExtend(OfTime):
    """More time for one unit."""

    title = _("Give the unit more time")
    permission = MANAGE
    form_class = ExtendForm
    submit_label = _("Extend the deadline")
    success_message = _("The unit has more time and was told.")

    def perform(self, form: Any) -> Any:
        data = form.cleaned_data
        return extend(participation_id=self.object.pk, period_id=self.period.pk, due_at=end_of(data["due_on"]),
                      reason=data["reason"], actor=self.request.user)  # fmt: skip


class ExtensionAsk(OfTime):
    """The unit asks for more time."""

    title = _("Ask for more time")
    permission = EDIT
    form_class = AskTimeForm
    submit_label = _("Send the request")
    success_message = _("The standing body was told; its answer comes to your inbox.")

    def perform(self, form: Any) -> Any:
        data = form.cleaned_data
        return ask_for_time(participation_id=self.object.pk, period_id=self.period.pk, due_at=end_of(data["due_on"]),
                            reason=data["reason"], actor=self.request.user)  # fmt: skip


class OfRequest:
    """A page about one request."""

    model: type[Model] | None = ExtensionRequest
    object: ExtensionRequest
    request: Any

    def get_object_queryset(self) -> Any:
        rows = super().get_object_queryset()  # type: ignore[misc]
        return rows.select_related("participation__campaign__organiser", "participation__unit", "period", "created_by")

    @property
    def period(self) -> ReportingPeriod:
        return self.object.period

    def get_back_url(self) -> str:
        return place_url(self.object.participation, self.period)

    def get_success_url(self, result: Any) -> str:
        return self.get_back_url()


class ExtensionAnswer(OfRequest, FormPage):
    """The standing body answers; what was answered before stands there to be read."""

    title = _("Request for more time")
    permission = MANAGE
    form_class = AnswerTimeForm
    template_name = "campaigns/extension_answer.html"
    keeps_draft = False
    submit_label = _("Answer the unit")
    success_message = _("The unit was told.")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return crumbs_for(self.object.participation, of_unit=False, period=self.period)

    def get_initial(self) -> dict[str, Any]:
        return {"decision": GRANT, "due_on": day_of(self.object.due_at)}

    def perform(self, form: Any) -> ExtensionRequest:
        data = form.cleaned_data
        seen: dict[str, Any] = {
            "request_id": self.object.pk, "version": posted_version(self.request), "actor": self.request.user
        }  # fmt: skip
        if data["decision"] == GRANT:
            return grant_time(due_at=end_of(data["due_on"]), answer=data["answer"], **seen)
        return refuse_time(answer=data["answer"], **seen)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.object
        due_on = day_of(due_of(asked.participation, self.period))
        return super().get_context_data(
            asked=asked, is_open=asked.state == ExtensionState.ASKED, due_on=due_on,
            cancel_url=reverse("campaigns:period_list", args=[asked.participation.campaign_id]), **kwargs,
        )  # fmt: skip


class ExtensionWithdraw(OfRequest, ActionView):
    """The unit needs no more time after all."""

    title = _("Withdraw the request")
    permission = EDIT
    success_message = _("The request is withdrawn.")

    def perform(self, form: Any) -> ExtensionRequest:
        return withdraw_request(
            request_id=self.object.pk, version=posted_version(self.request), actor=self.request.user
        )
