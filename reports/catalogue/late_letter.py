"""Công văn đôn đốc: the letter to the units that are late, and to no other."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.models import Campaign
from campaigns.queries.late import LateUnit, late_units, subject_of
from campaigns.queries.steps import Step, steps_of
from campaigns.services.reminding import REMIND
from core.documents import Document, Letterhead
from core.errors import Text
from core.sheets import Column
from core.text import format_date
from reports.base import DocumentReport, Params, ReportContext
from reports.enums import ReportGroup
from reports.registration import register
from reports.steps import StepForm, step_code
from reports.titles import issuer_lines
from units.seats import seat_of


@register
class LateLetter(DocumentReport):
    code = "late-letter"
    title = gettext_lazy("Reminder letter (Word)")
    description = gettext_lazy("An official letter to the units that are late with a pledge or a report.")
    group = ReportGroup.RESULTS
    preview = (gettext_lazy("Unit"), gettext_lazy("Due on"), gettext_lazy("Days late"))
    parameters = StepForm
    file_stem = "cong-van-don-doc"

    def is_open_to(self, user: Any) -> bool:
        return super().is_open_to(user) and seat_of(user).may(REMIND)

    def step_of(self, params: Params) -> tuple[Campaign, Step]:
        campaign: Campaign = params["campaign"]
        return campaign, next(step for step in steps_of(campaign) if step_code(step) == params["step"])

    def late(self, params: Params) -> list[LateUnit]:
        return late_units(*self.step_of(params))

    def empty_reason(self, user: Any, params: Params) -> Text:
        return "" if self.late(params) else _("No unit is late with this step.")

    def act_label(self, user: Any, params: Params) -> Text:
        count = len(self.late(params))
        return ngettext("Make the letter to %(count)s unit", "Make the letter to %(count)s units", count) % {
            "count": count
        }

    def file_parts(self, params: Params) -> Sequence[str]:
        campaign, step = self.step_of(params)
        return [campaign.symbol or campaign.title, str(step.label)]

    def document(self, ctx: ReportContext) -> Document:
        campaign, step = self.step_of(ctx.params)
        late, subject = self.late(ctx.params), subject_of(campaign, step)
        names = [str(unit.participation) for unit in late]
        lines = issuer_lines(campaign.organiser, ctx.day)
        about = _("Re: reminder to send %(subject)s") % {"subject": subject}
        document = Document(Letterhead(issuer=lines["issuer"], parent=lines["parent"], day=ctx.day, about=about))
        document.paragraph(_("To: %(units)s.") % {"units": "; ".join(names)}, align="center", indent=False)
        document.paragraph(self.opening(campaign, ctx, subject, len(late)))
        columns = [
            Column(_("No."), "ordinal"), Column(_("Unit"), width=40), Column(_("Due on"), "date", width=16),
            Column(_("Days late"), "integer", width=12),
        ]  # fmt: skip
        document.table(columns, [[str(unit.participation), unit.due_on, unit.days] for unit in late])
        document.paragraph(_("The units named are asked to complete and send it in the system without delay."))
        recipients = [_("As above"), _("For the file")]
        return document.signature(_("HEAD OF THE UNIT"), recipients=recipients)

    def opening(self, campaign: Campaign, ctx: ReportContext, subject: str, count: int) -> str:
        """By which plan, up to which day, how many."""
        plan = ""
        if campaign.symbol and campaign.signed_on:
            plan = _("By %(symbol)s of %(day)s, ") % {
                "symbol": campaign.symbol, "day": format_date(campaign.signed_on),
            }  # fmt: skip
        said = ngettext(
            "up to %(today)s %(count)s unit has not sent %(subject)s:",
            "up to %(today)s %(count)s units have not sent %(subject)s:", count,
        ) % {"today": format_date(ctx.day), "count": count, "subject": subject}  # fmt: skip
        return (plan + said)[:1].upper() + (plan + said)[1:]
