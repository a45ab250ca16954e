"""The way of a report: to the head, to the standing body, accepted or returned, closed and reopened."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.enums import ParticipationState, ReportState
from campaigns.models import ProgressReport
from campaigns.queries.people import heads_of, people_of, standing_officers
from campaigns.queries.periods import due_of
from campaigns.queries.progress import report_sheet
from campaigns.services.figures import judge
from campaigns.services.papers import Paper
from campaigns.services.participations import join_by_sending, refuse_unless_running
from campaigns.services.progress_reports import SEND, name_of
from campaigns.workflows import PARTICIPATION, REPORT
from core import audit, clock, notices
from core.errors import ServiceError

MOST_NAMED = 8


@transaction.atomic
def submit_to_head(*, report_id: int, version: int, actor: User) -> ProgressReport:
    """The officer in charge hands the report to the head of the unit."""
    report = _locked(report_id, version, actor)
    refuse_missing(report)
    _take(report, ReportState.WITH_HEAD, actor, "report.submitted_to_head")
    _tell("report_with_head", report, heads_of(report.unit_id), but=actor)
    return report


@transaction.atomic
def take_back(*, report_id: int, version: int, actor: User) -> ProgressReport:
    """Before it is sent: the officer takes the report back, or the head gives it back."""
    report = _locked(report_id, version, actor)
    _take(report, ReportState.DRAFT, actor, "report.taken_back")
    _tell("report_taken_back", report, people_of(report.unit_id), but=actor)
    return report


@transaction.atomic
def send_report(*, report_id: int, version: int, actor: User) -> ProgressReport:
    """Confirm and send: by the head, or by the standing body for what came on paper.

    Late is a flag, never a wall; it is judged once, by the deadline that stood at the first sending, with
    the unit's extension. An invited unit joins by it. Raises ServiceError naming what is missing.
    """
    report = _locked(report_id, version, actor)
    participation = PARTICIPATION.lock(report.participation_id, actor=actor)
    if participation.state == ParticipationState.NOT_JOINING:
        raise ServiceError(_("The unit does not join this campaign; it reports nothing."))
    refuse_missing(report)
    paper = None if actor.has_perm(SEND, report) else Paper(report.paper_symbol, report.paper_signed_on)
    values: dict[str, Any] = {"sent_at": clock.now()}
    if report.due_at_then is None:
        due = due_of(participation, report.period)
        values |= {"due_at_then": due, "late": clock.now() > due}
    report.parts.filter(returned=True).update(returned=False)
    report.figures.filter(returned=True).update(returned=False)
    _take(report, ReportState.SENT, actor, "report.sent", **values)
    join_by_sending(participation, actor=actor, paper=paper)
    judge(report)
    _tell("report_sent", report, standing_officers(report.organiser_id), but=actor)
    return report


@transaction.atomic
def accept_report(*, report_id: int, version: int, actor: User) -> ProgressReport:
    """Take the report in."""
    report = _locked(report_id, version, actor)
    _take(report, ReportState.ACCEPTED, actor, "report.accepted", accepted_at=clock.now())
    _tell("report_accepted", report, people_of(report.unit_id), but=actor)
    return report


@transaction.atomic
def return_report(
    *, report_id: int, version: int, actor: User, reason: str, parts: Mapping[int, str] | None = None,
    figures: Mapping[int, str] | None = None,
) -> ProgressReport:  # fmt: skip
    """Give the report back: in a word what is to be mended, and by id each part and figure meant, with a note.

    Raises ServiceError without a reason, or where a part or figure is named that is not of this report.
    """
    report = _locked(report_id, version, actor)
    if not reason.strip():
        raise ServiceError(_("Say what is to be mended."), field="reason")
    named = _mark(report.parts.select_related("focus_area"), parts or {})
    named += _mark(report.figures.select_related("indicator"), figures or {})
    _take(report, ReportState.RETURNED, actor, "report.returned", reason=reason.strip(), parts=named,
          returned_at=clock.now(), return_reason=reason.strip(), return_count=report.return_count + 1)  # fmt: skip
    _tell("report_returned", report, people_of(report.unit_id), but=actor, reason=reason.strip())
    return report


@transaction.atomic
def close_report(*, report_id: int, version: int, actor: User) -> ProgressReport:
    """Close the figures («chốt số liệu»): from now on they change only after reopening with a reason."""
    report = _locked(report_id, version, actor)
    refuse_missing(report)
    _take(report, ReportState.CLOSED, actor, "report.closed", closed_at=clock.now())
    judge(report)
    _tell("report_closed", report, people_of(report.unit_id), but=actor)
    return report


@transaction.atomic
def reopen_report(*, report_id: int, version: int, actor: User, reason: str) -> ProgressReport:
    """Reopen closed figures to be corrected («mở lại để điều chỉnh»), with the reason every change then carries."""
    report = _locked(report_id, version, actor)
    if not reason.strip():
        raise ServiceError(_("Say why the figures are reopened."), field="reason")
    _take(report, ReportState.REOPENED, actor, "report.reopened", reason=reason.strip(),
          reopened_reason=reason.strip())  # fmt: skip
    _tell("report_reopened", report, people_of(report.unit_id), but=actor, reason=reason.strip())
    return report


def refuse_missing(report: ProgressReport) -> None:
    """Every assigned indicator has its figure, and its explanation and evidence where the plan asks for them.

    Raises ServiceError naming the rest.
    """
    sheet = report_sheet(report)
    words = {
        "figure": _("Not entered: %(codes)s."), "explanation": _("Without explanation: %(codes)s."),
        "evidence": _("Without evidence: %(codes)s."),
    }  # fmt: skip
    said = []
    for lack, text in words.items():
        codes = [row.planned.indicator.code for row in sheet.lines() if lack in row.lacks]
        if codes:
            more = "…" if len(codes) > MOST_NAMED else ""
            said.append(text % {"codes": ", ".join(codes[:MOST_NAMED]) + more})
    if said:
        raise ServiceError(" ".join(said))


def _locked(report_id: int, version: int, actor: User) -> ProgressReport:
    report = REPORT.lock(report_id, actor=actor, version=version)
    refuse_unless_running(report.participation.campaign)
    return report


def _take(
    report: ProgressReport, to: ReportState, actor: User, action: str, *, reason: str = "", parts: Iterable[str] = (),
    **values: Any,
) -> None:  # fmt: skip
    before = REPORT.advance(report, to=to, actor=actor, **values)
    changes: dict[str, list[Any]] = {"state": [before, report.state]}
    if parts:
        changes["parts"] = [None, ", ".join(parts)]
    audit.record(action, actor=actor, subject=report, changes=changes, reason=reason)


def _mark(rows: Any, notes: Mapping[int, str]) -> list[str]:
    """Mark the named rows as returned with their notes; gives their names."""
    found = {row.pk: row for row in rows.filter(pk__in=notes)}
    if set(notes) - set(found):
        raise ServiceError(_("What is returned is not of this report."))
    for pk, row in found.items():
        row.returned, row.return_note = True, notes[pk].strip()
        row.save(update_fields=["returned", "return_note"])
    return [row.indicator.code if hasattr(row, "indicator") else name_of(row) for row in found.values()]


def _tell(code: str, report: ProgressReport, people: list[User], *, but: User, **params: Any) -> None:
    """Tell `people` except who did it. The text holds what the reader needs without opening the page."""
    participation = report.participation
    notices.after_commit(
        code, recipients=[person for person in people if person.pk != but.pk], target=report,
        params={"title": participation.campaign.title, "unit": str(participation), "period": report.period.name,
                **params},
    )  # fmt: skip
