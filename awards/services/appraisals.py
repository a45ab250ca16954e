"""Tasks of appraisal: given by name, handed on with a reason, answered with a finding.

A reviewer's finding is an opinion. It moves the line when all who were asked agree, or when something
is to be mended; where they differ the standing body concludes, and says why.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import NominationState as N
from awards.enums import Opinion
from awards.fields_back import ASKED, MENDABLE
from awards.models import Appraisal, Nomination, OpenField
from awards.workflows import NOMINATION
from campaigns.queries.people import acting
from core import audit, clock, notices
from core.errors import ServiceError, WrongState
from core.workflow import write_versioned
from units.enums import Role
from units.permissions import require
from units.queries import holders_of

ASSIGN = "awards.assign_reviewer"
APPRAISE = "awards.appraise_nomination"
OPEN_TO_REVIEW = (N.SENT, N.APPRAISING)
FOUND = {
    Opinion.ELIGIBLE.value: "appraisal.found_eligible",
    Opinion.MORE_ASKED.value: "appraisal.found_lacking",
    Opinion.NOT_ELIGIBLE.value: "appraisal.found_not_eligible",
}


def is_about(nomination: Nomination, user: User) -> bool:
    """Whether the line proposes the user themselves."""
    person = nomination.subject.person
    return person is not None and person.user_id == user.pk


def stepped_back(nomination: Nomination, user: User) -> bool:
    """Whether the user declared on this line to be of the recipient's family."""
    return Appraisal.objects.filter(nomination=nomination, reviewer=user, relative=True).exists()


def refuse_conflict(nomination: Nomination, user: User, *, field: str | None = None) -> None:
    """Nobody judges themselves or a relative. Raises ServiceError at `field`."""
    if is_about(nomination, user):
        raise ServiceError(_("Nobody appraises their own nomination."), field=field)
    if stepped_back(nomination, user):
        raise ServiceError(_("This person declared to be a relative of the recipient."), field=field)


@transaction.atomic
def assign_reviewer(
    *, nomination_id: int, reviewer: User, actor: User, due_at: datetime | None = None, version: int | None = None
) -> Appraisal:
    """Give the line to a reviewer of the committee; a line just sent comes under appraisal by it.

    Raises ServiceError for somebody who is no reviewer there, is proposed in the line or related to the
    recipient, or has the task already; WrongState for a line that is past its appraisal.
    """
    line = NOMINATION.lock(nomination_id, actor=actor, version=version)
    require(actor, ASSIGN, line)
    if line.state not in OPEN_TO_REVIEW:
        raise WrongState(_("This line is not waiting to be appraised."))
    if not reviewers_of(line.organiser_id).filter(pk=reviewer.pk).exists():
        raise ServiceError(_("This account is not a reviewer of the committee."), field="reviewer")
    refuse_conflict(line, reviewer, field="reviewer")
    if any(task.reviewer_id == reviewer.pk for task in waiting_tasks(line)):
        raise ServiceError(_("The reviewer already has this line."), field="reviewer")
    changes: dict[str, Any] = {"reviewer": [None, str(reviewer)]}
    if line.state == N.SENT:
        before = NOMINATION.advance(line, to=N.APPRAISING, actor=actor, state_at=clock.now())
        changes["state"] = [before, line.state]
    task = open_task(line, reviewer, due_at, actor)
    audit.record("appraisal.assigned", actor=actor, subject=line, changes=changes)
    notices.after_commit("appraisal_assigned", recipients=[reviewer], target=line, params={"name": str(line)})
    return task


@transaction.atomic
def assign_reviewers(
    *, nomination_ids: Iterable[int], reviewer: User, actor: User, due_at: datetime | None = None
) -> list[Appraisal]:
    """Give several lines to one reviewer, all or none. A refusal names the line."""
    made = []
    for pk in nomination_ids:
        try:
            made.append(assign_reviewer(nomination_id=pk, reviewer=reviewer, actor=actor, due_at=due_at))
        except ServiceError as error:
            name = Nomination.objects.visible_to(actor).get(pk=pk)
            raise ServiceError(f"{name}: {error}", field=error.field) from error
    if not made:
        raise ServiceError(_("Choose at least one line."), field="lines")
    return made


