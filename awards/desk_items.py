"""What of rounds, letters, lines and decisions stands on a desk: a turn for each state somebody is to move."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.enums import CommendationState, RegistrationState, RoundState
from awards.enums import DecisionState as D
from awards.enums import NominationState as N
from awards.enums import SubmissionState as S
from awards.models import Appraisal, Nomination
from awards.queries.appraisals import last_tasks, unanswered
from awards.workflows import (
    BEFORE_DECIDED,
    COMMENDATION,
    DECISION,
    NOMINATION,
    REGISTRATION,
    ROUND,
    SUBMISSION,
    letter_came_on_paper,
    route_needs_no_meeting,
    signed_on_paper,
)
from campaigns.desk_items import PAPER, TAKEN_BACK, and_others, joined, quoted, waiting_since
from campaigns.queries.periods import day_of
from campaigns.workflows import ON_PAPER, came_on_paper
from catalogue.enums import Route
from core import clock
from core.text import format_date
from core.turns import Bundle, Words, desk_for
from units.turns import held

EDIT, SEND, TAKE_IN = "awards.edit_submission", "awards.send_submission", "awards.take_in_submission"
APPRAISE, DECIDE, ENTER = "awards.appraise_nomination", "awards.decide_nomination", "awards.enter_decision"
RIGHTED = "Stands as it is; put right only when a mistake is found."


# --- Rounds and letters ---


def round_over(bundle: Bundle) -> Words:
    row = bundle.record
    title = _("Close the round: %(title)s") % {"title": row.title}
    why = _("Letters were due on %(day)s and no line waits any more.") % {"day": format_date(day_of(row.due_at))}
    return Words(title, why, _("Open the round"), reverse("awards:round_detail", args=[row.pk]))


def all_settled(_user: Any, _day: date) -> Q:
    """The day is past, and no line is still on its way."""
    on_the_way = (N.SENT, N.APPRAISING, N.MORE_ASKED, N.SENT_BACK, N.ELIGIBLE, N.COUNCIL_AGREES, N.ON_AGENDA,
                  N.AT_SIGNATURE)  # fmt: skip
    lines = Nomination.objects.filter(round=OuterRef("pk"), state__in=on_the_way)
    return Q(due_at__lt=clock.now()) & ~Q(Exists(lines))


def letter_words(bundle: Bundle, what: str, act: str) -> Words:
    row = bundle.record
    title = _("Nominations: %(title)s") % {"title": row.round.title}
    why = joined(row.unit_name_then or row.unit.name, row.symbol, what)
    return Words(title, why, act, reverse("awards:submission_detail", args=[row.pk]))


def letter_draft(bundle: Bundle) -> Words:
    return letter_words(bundle, _("being written, not confirmed yet"), _("Continue the letter"))


def letter_confirmed(bundle: Bundle) -> Words:
    return letter_words(bundle, _("confirmed, not sent yet"), _("Send the letter"))


def letter_sent(bundle: Bundle) -> Words:
    row = bundle.record
    values = {"count": bundle.count}
    title = (
        ngettext("Take in %(count)s letter of nominations", "Take in %(count)s letters of nominations", bundle.count)
        % values
    )
    name = "awards:submission_detail" if bundle.count == 1 else "awards:round_detail"
    url = reverse(name, args=[row.pk if bundle.count == 1 else row.round_id])
    names = and_others(row.unit_name_then or row.unit.name, bundle.count)
    return Words(title, joined(names, waiting_since(bundle.since), row.round.title), _("Take in letters"), url)


def open_round(_user: Any, _day: date) -> Q:
    return Q(round__state=RoundState.OPEN)


def round_due(_user: Any, _day: date) -> Any:
    return F("round__due_at")


def enter_letters() -> None:
    rounds = desk_for(ROUND, right=held(organiser="organiser"))
    rounds.turn(RoundState.OPEN, by="awards.open_round", words=round_over, icon="lock", ready=all_settled)
    desk = desk_for(
        SUBMISSION, right=held(organiser="round__organiser", unit="unit"), guards={came_on_paper: PAPER},
        related=["round", "unit"],
    )  # fmt: skip
    inside: dict[str, Any] = {"ready": open_round, "due": round_due}
    desk.turn(S.DRAFT, by=[SEND, ON_PAPER], also=[EDIT], words=letter_draft, icon="award", **inside)
    desk.turn(S.CONFIRMED, by=[SEND, ON_PAPER], words=letter_confirmed, icon="send", **inside)
    desk.turn(S.SENT, by=TAKE_IN, words=letter_sent, icon="inbox", group="round", since="sent_at")
    desk.rest(S.CONFIRMED, to=[S.DRAFT], because=TAKEN_BACK)


# --- Lines ---


def lines_words(bundle: Bundle, title: str, act: str, url: str) -> Words:
    row, others = bundle.record, bundle.count - 1
    names = str(row) if not others else ngettext(
        "%(name)s and %(count)s other", "%(name)s and %(count)s others", others
    ) % {"name": row, "count": others}  # fmt: skip
    return Words(title, joined(names, row.round.title), act, url)


def to_appraise(bundle: Bundle) -> Words:
    title = ngettext("Appraise %(count)s nomination", "Appraise %(count)s nominations", bundle.count)
    return lines_words(bundle, title % {"count": bundle.count}, _("Appraise"), reverse("awards:appraisal_queue"))


def under_appraisal(bundle: Bundle) -> Words:
    title = ngettext(
        "%(count)s nomination under appraisal", "%(count)s nominations under appraisal", bundle.count
    ) % {"count": bundle.count}  # fmt: skip
    return lines_words(bundle, title, _("Follow the appraisal"), reverse("awards:appraisal_assign"))


def line_url(bundle: Bundle) -> str:
    return reverse("awards:nomination_detail", args=[bundle.record.pk])


def more_asked(bundle: Bundle) -> Words:
    row = bundle.record
    title = _("More is asked for: %(name)s") % {"name": row}
    return Words(
        title, joined(row.nominating_unit, quoted(row.state_reason)), _("Mend and send back"), line_url(bundle)
    )


def sent_back(bundle: Bundle) -> Words:
    row = bundle.record
    title = _("Sent back by the chair: %(name)s") % {"name": row}
    url = reverse("awards:appraisal_line", args=[row.pk])
    return Words(title, joined(quoted(row.state_reason), row.round.title), _("Take in again"), url)


def eligible(bundle: Bundle) -> Words:
    title = ngettext(
        "Put %(count)s eligible nomination to signature", "Put %(count)s eligible nominations to signature",
        bundle.count,
    ) % {"count": bundle.count}  # fmt: skip
    return lines_words(bundle, title, _("Draft a decision"), reverse("awards:decision_create"))


def sent_up(bundle: Bundle) -> Words:
    title = ngettext(
        "%(count)s nomination waits for the result from above", "%(count)s nominations wait for the result from above",
        bundle.count,
    ) % {"count": bundle.count}  # fmt: skip
    url = line_url(bundle) if bundle.count == 1 else reverse("awards:round_detail", args=[bundle.record.round_id])
    return lines_words(bundle, title, _("Open the nomination"), url)


def my_tasks(user: Any) -> Q:
    """Lines on which the user's own finding is still asked."""
    return Q(pk__in=last_tasks(user).filter(unanswered()).order_by().values("nomination"))


