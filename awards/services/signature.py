"""From the eligible lines to the signature: put forward, gathered into a decision, agreed, struck, sent back.

The approver takes these steps by their own account. Without one the standing body enters them from the
signed paper: the decision is then marked `on_paper`, for ever.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from awards.enums import DecisionState as D
from awards.enums import NominationState as N
from awards.models import Decision, Nomination, ReviewRound
from awards.services.appraisals import refuse_without
from awards.workflows import DECISION, NOMINATION
from catalogue.enums import CommendationKind
from core import audit, clock, notices
from core.errors import ServiceError, WrongState
from core.workflow import write_versioned
from units.enums import Role
from units.models import Unit
from units.permissions import At, require
from units.queries import holders_of

PREPARE = "awards.prepare_decision"
READY = (N.ELIGIBLE, N.COUNCIL_AGREES)
"""Lines that may be put to signature, as far as their route lets them."""


@transaction.atomic
def put_to_signature(*, nomination_id: int, actor: User, version: int | None = None) -> Nomination:
    """One line to the chair. A line of the full route goes to the council first (ServiceError)."""
    line = NOMINATION.lock(nomination_id, actor=actor, version=version)
    before = NOMINATION.advance(line, to=N.AT_SIGNATURE, actor=actor, state_at=clock.now())
    audit.record("nomination.put_to_signature", actor=actor, subject=line, changes={"state": [before, line.state]})
    return line


@transaction.atomic
def create_decision(
    *, organiser: Unit, title: str, kind: str, nomination_ids: Iterable[int], actor: User,
    on_paper: bool = False, of_round: ReviewRound | None = None,
) -> Decision:  # fmt: skip
    """A draft that gathers lines; those still to be put to signature are put there. One decision, many lines."""
    require(actor, PREPARE, At(organiser.pk))
    if not title.strip():
        raise ServiceError(gettext_lazy("Say what the decision is about."), field="title")
    if kind not in CommendationKind.values:
        raise ServiceError(gettext_lazy("Choose the type of commendation."), field="kind")
    decision = Decision.objects.create(
        organiser=organiser, title=title.strip(), kind=kind, on_paper=on_paper, round=of_round, created_by=actor
    )
    audit.record("decision.created", actor=actor, subject=decision, changes={"title": ["", decision.title]})
    lines = [gather(decision, pk, actor) for pk in dict.fromkeys(nomination_ids)]
    if not lines:
        raise ServiceError(gettext_lazy("Choose at least one line."), field="lines")
    return decision


def gather(decision: Decision, nomination_id: int, actor: User) -> Nomination:
    """Put one line into the draft. Raises ServiceError naming a line that cannot stand in it."""
    line = NOMINATION.lock(nomination_id, actor=actor)
    if line.organiser_id != decision.organiser_id:
        raise ServiceError(_("%(name)s: proposed to another committee.") % {"name": line}, field="lines")
    if line.decision_id is not None:
        raise ServiceError(_("%(name)s: stands in another decision already.") % {"name": line}, field="lines")
    if line.kind != decision.kind:
        raise ServiceError(_("%(name)s: proposed for another type of commendation.") % {"name": line}, field="lines")
    if line.state in READY:
        try:
            line = put_to_signature(nomination_id=line.pk, actor=actor)
        except ServiceError as error:
            raise ServiceError(f"{line}: {error}", field="lines") from error
    if line.state != N.AT_SIGNATURE:
        raise ServiceError(_("%(name)s: not ready for signature.") % {"name": line}, field="lines")
    write_versioned(line, decision=decision)
    return line


@transaction.atomic
def submit_decision(*, decision_id: int, version: int, actor: User) -> Decision:
    """Put the draft before the chair, lines and all."""
    decision = DECISION.lock(decision_id, actor=actor, version=version)
    if not lines_of(decision):
        raise ServiceError(gettext_lazy("No line stands in this decision any more."))
    before = DECISION.advance(decision, to=D.AT_SIGNATURE, actor=actor)
    audit.record("decision.submitted", actor=actor, subject=decision, changes={"state": [before, decision.state]})
    if not decision.on_paper:
        tell(decision, Role.APPROVER, "decision_at_signature")
    return decision


@transaction.atomic
def sign_decision(*, decision_id: int, version: int, actor: User) -> Decision:
    """The chair agrees with every line that still stands; from paper the standing body enters it."""
    decision = DECISION.lock(decision_id, actor=actor, version=version)
    lines = lines_of(decision)
    if not lines:
        raise ServiceError(gettext_lazy("No line stands in this decision any more."))
    before = DECISION.advance(decision, to=D.SIGNED, actor=actor, signed_at=clock.now())
    for line in lines:
        line.decision = decision
        state = NOMINATION.advance(line, to=N.DECIDED, actor=actor, state_at=clock.now())
        audit.record("nomination.decided", actor=actor, subject=line, changes={"state": [state, line.state]})
    audit.record("decision.signed", actor=actor, subject=decision, changes={"state": [before, decision.state]})
    if not decision.on_paper:
        tell(decision, Role.STANDING_OFFICER, "decision_signed")
    return decision


@transaction.atomic
def strike_line(*, nomination_id: int, version: int, reason: str, actor: User) -> Nomination:
    """The chair strikes a line, with the reason; it stays in the decision's page as struck."""
    return decline(nomination_id, version, N.STRUCK, reason, actor)