@transaction.atomic
def substitute_reviewer(
    *, appraisal_id: int, version: int, reviewer: User, reason: str, actor: User, relative: bool = False
) -> Appraisal:
    """Hand an unanswered task to somebody else, with the reason; what was written before stays readable."""
    task = locked_task(appraisal_id, actor)
    require(actor, ASSIGN, task)
    refuse_without(reason)
    end_task(task, version=version, reason=reason, relative=relative, actor=actor)
    return assign_reviewer(nomination_id=task.nomination_id, reviewer=reviewer, actor=actor, due_at=task.due_at)


@transaction.atomic
def step_back(*, appraisal_id: int, version: int, reason: str, actor: User) -> Appraisal:
    """The reviewer declares to be a relative of the recipient and gives the task up for good."""
    task = locked_task(appraisal_id, actor)
    require(actor, APPRAISE, task)
    if task.reviewer_id != actor.pk:
        raise ServiceError(_("Only the reviewer declares this."))
    refuse_without(reason)
    end_task(task, version=version, reason=reason, relative=True, actor=actor)
    tell_body(task.nomination, "appraisal_given_up", {"name": str(task.nomination), "reviewer": actor.full_name})
    return task


@transaction.atomic
def appraise(
    *, nomination_id: int, version: int, outcome: str, actor: User, reason: str = "",
    fields: Mapping[str, str] | None = None,
) -> Appraisal:  # fmt: skip
    """Give a finding: eligible, not eligible, or what is to be mended (`fields`: name to words).

    The standing body's finding concludes; a reviewer's does when all who were asked agree. Raises
    ServiceError without the reason or the fields, or of oneself or a relative; WrongState when the line
    is not under appraisal; NotAllowed for who was not asked.
    """
    line = NOMINATION.lock(nomination_id, actor=actor, version=version)
    require(actor, APPRAISE, line)
    if line.state != N.APPRAISING:
        raise WrongState(_("This line is not waiting to be appraised."))
    refuse_conflict(line, actor)
    fields = dict(fields or {})
    check_finding(outcome, reason, fields)
    concludes = actor.has_perm(ASSIGN, line)
    refuse_silent_overruling(line, outcome, reason, actor, concludes)
    task = own_task(line, actor)
    write_versioned(task, outcome=outcome, reason=reason.strip(), given_at=clock.now())
    audit.record(FOUND[outcome], actor=actor, subject=line, reason=reason.strip())
    if concludes or outcome == Opinion.MORE_ASKED or all_agree(line, outcome):
        conclude(line, task, fields, actor)
    elif not any(not row.outcome for row in live_tasks(line)):
        tell_body(line, "appraisals_differ", {"name": str(line)})
    return task


@transaction.atomic
def take_in_again(*, nomination_id: int, version: int, actor: User) -> Nomination:
    """Put a line the chair sent back under appraisal again; its reviewers are asked anew."""
    line = NOMINATION.lock(nomination_id, actor=actor, version=version)
    if line.state != N.SENT_BACK:
        raise WrongState(_("Only a line sent back by the chair is taken in again here."))
    before = NOMINATION.advance(line, to=N.APPRAISING, actor=actor, state_at=clock.now())
    audit.record("nomination.taken_in_again", actor=actor, subject=line, changes={"state": [before, line.state]})
    for reviewer_id in {task.reviewer_id: None for task in live_tasks(line)}:
        open_task(line, User.objects.get(pk=reviewer_id), None, actor)
    return line


# --- Tasks ---


def reviewers_of(organiser_id: int) -> Any:
    """Who may be asked by a committee today."""
    return holders_of(Role.REVIEWER, [organiser_id], clock.today())


def live_tasks(line: Nomination) -> list[Appraisal]:
    """The last task of each reviewer, those taken away left out."""
    rows = Appraisal.objects.filter(nomination=line).order_by("turn", "pk")
    last = {row.reviewer_id: row for row in rows}
    return [row for row in last.values() if row.ended_at is None]


def waiting_tasks(line: Nomination) -> list[Appraisal]:
    """Tasks still to be answered; who asked for more is asked again when it has come."""
    return [row for row in live_tasks(line) if row.outcome in {"", Opinion.MORE_ASKED}]


def open_task(line: Nomination, reviewer: User, due_at: datetime | None, actor: User) -> Appraisal:
    turns = Appraisal.objects.filter(nomination=line, reviewer=reviewer).order_by("-turn")
    last = turns.values_list("turn", flat=True).first()
    return Appraisal.objects.create(
        nomination=line, reviewer=reviewer, turn=(last or 0) + 1, due_at=due_at, created_by=actor
    )


