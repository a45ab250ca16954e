"""Decisions: the list, one decision with its lines, a new one, number and scan."""

import secrets
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.enums import DecisionState as D
from awards.enums import NominationState as N
from awards.forms.decisions import DecisionForm, EnterForm
from awards.models import Decision, Nomination
from awards.queries.decisions import decisions_for, lines_for, ready_lines
from awards.services.decisions import enter_decision, publish_decision
from awards.services.signature import (
    create_decision,
    send_back_decision,
    send_back_line,
    sign_decision,
    strike_line,
    submit_decision,
)
from awards.tables.decisions import DecisionFilter, DecisionTable
from awards.views.appraisals import SeenVersion
from core import audit
from core.errors import NotAllowed
from core.ui.forms import ReasonForm
from core.ui.views import ActionView, DetailPage, FormPage, ListPage, PageAction
from units.seats import seat_of

LIST = "awards:decision_list"
PREPARE, ENTER, DECIDE = "awards.prepare_decision", "awards.enter_decision", "awards.decide_nomination"


def list_crumb() -> list[tuple[Any, str]]:
    return [(gettext_lazy("Decisions"), reverse(LIST))]


class DecisionList(ListPage):
    title = gettext_lazy("Decisions")
    permission = "awards.view_ledger"
    table_class, filterset_class = DecisionTable, DecisionFilter
    empty_icon = "certificate"
    empty_text = gettext_lazy("No decision yet. Lines found eligible are gathered into one.")

    def get_queryset(self) -> Any:
        return decisions_for(self.request.user).order_by("-signed_on", "-pk")

    def get_page_actions(self) -> list[PageAction]:
        ledger = PageAction(_("Register of commendations"), reverse("awards:ledger_list"), "list-details")
        if not seat_of(self.request.user).may(PREPARE):
            return [ledger]
        return [ledger, PageAction(_("Draft a decision"), reverse("awards:decision_create"), "plus", primary=True)]


