"""A unit's pledge: written line by line, read, and its steps."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.arithmetic import percent
from campaigns.enums import ParticipationState, PledgeState
from campaigns.models import Pledge
from campaigns.queries.pledges import PledgedLine, sheet_of
from campaigns.services.pledge_steps import is_late, send_pledge, submit_to_head
from campaigns.services.pledges import (
    EDIT,
    SEND,
    Entry,
    LineMovedOn,
    Outcome,
    may_write,
    save_lines,
    save_note,
)
from campaigns.texts import value_text
from campaigns.typed import read, written
from campaigns.views.joining import OfUnit
from campaigns.workflows import ON_PAPER, PLEDGE
from core import clock
from core.errors import MovedOn, NotAllowed, ServiceError
from core.text import format_number, nfc
from core.ui.views import PostPage

SUBMIT, CONFIRM, KEEP = "submit", "send", "save"


def posted_version(request: HttpRequest) -> int:
    """The version the page showed; what is no number cannot be that of any record."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else -1


@dataclass
class Row:
    """One line of the form: as stored, or as typed where it could not be read."""

    pledged: PledgedLine
    text: str
    note: str
    error: str = ""
    stamp: str = ""

    @property
    def indicator(self) -> Any:
        return self.pledged.planned.indicator

    @property
    def is_below(self) -> bool:
        return bool(self.pledged.line and self.pledged.line.is_below)

    @property
    def ratio(self) -> str:
        return ratio_text(self.pledged)

    @property
    def is_open(self) -> bool:
        """Whether the note stands open under the line."""
        return bool(self.note or self.is_below or self.error)


def ratio_text(pledged: PledgedLine) -> str:
    """The pledge in percent of the plan; empty where no percentage is shown."""
    return "" if pledged.ratio is None else f"{format_number(percent(pledged.ratio), 1)}%"


def refusal_text(error: ServiceError) -> str:
    """Why a line was not kept; where somebody else was faster, with what stands there now."""
    if isinstance(error, LineMovedOn):
        now = value_text(error.line.indicator, error.line) if error.line is not None else "–"
        return _("%(problem)s It reads %(value)s now; save again to keep yours.") % {"problem": error, "value": now}
    return str(error)


class PledgePage(OfUnit):
    """What the pages of a pledge share."""

    def get_pledge(self) -> Pledge | None:
        return Pledge.objects.visible_to(self.request.user).filter(participation=self.object).first()

    def facts(self, pledge: Pledge | None) -> dict[str, Any]:
        """What both pages say of due day, state and person."""
        user = self.request.user
        campaign = self.object.campaign
        late = pledge.late if pledge and pledge.sent_at else is_late(self.object)
        days = (clock.today() - campaign.pledge_due_on).days if campaign.pledge_due_on else 0
        return {
            "participation": self.object, "campaign": campaign, "pledge": pledge, "late": late, "days_late": days,
            "may_send": user.has_perm(SEND, self.object), "of_unit": self.of_unit,
            "on_behalf": not self.of_unit and user.has_perm(ON_PAPER, self.object),
            "will_join": self.object.state == ParticipationState.INVITED,
            "declined": self.object.state == ParticipationState.NOT_JOINING,
        }  # fmt: skip


