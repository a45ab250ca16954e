"""A report as it is read, and the steps it takes from there."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.enums import ReportState
from campaigns.models import Figure, FigureAttachment, ProgressReport
from campaigns.queries.progress import report_sheet, words_of
from campaigns.services.evidence import remove_evidence
from campaigns.services.periods import MANAGE
from campaigns.services.progress_reports import EDIT, OPEN_STATES, enters_on_behalf, may_write, name_of
from campaigns.services.report_steps import (
    accept_report,
    close_report,
    reopen_report,
    return_report,
    send_report,
    take_back,
)
from campaigns.views.lines import posted_version
from campaigns.views.report import OfReport, row_of
from campaigns.workflows import ON_PAPER, REPORT
from core import audit
from core.errors import NotAllowed
from core.ui.forms import ReasonForm
from core.ui.views import ActionView, DetailPage

TAKE_IN, CLOSE, REOPEN = "campaigns.take_in_report", "campaigns.close_report", "campaigns.reopen_report"


class ReportDetail(OfReport, DetailPage):
    """Words and figures beside plan and pledge, the history, and what the reader may do with them."""

    template_name = "campaigns/report_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report, user = self.object, self.request.user
        sheet, facts = report_sheet(report), self.facts()
        running = facts["running"]
        open_to = REPORT.open_to(report, user) if running else []
        given = {
            "sheet": sheet, "areas": [(area, [row_of(row) for row in area.lines]) for area in sheet.areas],
            "words": words_of(report), "may_write": running and may_write(report, user),
            "may_take_in": ReportState.ACCEPTED in open_to, "may_take_back": ReportState.DRAFT in open_to,
            "may_confirm": ReportState.SENT in open_to and user.has_perm("campaigns.send_report", report),
            "may_close": ReportState.CLOSED in open_to, "may_reopen": ReportState.REOPENED in open_to,
            "may_extend": running and report.sent_at is None and user.has_perm(MANAGE, report),
            "may_enter": running and report.state in OPEN_STATES and not facts["of_unit"]
            and user.has_perm(ON_PAPER, report),
            "entries": audit.entries_for(report)[:50],
            "files": report.attachments.filter(removed_at=None).select_related("file"),
            "keys": {name: secrets.token_urlsafe(18) for name in ("accept", "return", "send", "close", "reopen")},
        }  # fmt: skip
        return super().get_context_data(**{**facts, **given, **kwargs})


class ReportStep(OfReport, ActionView):
    """A step of one report, on the version the page showed."""

    template_name = "campaigns/pledge_act.html"

    def get_title(self) -> Any:
        return self.title

    def get_back_url(self) -> str:
        return reverse("campaigns:report_detail", args=[self.object.pk])

    def get_success_url(self, result: Any) -> str:
        return self.get_back_url()

    @property
    def seen(self) -> dict[str, Any]:
        """The report as the page showed it, and who acts."""
        return {"report_id": self.object.pk, "version": posted_version(self.request), "actor": self.request.user}


class ReportTakeBack(ReportStep):
    title = _("Take the report back")
    permission = EDIT
    success_message = _("The report is a draft again.")

    def perform(self, form: Any) -> ProgressReport:
        return take_back(**self.seen)

    def get_success_url(self, result: Any) -> str:
        return reverse("campaigns:report_edit", args=[self.object.pk])


class ReportSend(ReportStep):
    title = _("Confirm and send the report")
    permission = "campaigns.send_report"
    success_message = _("The report is sent.")

    def perform(self, form: Any) -> ProgressReport:
        return send_report(**self.seen)


class ReportAccept(ReportStep):
    title = _("Accept the report")
    permission = TAKE_IN
    success_message = _("The report is accepted.")

    def perform(self, form: Any) -> ProgressReport:
        return accept_report(**self.seen)


@dataclass
class Returned:
    """A part or figure that is named in a return, with what is to be mended in it."""

    letter: str
    pk: int
    label: str
    note: str


class ReportReturn(ReportStep):
    """Return the report: what is to be mended, and the parts and figures ticked with their notes.

    Where it is refused, what was ticked and noted stands on the page that asks again.
    """

    template_name = "campaigns/report_return.html"
    title = _("Return the report")
    permission = TAKE_IN
    form_class = ReasonForm
    success_message = _("The report is returned to the unit.")

    def ticked(self, letter: str) -> dict[int, str]:
        """The ids ticked under `letter`, with what was noted to each."""
        post = self.request.POST
        return {int(pk): post.get(f"{letter}note{pk}", "") for pk in post.getlist(letter) if pk.isdecimal()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts, figures = self.ticked("part"), self.ticked("figure")
        named = [Returned("part", part.pk, name_of(part), parts[part.pk])
                 for part in words_of(self.object) if part.pk in parts]  # fmt: skip
        for figure in self.object.figures.filter(pk__in=figures).select_related("indicator").order_by("pk"):
            label = f"{figure.indicator.code} {figure.indicator.name}"
            named.append(Returned("figure", figure.pk, label, figures[figure.pk]))
        return super().get_context_data(named=named, **kwargs)

    def perform(self, form: Any) -> ProgressReport:
        return return_report(
            **self.seen, reason=form.cleaned_data["reason"], parts=self.ticked("part"), figures=self.ticked("figure")
        )


class ReportClose(ReportStep):
    title = _("Close the figures")
    permission = CLOSE
    success_message = _("The figures are closed.")

    def perform(self, form: Any) -> ProgressReport:
        return close_report(**self.seen)


class ReportReopen(ReportStep):
    title = _("Reopen to correct")
    permission = REOPEN
    form_class = ReasonForm
    success_message = _("The figures are reopened; the unit was told.")

    def perform(self, form: Any) -> ProgressReport:
        return reopen_report(**self.seen, reason=form.cleaned_data["reason"])


class EvidenceRemove(ActionView):
    """Take a file off its figure."""

    title = _("Remove the file")
    model = FigureAttachment

    def check_access(self) -> None:
        super().check_access()
        report, user = self.object.figure.report, self.request.user
        if not (user.has_perm(EDIT, report) or enters_on_behalf(report, user)):
            raise NotAllowed(EDIT)

    def perform(self, form: Any) -> Figure:
        return remove_evidence(attachment_id=self.object.pk, actor=self.request.user)

    def get_back_url(self) -> str:
        return reverse("campaigns:report_edit", args=[self.object.figure.report_id])

    def get_success_url(self, result: Any) -> str:
        return self.get_back_url()
