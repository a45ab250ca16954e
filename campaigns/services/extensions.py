"""More time for one unit in one period: given by the standing body, by itself or because the unit asked."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.enums import ExtensionState, ParticipationState
from campaigns.models import Extension, ExtensionRequest, Participation, ProgressReport, ReportingPeriod
from campaigns.queries.people import people_of, standing_officers
from campaigns.queries.periods import day_of, due_of
from campaigns.services.participations import refuse_unless_running
from campaigns.services.periods import MANAGE
from campaigns.services.progress_reports import EDIT
from campaigns.workflows import EXTENSION, PARTICIPATION
from core import audit, clock, notices
from core.errors import ServiceError, WrongState
from core.text import format_date
from units.permissions import require


@transaction.atomic
def extend(*, participation_id: int, period_id: int, due_at: datetime, reason: str, actor: User) -> Extension:
    """Give one unit more time in one period; the newest extension counts, the unit is told.

    What the unit asked for and was not answered yet is answered by it. Raises ServiceError without a reason
    or for a day that is no later than the one that stands.
    """
    participation = PARTICIPATION.lock(participation_id, actor=actor)
    require(actor, MANAGE, participation)
    refuse_unless_running(participation.campaign)
    period = ReportingPeriod.objects.get(pk=period_id, campaign=participation.campaign_id)
    extension = _give(participation, period, due_at, reason, actor)
    open_request = ExtensionRequest.objects.filter(
        participation=participation, period=period, state=ExtensionState.ASKED
    ).first()
    if open_request is not None:
        _answer(open_request, ExtensionState.GRANTED, reason, actor, extension)
    return extension


@transaction.atomic
def ask_for_time(
    *, participation_id: int, period_id: int, due_at: datetime, reason: str, actor: User
) -> ExtensionRequest:  # fmt: skip
    """The unit asks to report later («xin gia hạn»); the standing body is told.

    Raises WrongState once the report is sent or while an earlier request waits, ServiceError without a reason
    or for a day that is no later than the one that stands.
    """
    participation = PARTICIPATION.lock(participation_id, actor=actor)
    require(actor, EDIT, participation)
    refuse_unless_running(participation.campaign)
    period = ReportingPeriod.objects.get(pk=period_id, campaign=participation.campaign_id)
    _refuse_if_done(participation, period)
    if participation.extension_requests.filter(period=period, state=ExtensionState.ASKED).exists():
        raise WrongState(_("Your unit has asked for more time already; the standing body has not answered yet."))
    if not reason.strip():
        raise ServiceError(_("Say why the unit needs more time."), field="reason")
    if due_at <= max(due_of(participation, period), clock.now()):
        raise ServiceError(_("The day asked for comes after the one that stands, and is not over."), field="due_on")
    request = ExtensionRequest.objects.create(
        participation=participation, period=period, due_at=due_at, reason=reason.strip(), asked_at=clock.now(),
        created_by=actor,
    )  # fmt: skip
    day = format_date(day_of(due_at))
    audit.record("extension.asked", actor=actor, subject=request, reason=request.reason,
                 changes={"due_on": [None, day]})  # fmt: skip
    notices.after_commit(
        "extension_asked", recipients=standing_officers(participation.campaign.organiser_id), target=request,
        params={"title": participation.campaign.title, "unit": str(participation), "period": period.name, "due": day,
                "reason": request.reason},
    )  # fmt: skip
    return request


@transaction.atomic
def grant_time(
    *, request_id: int, version: int, due_at: datetime, actor: User, answer: str = ""
) -> ExtensionRequest:  # fmt: skip
    """Give the time asked for, or another; the unit is told. Raises WrongState once the report is sent."""
    request = _locked(request_id, version, actor)
    _refuse_if_done(request.participation, request.period)
    extension = _give(request.participation, request.period, due_at, answer.strip() or request.reason, actor)
    _answer(request, ExtensionState.GRANTED, answer, actor, extension)
    return request


@transaction.atomic
def refuse_time(*, request_id: int, version: int, actor: User, answer: str) -> ExtensionRequest:
    """Give no more time, and say why; the unit is told."""
    request = _locked(request_id, version, actor)
    if not answer.strip():
        raise ServiceError(_("Say why the unit gets no more time."), field="answer")
    _answer(request, ExtensionState.REFUSED, answer, actor)
    participation = request.participation
    notices.after_commit(
        "extension_refused", recipients=people_of(participation.unit_id), target=participation,
        params={"title": participation.campaign.title, "period": request.period.name, "reason": request.answer},
    )  # fmt: skip
    return request


@transaction.atomic
def withdraw_request(*, request_id: int, version: int, actor: User) -> ExtensionRequest:
    """The unit needs no more time after all."""
    request = _locked(request_id, version, actor)
    before = EXTENSION.advance(request, to=ExtensionState.WITHDRAWN, actor=actor)
    audit.record("extension.withdrawn", actor=actor, subject=request, changes={"state": [before, request.state]})
    return request


def _locked(request_id: int, version: int, actor: User) -> ExtensionRequest:
    request = EXTENSION.lock(request_id, actor=actor, version=version)
    refuse_unless_running(request.participation.campaign)
    return request


def _refuse_if_done(participation: Participation, period: ReportingPeriod) -> None:
    if participation.state == ParticipationState.NOT_JOINING:
        raise WrongState(_("The unit does not join this campaign; it reports nothing."))
    if ProgressReport.objects.filter(participation=participation, period=period, sent_at__isnull=False).exists():
        raise WrongState(_("The report is sent already; no more time is needed."))


def _give(
    participation: Participation, period: ReportingPeriod, due_at: datetime, reason: str, actor: User
) -> Extension:  # fmt: skip
    if not reason.strip():
        raise ServiceError(_("Say why the unit gets more time."), field="reason")
    if due_at <= period.due_at:
        raise ServiceError(_("The new due day comes after the one of the period."), field="due_on")
    extension = Extension.objects.create(
        participation=participation, period=period, due_at=due_at, reason=reason.strip(), created_by=actor
    )
    day = format_date(day_of(due_at))
    audit.record("period.extended", actor=actor, subject=participation, reason=reason.strip(),
                 changes={"period": [None, period.name], "due_on": [None, day]})  # fmt: skip
    notices.after_commit(
        "report_extended", recipients=people_of(participation.unit_id), target=participation,
        params={"title": participation.campaign.title, "period": period.name, "due": day},
    )  # fmt: skip
    return extension


def _answer(
    request: ExtensionRequest, to: ExtensionState, answer: str, actor: User, extension: Extension | None = None
) -> None:  # fmt: skip
    before = EXTENSION.advance(request, to=to, actor=actor, answer=answer.strip(), answered_at=clock.now(),
                               answered_by=actor, extension=extension)  # fmt: skip
    audit.record(f"extension.{to.value}", actor=actor, subject=request, reason=answer.strip(),
                 changes={"state": [before, request.state]})  # fmt: skip