class PledgeEdit(PledgePage, PostPage):
    """The pledge as a table; each line is kept as it is typed, the buttons work without scripts too."""

    title = gettext_lazy("Pledge")
    template_name = "campaigns/pledge_edit.html"
    summary = ""
    status = 200

    @property
    def user(self) -> Any:
        return self.request.user

    def check_access(self) -> None:
        super().check_access()
        user = self.user
        self.refused: dict[int, str] = {}
        self.pledge = self.get_pledge()
        on_behalf = self.pledge is not None and self.pledge.on_behalf and user.has_perm(ON_PAPER, self.object)
        if not (user.has_perm(EDIT, self.object) or on_behalf):
            raise NotAllowed(EDIT)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        running = self.object.campaign.state == "launched"
        if not running or not may_write(self.object, self.pledge, self.user):
            return redirect("campaigns:pledge_detail", self.object.pk)
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.once(self.work)

    def work(self) -> Outcome:
        """Keep the lines, then take the step whose button was pressed. A refused step leaves the lines kept."""
        given = {"participation_id": self.object.pk, "actor": self.request.user}
        outcome = save_lines(entries=self.read_entries(), **given)
        outcome.pledge = save_note(note=nfc(self.request.POST.get("note", "")), **given)
        self.refused |= {pk: refusal_text(error) for pk, error in outcome.refused.items()}
        self.pledge = outcome.pledge
        try:
            if not self.refused:
                with transaction.atomic():
                    self.go_on(outcome)
        except MovedOn:
            self.status = 409
            self.summary = _("Somebody else has changed the pledge meanwhile. Look it over and press again.")
        except ServiceError as error:
            self.summary = str(error)
        return outcome

    def done(self, result: Any, url: str) -> HttpResponse:
        if not (self.summary or self.refused):
            return super().done(result, url)
        self.pledge = self.get_pledge()
        return self.render_to_response(self.get_context_data(), status=self.status)

    def read_entries(self) -> dict[int, Entry]:
        """What was typed, by indicator; what of it cannot be read goes to `refused`."""
        entries = {}
        post = self.request.POST
        for row in sheet_of(self.object, self.pledge).lines():
            indicator = row.planned.indicator
            if not row.is_counted or f"v{indicator.pk}" not in post:
                continue
            try:
                values = read(indicator, post[f"v{indicator.pk}"])
            except ServiceError as error:
                self.refused[indicator.pk] = str(error)
                continue
            note = nfc(post.get(f"n{indicator.pk}", ""))
            entries[indicator.pk] = Entry(values, note, post.get(f"s{indicator.pk}") or None)
        return entries

    def go_on(self, outcome: Outcome) -> None:
        """The step whose button was pressed, on the version the page showed."""
        act = self.request.POST.get("act", KEEP)
        if act == KEEP:
            return
        if outcome.version_before != posted_version(self.request):
            raise MovedOn(subject=outcome.pledge)
        version = outcome.pledge.version
        if act == SUBMIT:
            submit_to_head(pledge_id=outcome.pledge.pk, version=version, actor=self.request.user)
        elif act == CONFIRM:
            send_pledge(participation_id=self.object.pk, version=version, actor=self.request.user)

    def get_success_url(self, result: Any) -> str:
        act = self.request.POST.get("act", KEEP)
        return reverse("campaigns:pledge_edit" if act == KEEP else "campaigns:pledge_detail", args=[self.object.pk])

    def get_success_message(self, result: Any) -> Any:
        return {
            SUBMIT: _("The pledge lies with the head of the unit."),
            CONFIRM: _("The pledge is sent."),
        }.get(self.request.POST.get("act", KEEP), _("The pledge is kept."))  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheet = sheet_of(self.object, self.pledge)
        areas = [(area, [self.row(row) for row in area.lines]) for area in sheet.areas]
        pledge = self.pledge
        return super().get_context_data(
            sheet=sheet, areas=areas, refused=self.refused, summary=self.summary, **self.facts(pledge), **kwargs,
            version=pledge.version if pledge else 0,
            may_submit=bool(pledge is None or PledgeState.WITH_HEAD in PLEDGE.open_to(pledge, self.request.user)),
        )  # fmt: skip

    def row(self, pledged: PledgedLine) -> Row:
        indicator = pledged.planned.indicator
        row = Row(pledged, written(indicator, pledged.line), pledged.line.note if pledged.line else "",
                  stamp=pledged.stamp)  # fmt: skip
        if indicator.pk in self.refused:
            row.error = self.refused[indicator.pk]
            row.text = self.request.POST.get(f"v{indicator.pk}", "")
            row.note = self.request.POST.get(f"n{indicator.pk}", "")
        return row