class DecisionDetail(DetailPage):
    """The lines of a decision, and beside them what the person may do now."""

    model: type[Model] | None = Decision
    template_name = "awards/decision_detail.html"
    object: Decision

    def get_object_queryset(self) -> Any:
        return super().get_object_queryset().select_related("organiser", "round")

    def get_title(self) -> Any:
        return self.object.title

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def may(self) -> dict[str, bool]:
        """Which buttons stand on the page."""
        row, user = self.object, self.request.user
        prepares, enters, decides = (user.has_perm(name, row) for name in (PREPARE, ENTER, DECIDE))
        before_chair = row.state == D.AT_SIGNATURE
        signs = before_chair and decides
        on_paper = before_chair and row.on_paper and enters
        return {
            "submit": row.state == D.DRAFT and prepares,
            "sign": signs,
            "judge": signs or on_paper,
            "take_back": before_chair and prepares and not decides,
            "enter": enters and (row.state == D.SIGNED or on_paper),
            "publish": row.state == D.ENTERED and user.has_perm("awards.publish", row),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = lines_for(self.object, self.request.user)
        standing = [line for line in lines if line.state != N.STRUCK]
        given = {
            "lines": standing,
            "struck": [line for line in lines if line.state == N.STRUCK],
            "may": self.may(),
            "files": self.object.attachments.filter(removed_at=None).select_related("file"),
            "rows": self.object.commendations.visible_to(self.request.user).order_by("position"),
            "entries": audit.entries_for(self.object),
            "once_sign": secrets.token_urlsafe(18),
        }
        return super().get_context_data(**{**given, **kwargs})


class DecisionCreate(FormPage):
    """Tick lines that are ready; they are put to signature and gathered."""

    title = gettext_lazy("Draft a decision")
    permission = PREPARE
    template_name = "awards/decision_create.html"
    form_class = DecisionForm
    submit_label = gettext_lazy("Draft the decision")

    @cached_property
    def ready(self) -> list[Nomination]:
        """Lines that are ready for a decision."""
        return list(ready_lines(self.request.user))

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.ready[0].kind} if self.ready else {}

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def perform(self, form: DecisionForm) -> Decision:
        data = form.cleaned_data
        return create_decision(
            organiser=data["organiser"], title=data["title"], kind=data["kind"], on_paper=data["on_paper"],
            nomination_ids=[line.pk for line in data["lines"]], actor=self.request.user,
        )  # fmt: skip

    def get_success_url(self, result: Any) -> str:
        return reverse("awards:decision_detail", args=[result.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = set(self.request.POST.getlist("lines"))
        lines = [(row, str(row.pk) in chosen) for row in self.ready]
        return super().get_context_data(lines=lines, cancel_url=reverse(LIST), **kwargs)


class OfDecision(SeenVersion):
    """A step of one decision."""

    model: type[Model] | None = Decision
    object: Decision

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [*list_crumb(), (self.object.title, self.get_back_url())]

    def get_back_url(self) -> str:
        return reverse("awards:decision_detail", args=[self.object.pk])

    def get_success_url(self, result: Any) -> str:
        return self.get_back_url()

    @property
    def given(self) -> dict[str, Any]:
        return {"decision_id": self.object.pk, "version": self.seen_version, "actor": self.request.user}


class DecisionEnter(OfDecision, FormPage):
    title = gettext_lazy("Enter number, date and scan")
    permission = ENTER
    template_name = "awards/decision_enter.html"
    form_class = EnterForm
    submit_label = gettext_lazy("Enter the decision")

    def get_initial(self) -> dict[str, Any]:
        return {"symbol": "QĐ-UBND", "post": "CHỦ TỊCH"}

    def perform(self, form: EnterForm) -> Decision:
        return enter_decision(signed=form.signed(), **self.given)

    def get_success_message(self, result: Decision) -> Any:
        count = result.commendations.count()
        return ngettext(
            "%(count)s row is entered in the register of commendations.",
            "%(count)s rows are entered in the register of commendations.",
            count,
        ) % {"count": count}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_back_url(), **kwargs)


class DecisionSubmit(OfDecision, ActionView):
    permission = PREPARE

    def perform(self, form: Any) -> Decision:
        return submit_decision(**self.given)


class DecisionSign(OfDecision, ActionView):
    permission = DECIDE
    success_message = gettext_lazy("You agreed with every line of the decision.")

    def perform(self, form: Any) -> Decision:
        return sign_decision(**self.given)


class DecisionPublish(OfDecision, ActionView):
    permission = "awards.publish"

    def perform(self, form: Any) -> Decision:
        return publish_decision(**self.given)


class DecisionSendBack(OfDecision, ActionView):
    """By the chair; the standing body takes its decision back by the same act."""

    title = gettext_lazy("Send the decision back")
    form_class = ReasonForm
    confirmation = True
    template_name = "awards/decision_act.html"

    def check_access(self) -> None:
        super().check_access()
        if not any(self.request.user.has_perm(name, self.object) for name in (DECIDE, PREPARE)):
            raise NotAllowed(DECIDE)

    def perform(self, form: Any) -> Decision:
        return send_back_decision(reason=form.cleaned_data["reason"], **self.given)


class OfLine(SeenVersion):
    """What the chair does with one line; from paper the standing body enters it."""

    model: type[Model] | None = Nomination
    object: Nomination

    def check_access(self) -> None:
        super().check_access()  # type: ignore[misc]
        if not any(self.request.user.has_perm(name, self.object) for name in (DECIDE, ENTER)):
            raise NotAllowed(DECIDE)

    def get_object_queryset(self) -> Any:
        return super().get_object_queryset().select_related("decision", "round")  # type: ignore[misc]

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def get_back_url(self) -> str:
        row = self.object
        return reverse("awards:decision_detail", args=[row.decision_id]) if row.decision_id else reverse(LIST)

    def get_success_url(self, result: Any) -> str:
        return self.get_back_url()

    @property
    def given(self) -> dict[str, Any]:
        return {"nomination_id": self.object.pk, "version": self.seen_version, "actor": self.request.user}


class LineStrike(OfLine, ActionView):
    title = gettext_lazy("Strike the line")
    form_class = ReasonForm
    confirmation = True
    template_name = "awards/decision_act.html"

    def get_consequences(self) -> list[Any]:
        return [_("The recipient is left out of the decision; the line stays on record as struck, with the reason.")]

    def perform(self, form: Any) -> Nomination:
        return strike_line(reason=form.cleaned_data["reason"], **self.given)


class LineSendBack(OfLine, ActionView):
    title = gettext_lazy("Send the line back")
    form_class = ReasonForm
    confirmation = True
    template_name = "awards/decision_act.html"

    def get_consequences(self) -> list[Any]:
        return [_("The line leaves the decision and is appraised again.")]

    def perform(self, form: Any) -> Nomination:
        return send_back_line(reason=form.cleaned_data["reason"], **self.given)