def my_due(user: Any, _day: date) -> Any:
    tasks = Appraisal.objects.filter(nomination=OuterRef("pk"), reviewer=user, ended_at__isnull=True).order_by()
    return Subquery(tasks.values("nomination").annotate(day=Min("due_at")).values("day"))


def first_due(_user: Any, _day: date) -> Any:
    tasks = Appraisal.objects.filter(nomination=OuterRef("pk"), outcome="", ended_at__isnull=True).order_by()
    return Subquery(tasks.values("nomination").annotate(day=Min("due_at")).values("day"))


def enter_lines() -> None:
    desk = desk_for(
        NOMINATION, right=held(organiser="round__organiser", unit="nominating_unit", assigned=my_tasks),
        guards={
            letter_came_on_paper: Q(submission__on_behalf=True, submission__paper_signed_on__isnull=False)
            & ~Q(submission__paper_symbol=""),
            route_needs_no_meeting: ~Q(route=Route.FULL), signed_on_paper: Q(decision__on_paper=True),
        },
        related=["round", "nominating_unit", "submission"],
    )  # fmt: skip
    desk.carry(N.DRAFT, on=SUBMISSION, through="submission")
    desk.carry(N.SENT, on=SUBMISSION, through="submission")
    desk.carry(N.AT_SIGNATURE, on=DECISION, through="decision")
    desk.turn(
        N.APPRAISING, by=APPRAISE, words=to_appraise, icon="clipboard-check", group="round", due=my_due,
        ready=lambda user, _day: my_tasks(user),
    )  # fmt: skip
    desk.turn(N.APPRAISING, by=APPRAISE, words=under_appraisal, icon="clipboard-check", group="round", due=first_due)
    desk.turn(N.MORE_ASKED, by=SEND, also=[EDIT], words=more_asked, icon="arrow-back-up")
    desk.turn(N.SENT_BACK, by=TAKE_IN, words=sent_back, icon="arrow-back-up")
    for state in (N.ELIGIBLE, N.COUNCIL_AGREES):
        desk.turn(state, by="awards.put_to_signature", words=eligible, icon="certificate", group="round")
    desk.turn(N.SENT_UP, by=ENTER, words=sent_up, icon="arrow-up", group="round")
    desk.rest(*BEFORE_DECIDED, to=[N.WITHDRAWN], because="Withdrawing a nomination is nobody's task.")
    desk.rest(N.MORE_ASKED, by=TAKE_IN, because="The unit mends; the standing body may take it in as it is.")
    desk.rest(
        N.ELIGIBLE, N.COUNCIL_AGREES, to=[N.SENT_UP],
        because="Whether a line goes up or is decided here is told by the same item.",
    )  # fmt: skip