@transaction.atomic
def send_back_line(*, nomination_id: int, version: int, reason: str, actor: User) -> Nomination:
    """The chair sends a line back to the appraisal, with the reason; it leaves the decision."""
    return decline(nomination_id, version, N.SENT_BACK, reason, actor)


def decline(nomination_id: int, version: int, state: str, reason: str, actor: User) -> Nomination:
    line = NOMINATION.lock(nomination_id, actor=actor, version=version)
    decision = line.decision
    if decision is None or decision.state != D.AT_SIGNATURE:
        raise WrongState(gettext_lazy("This line is not before the chair."))
    refuse_without(reason)
    leaves: dict[str, Any] = {"decision": None} if state == N.SENT_BACK else {}
    before = NOMINATION.advance(
        line, to=state, actor=actor, state_reason=reason.strip(), state_at=clock.now(), **leaves
    )
    code = "nomination.struck" if state == N.STRUCK else "nomination.sent_back"
    audit.record(code, actor=actor, subject=line, reason=reason.strip(), changes={"state": [before, line.state]})
    write_versioned(decision)  # whoever has the old list before them is told
    people = holders_of(Role.STANDING_OFFICER, [decision.organiser_id], clock.today())
    notices.after_commit(
        "line_struck" if state == N.STRUCK else "line_sent_back", recipients=list(people), target=decision,
        params={"name": str(line), "reason": reason.strip()},
    )  # fmt: skip
    return line


@transaction.atomic
def send_back_decision(*, decision_id: int, version: int, reason: str, actor: User) -> Decision:
    """Back to a draft, with the reason: by the chair, or taken back by the standing body."""
    decision = DECISION.lock(decision_id, actor=actor, version=version)
    refuse_without(reason)
    before = DECISION.advance(decision, to=D.DRAFT, actor=actor, state_reason=reason.strip())
    audit.record("decision.sent_back", actor=actor, subject=decision, reason=reason.strip(),
                 changes={"state": [before, decision.state]})  # fmt: skip
    tell(decision, Role.STANDING_OFFICER, "decision_sent_back", reason=reason.strip())
    return decision


def lines_of(decision: Decision, states: Sequence[str] = (N.AT_SIGNATURE,)) -> list[Nomination]:
    """The lines of a decision in the given states, in the order of the list."""
    rows = Nomination.objects.filter(decision=decision, state__in=states).select_related(
        "round__campaign",
        "award_version__type",
        "lower_version__type",
        "nominating_unit",
        "subject",
        "submission",
        "field",
    )
    return list(rows.order_by("award_type__position", "position", "pk"))


def tell(decision: Decision, role: str, code: str, **params: Any) -> None:
    people = holders_of(role, [decision.organiser_id], clock.today())
    notices.after_commit(code, recipients=list(people), target=decision, params={"title": decision.title, **params})