def own_task(line: Nomination, actor: User) -> Appraisal:
    """The row to answer in: the open one, else the next turn."""
    rows = Appraisal.objects.filter(nomination=line, reviewer=actor, ended_at__isnull=True)
    task = rows.filter(outcome="").order_by("-turn").first()
    return task if task is not None else open_task(line, actor, None, actor)


def locked_task(appraisal_id: int, actor: User) -> Appraisal:
    rows = Appraisal.objects.visible_to(actor).filter(pk=appraisal_id)
    task: Appraisal = Appraisal.objects.select_for_update(of=("self",)).get(pk__in=rows.order_by().values("pk"))
    return task


def end_task(task: Appraisal, *, version: int, reason: str, relative: bool, actor: User) -> None:
    if task.ended_at is not None or task.outcome:
        raise WrongState(_("This task is answered or ended already."))
    task.version = version  # what the page showed; the versioned write refuses any other
    write_versioned(task, ended_at=clock.now(), ended_reason=reason.strip(), relative=relative)
    audit.record("appraisal.ended", actor=actor, subject=task.nomination, reason=reason.strip(),
                 changes={"reviewer": [str(task.reviewer), None]})  # fmt: skip


# --- Findings ---


def refuse_without(reason: str) -> None:
    if not reason.strip():
        raise ServiceError(_("Give the reason."), field="reason")


def check_finding(outcome: str, reason: str, fields: Mapping[str, str]) -> None:
    """Raises ServiceError at the field that lacks."""
    if outcome not in Opinion.values:
        raise ServiceError(_("Choose a finding."), field="outcome")
    if outcome != Opinion.ELIGIBLE and not reason.strip():
        raise ServiceError(_("Say why: the unit reads these words."), field="reason")
    if outcome == Opinion.MORE_ASKED and not fields:
        raise ServiceError(_("Tick what the unit is to mend."), field="fields")
    if unknown := set(fields) - set(MENDABLE):
        raise ServiceError(_("These cannot be given back: %(names)s.") % {"names": ", ".join(sorted(unknown))})


def refuse_silent_overruling(line: Nomination, outcome: str, reason: str, actor: User, concludes: bool) -> None:
    """Whoever concludes against a reviewer's finding says why."""
    others = [row for row in live_tasks(line) if row.reviewer_id != actor.pk and row.outcome]
    if concludes and not reason.strip() and any(row.outcome != outcome for row in others):
        raise ServiceError(_("A reviewer found otherwise: say why you conclude so."), field="reason")


def all_agree(line: Nomination, outcome: str) -> bool:
    return all(row.outcome == outcome for row in live_tasks(line))


def conclude(line: Nomination, task: Appraisal, fields: Mapping[str, str], actor: User) -> None:
    """The line takes the state of the finding; what is to be mended is opened to the unit."""
    outcome, reason = task.outcome, task.reason
    before = NOMINATION.advance(line, to=outcome, actor=actor, state_reason=reason, state_at=clock.now())
    for name, note in fields.items():
        OpenField.objects.update_or_create(
            nomination=line, name=name, mended_at=None, defaults={"note": note.strip(), "appraisal": task}
        )
    back = {f"{ASKED}{name}": [None, note.strip() or True] for name, note in fields.items()}
    audit.record(
        "nomination.appraised", actor=actor, subject=line, reason=reason,
        changes={"state": [before, line.state], **back},
    )  # fmt: skip
    if outcome == Opinion.ELIGIBLE:
        return
    people = people_of([line.unit_id])
    code = "nomination_more_asked" if outcome == Opinion.MORE_ASKED else "nomination_not_eligible"
    notices.after_commit(code, recipients=people, target=line, params={"name": str(line), "reason": reason})


def people_of(unit_ids: Iterable[int]) -> list[User]:
    """Who works for the units today: their officers and heads, each once."""
    found = [user for users in acting(list(unit_ids)).values() for user in users]
    return list({user.pk: user for user in found}.values())


def tell_body(line: Nomination, code: str, params: dict[str, Any]) -> None:
    people = holders_of(Role.STANDING_OFFICER, [line.organiser_id], clock.today())
    notices.after_commit(code, recipients=list(people), target=line, params=params)