# --- Decisions ---


def decision_words(bundle: Bundle, title: str, why: str, act: str, name: str = "decision_detail") -> Words:
    return Words(title % {"title": bundle.record.title}, why, act, reverse(f"awards:{name}", args=[bundle.record.pk]))


def decision_draft(bundle: Bundle) -> Words:
    reason = bundle.record.state_reason
    if reason.strip():
        return decision_words(bundle, _("Decision sent back: %(title)s"), quoted(reason), _("Mend the draft"))
    return decision_words(
        bundle, _("Draft of a decision: %(title)s"), _("Not put to signature yet."), _("Put to signature")
    )


def decision_at_signature(bundle: Bundle) -> Words:
    why = _("Agree with the list, strike a line, or send it back")
    return decision_words(bundle, _("Sign the decision: %(title)s"), why, _("Read and sign"))


def decision_signed(bundle: Bundle) -> Words:
    why = _("Signed; number, date and scan are still to be entered.")
    return decision_words(
        bundle, _("Enter number and date: %(title)s"), why, _("Enter number and date"), "decision_enter"
    )


def decision_entered(bundle: Bundle) -> Words:
    return decision_words(
        bundle, _("Publish the decision: %(title)s"), bundle.record.full_symbol, _("Open the decision")
    )


def enter_decisions() -> None:
    desk = desk_for(
        DECISION, right=held(organiser="organiser"), guards={signed_on_paper: Q(on_paper=True)},
    )  # fmt: skip
    desk.turn(D.DRAFT, by="awards.prepare_decision", words=decision_draft, icon="certificate")
    desk.turn(D.AT_SIGNATURE, by=[DECIDE, ENTER], words=decision_at_signature, icon="signature")
    desk.turn(D.SIGNED, by=ENTER, words=decision_signed, icon="signature")
    desk.turn(D.ENTERED, by="awards.publish", words=decision_entered, icon="speakerphone")
    desk.rest(D.AT_SIGNATURE, to=[D.DRAFT], by="awards.prepare_decision", because=TAKEN_BACK)
    desk.rest(D.ENTERED, D.PUBLISHED, to=[D.CORRECTED, D.REVOKED], because=RIGHTED)
    desk_for(COMMENDATION, right=held(organiser="organiser")).rest(CommendationState.IN_FORCE, because=RIGHTED)
    desk_for(REGISTRATION, right=held(organiser="organiser", unit="unit")).rest(
        RegistrationState.REGISTERED, RegistrationState.CHANGED,
        because="A registration stands until somebody wishes to change it.",
    )  # fmt: skip


def enter() -> None:
    """Called when the application starts."""
    enter_letters()
    enter_lines()
    enter_decisions()
