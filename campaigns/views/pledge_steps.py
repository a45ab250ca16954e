"""A pledge as it is read, and the steps it takes from there."""

import secrets
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.enums import PledgeState
from campaigns.forms.pledge import AcceptForm, OnBehalfForm
from campaigns.models import Pledge
from campaigns.queries.pledges import PledgedLine, sheet_of
from campaigns.services.pledge_steps import accept_pledge, return_pledge, send_pledge, take_back
from campaigns.services.pledges import EDIT, OPEN_STATES, begin_on_behalf, may_write
from campaigns.texts import value_text
from campaigns.views.joining import OfUnit
from campaigns.views.lines import posted_version
from campaigns.views.pledge import PledgePage, Row
from campaigns.workflows import ON_PAPER, PLEDGE
from core import audit
from core.ui.forms import ReasonForm
from core.ui.views import ActionView, DetailPage, FormPage

TAKE_IN = "campaigns.take_in_pledge"


class PledgeDetail(PledgePage, DetailPage):
    """The pledge beside the plan, its history, and what the reader may do with it."""

    title = _("Pledge")
    template_name = "campaigns/pledge_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pledge, user = self.get_pledge(), self.request.user
        sheet = sheet_of(self.object, pledge)
        areas = [(area, [read_row(row) for row in area.lines]) for area in sheet.areas]
        running = self.object.campaign.state == "launched"
        may_read = pledge is not None or user.has_perm(EDIT, self.object)
        open_to = PLEDGE.open_to(pledge, user) if pledge is not None and running else []
        given = {
            "sheet": sheet if may_read else None, "areas": areas, "running": running,
            "may_write": running and user.has_perm(EDIT, self.object) and may_write(self.object, pledge, user),
            "may_take_in": PledgeState.ACCEPTED in open_to,
            "may_take_back": PledgeState.DRAFT in open_to,
            "may_confirm": PledgeState.SENT in open_to,
            "may_enter": running and user.has_perm(ON_PAPER, self.object) and (
                pledge is None or pledge.state in OPEN_STATES),
            "entries": audit.entries_for(pledge)[:50] if pledge is not None else [],
            "files": pledge.attachments.filter(removed_at=None).select_related("file") if pledge is not None else [],
            "once_accept": secrets.token_urlsafe(18), "once_return": secrets.token_urlsafe(18),
        }  # fmt: skip
        return super().get_context_data(**self.facts(pledge), **{**given, **kwargs})


def read_row(pledged: PledgedLine) -> Row:
    """A line as it is read: value and note."""
    line = pledged.line
    return Row(pledged, value_text(pledged.planned.indicator, line), line.note if line is not None else "")


class PledgeStep(OfUnit, ActionView):
    """A step of one pledge, found through its participation."""

    def check_access(self) -> None:
        super().check_access()
        self.pledge = Pledge.objects.visible_to(self.request.user).get(participation=self.object)

    def get_back_url(self) -> str:
        return reverse("campaigns:pledge_detail", args=[self.object.pk])

    def get_success_url(self, result: Any) -> str:
        return self.get_back_url()

    @property
    def seen(self) -> dict[str, Any]:
        """The pledge as the page showed it, and who acts."""
        return {"pledge_id": self.pledge.pk, "version": posted_version(self.request), "actor": self.request.user}


class PledgeTakeBack(PledgeStep):
    title = _("Take the pledge back")

    def perform(self, form: Any) -> Pledge:
        return take_back(**self.seen, reason=self.request.POST.get("reason", ""))

    def get_success_url(self, result: Any) -> str:
        return reverse("campaigns:pledge_edit", args=[self.object.pk])

    def get_success_message(self, result: Any) -> Any:
        return _("The pledge is a draft again.")


class PledgeSend(PledgeStep):
    title = _("Confirm and send the pledge")

    def perform(self, form: Any) -> Pledge:
        return send_pledge(
            participation_id=self.object.pk, version=posted_version(self.request), actor=self.request.user
        )

    def get_success_message(self, result: Any) -> Any:
        return _("The pledge is sent.")


class PledgeAccept(PledgeStep):
    title = _("Accept the pledge")
    permission = TAKE_IN
    form_class = AcceptForm
    template_name = "campaigns/pledge_act.html"

    def perform(self, form: Any) -> Pledge:
        return accept_pledge(**self.seen, note=form.cleaned_data["note"])

    def get_success_message(self, result: Any) -> Any:
        return _("The pledge is accepted.")


class PledgeReturn(PledgeStep):
    title = _("Return the pledge")
    permission = TAKE_IN
    form_class = ReasonForm
    template_name = "campaigns/pledge_act.html"

    def perform(self, form: Any) -> Pledge:
        return return_pledge(**self.seen, reason=form.cleaned_data["reason"])

    def get_success_message(self, result: Any) -> Any:
        return _("The pledge is returned to the unit.")


class PledgeOnBehalf(OfUnit, FormPage):
    """Name the paper, then enter the pledge for the unit."""

    title = _("Enter the unit's pledge from paper")
    permission = ON_PAPER
    form_class = OnBehalfForm
    template_name = "campaigns/pledge_on_behalf.html"
    submit_label = _("Continue to the figures")
    keeps_draft = False

    def visible_pledge(self) -> Pledge | None:
        return Pledge.objects.visible_to(self.request.user).filter(participation=self.object).first()

    def get_initial(self) -> dict[str, Any]:
        pledge = self.visible_pledge()
        if pledge is None or not pledge.on_behalf:
            return {}
        return {"paper_symbol": pledge.paper_symbol, "paper_signed_on": pledge.paper_signed_on}

    def get_form_kwargs(self) -> dict[str, Any]:
        pledge = self.visible_pledge()
        has_scan = pledge is not None and pledge.attachments.filter(removed_at=None).exists()
        return {**super().get_form_kwargs(), "has_scan": has_scan}

    def perform(self, form: Any) -> Pledge:
        return begin_on_behalf(participation_id=self.object.pk, paper=form.paper(), actor=self.request.user)

    def get_success_url(self, result: Any) -> str:
        return reverse("campaigns:pledge_edit", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_back_url(), participation=self.object, **kwargs)
