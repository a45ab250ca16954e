"""The way of a pledge: to the head, to the standing body, accepted or returned."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.enums import PledgeState
from campaigns.models import Participation, Pledge, PledgeLine
from campaigns.queries.people import heads_of, people_of, standing_officers
from campaigns.queries.pledges import sheet_of
from campaigns.services.papers import Paper
from campaigns.services.participations import join_by_sending, refuse_unless_running
from campaigns.services.pledges import SEND, begin
from campaigns.workflows import ON_PAPER, PARTICIPATION, PLEDGE
from core import audit, clock, notices
from core.errors import MovedOn, NotAllowed, ServiceError

MOST_NAMED = 8


def is_late(participation: Participation) -> bool:
    """Whether what is sent today comes after the day pledges are due. Late is a flag, never a wall."""
    due = participation.campaign.pledge_due_on
    return due is not None and clock.today() > due


@transaction.atomic
def submit_to_head(*, pledge_id: int, version: int, actor: User) -> Pledge:
    """The officer in charge hands the pledge to the head of the unit."""
    pledge = PLEDGE.lock(pledge_id, actor=actor, version=version)
    refuse_unless_running(pledge.participation.campaign)
    refuse_missing(pledge.participation, pledge)
    before = PLEDGE.advance(pledge, to=PledgeState.WITH_HEAD, actor=actor)
    audit.record("pledge.submitted_to_head", actor=actor, subject=pledge, changes={"state": [before, pledge.state]})
    _tell("pledge_with_head", pledge, heads_of(pledge.unit_id), but=actor)
    return pledge


@transaction.atomic
def take_back(*, pledge_id: int, version: int, actor: User, reason: str = "") -> Pledge:
    """Before it is sent: the officer takes the pledge back, or the head gives it back."""
    pledge = PLEDGE.lock(pledge_id, actor=actor, version=version)
    refuse_unless_running(pledge.participation.campaign)
    before = PLEDGE.advance(pledge, to=PledgeState.DRAFT, actor=actor)
    audit.record("pledge.taken_back", actor=actor, subject=pledge, changes={"state": [before, pledge.state]},
                 reason=reason.strip())  # fmt: skip
    _tell("pledge_taken_back", pledge, people_of(pledge.unit_id), but=actor)
    return pledge


@transaction.atomic
def send_pledge(*, participation_id: int, version: int, actor: User) -> Pledge:
    """Confirm and send: by the head, or by the standing body for what came on paper.

    An invited unit joins by it. `version` is the one of the pledge the sender read, 0 where there is
    none yet (a plan that assigns the unit nothing). Raises ServiceError naming what is missing.
    """
    participation = PARTICIPATION.lock(participation_id, actor=actor)
    refuse_unless_running(participation.campaign)
    pledge = _locked(participation, version=version, actor=actor)
    refuse_missing(participation, pledge)
    paper = None
    if not actor.has_perm(SEND, participation):
        paper = Paper(pledge.paper_symbol, pledge.paper_signed_on)
    late = pledge.late if pledge.sent_at else is_late(participation)
    before = PLEDGE.advance(pledge, to=PledgeState.SENT, actor=actor, sent_at=clock.now(), late=late)
    join_by_sending(participation, actor=actor, paper=paper)
    audit.record("pledge.sent", actor=actor, subject=pledge, changes={"state": [before, pledge.state]})
    _tell("pledge_sent", pledge, standing_officers(pledge.organiser_id), but=actor)
    return pledge


@transaction.atomic
def accept_pledge(*, pledge_id: int, version: int, actor: User, note: str = "") -> Pledge:
    """Take the pledge in. Where a line stays below its target the acceptance says why in a note."""
    pledge = PLEDGE.lock(pledge_id, actor=actor, version=version)
    refuse_unless_running(pledge.participation.campaign)
    if not note.strip() and PledgeLine.objects.filter(pledge=pledge, is_below=True).exists():
        raise ServiceError(
            gettext_lazy("Some lines stay below the target: say in the note why they are accepted."), field="note"
        )
    before = PLEDGE.advance(
        pledge, to=PledgeState.ACCEPTED, actor=actor, accepted_at=clock.now(), accept_note=note.strip()
    )
    audit.record("pledge.accepted", actor=actor, subject=pledge, changes={"state": [before, pledge.state]},
                 reason=note.strip())  # fmt: skip
    _tell("pledge_accepted", pledge, people_of(pledge.unit_id), but=actor)
    return pledge


@transaction.atomic
def return_pledge(*, pledge_id: int, version: int, actor: User, reason: str) -> Pledge:
    """Give the pledge back to the unit, with what is to be mended."""
    pledge = PLEDGE.lock(pledge_id, actor=actor, version=version)
    refuse_unless_running(pledge.participation.campaign)
    if not reason.strip():
        raise ServiceError(gettext_lazy("Say what is to be mended."), field="reason")
    before = PLEDGE.advance(
        pledge, to=PledgeState.RETURNED, actor=actor, returned_at=clock.now(), return_reason=reason.strip()
    )
    audit.record("pledge.returned", actor=actor, subject=pledge, changes={"state": [before, pledge.state]},
                 reason=reason.strip())  # fmt: skip
    _tell("pledge_returned", pledge, people_of(pledge.unit_id), but=actor, reason=reason.strip())
    return pledge


def refuse_missing(participation: Participation, pledge: Pledge | None) -> None:
    """Each assigned indicator has a value, or a note that says why not. Raises ServiceError naming the rest."""
    missing = sheet_of(participation, pledge).missing
    if not missing:
        return
    codes = ", ".join(row.planned.indicator.code for row in missing[:MOST_NAMED])
    more = " …" if len(missing) > MOST_NAMED else ""
    raise ServiceError(
        _("Not entered yet: %(codes)s. Enter a value, or say in the note why the unit does not pledge it.")
        % {"codes": codes + more}
    )


def _locked(participation: Participation, *, version: int, actor: User) -> Pledge:
    """The pledge to send, locked. A unit to which nothing is assigned sends one that was never begun."""
    there = Pledge.objects.filter(participation=participation).first()
    if there is not None:
        if not actor.has_perm(SEND, participation) and not (
            there.on_behalf and actor.has_perm(ON_PAPER, participation)
        ):
            raise NotAllowed(SEND)
        return PLEDGE.lock(there.pk, actor=actor, version=version)
    if version != 0:
        raise MovedOn(subject=participation)
    if not actor.has_perm(SEND, participation):
        raise NotAllowed(SEND)
    return begin(participation, actor=actor)


def _tell(code: str, pledge: Pledge, people: list[User], *, but: User, **params: Any) -> None:
    """Tell `people` except who did it. The text holds what the reader needs without opening the page."""
    participation = pledge.participation
    notices.after_commit(
        code, recipients=[person for person in people if person.pk != but.pk], target=participation,
        params={"title": participation.campaign.title, "unit": str(participation), **params},
    )  # fmt: skip
