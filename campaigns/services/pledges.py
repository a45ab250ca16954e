"""A unit's pledge: begun, and filled line by line as it is typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import PledgeState
from campaigns.judging import is_short, judge_promise, terms_of, value_of
from campaigns.models import Participation, Pledge, PledgeAttachment, PledgeLine
from campaigns.queries.people import people_of
from campaigns.queries.plan import PlanLine, plan_of
from campaigns.queries.pledges import stamp_of
from campaigns.services import lines
from campaigns.services.lines import LineMovedOn, write_each
from campaigns.services.papers import Paper, attach_scan, check_paper, named_on
from campaigns.services.participations import refuse_unless_running
from campaigns.typed import BLANK, FIELDS, is_blank, plain, settle
from campaigns.workflows import ON_PAPER, PARTICIPATION, PLEDGE
from core import audit, notices
from core.errors import NotAllowed, ServiceError, WrongState
from core.workflow import write_versioned
from units.permissions import require

EDIT, SEND = "campaigns.edit_pledge", "campaigns.send_pledge"
OPEN_STATES = (PledgeState.DRAFT.value, PledgeState.WITH_HEAD.value, PledgeState.RETURNED.value)
MOST_NOTE = 2000


@dataclass(frozen=True)
class Entry:
    """What is entered for one indicator. `stamp` is the print of what the page showed; None asks nothing."""

    values: Mapping[str, Any] = field(default_factory=lambda: dict(BLANK))
    note: str = ""
    stamp: str | None = None


@dataclass(kw_only=True)
class Outcome(lines.Outcome):
    """What became of the lines of a pledge that were saved together."""

    pledge: Pledge


def may_write(participation: Participation, pledge: Pledge | None, actor: User) -> bool:
    """Whether `actor` may enter lines now, by state and right.

    The unit writes its draft and what was returned; while it lies with the head, the head alone does.
    The standing body writes only what it enters on behalf of the unit.
    """
    state = pledge.state if pledge is not None else PledgeState.DRAFT
    if state not in OPEN_STATES:
        return False
    right = SEND if state == PledgeState.WITH_HEAD else EDIT
    on_behalf = pledge is not None and pledge.on_behalf and actor.has_perm(ON_PAPER, participation)
    return actor.has_perm(right, participation) or on_behalf


def lock_writable(participation_id: int, *, actor: User) -> Pledge:
    """The pledge locked for writing, begun where there is none yet.

    Raises Participation.DoesNotExist outside the actor's scope, NotAllowed, CampaignEnded, and
    WrongState once it is sent.
    """
    participation = PARTICIPATION.lock(participation_id, actor=actor)
    refuse_unless_running(participation.campaign)
    pledge = Pledge.objects.filter(participation=participation).first()
    if pledge is None:
        require(actor, EDIT, participation)
        return begin(participation, actor=actor)
    if not actor.has_perm(EDIT, participation) and not (pledge.on_behalf and actor.has_perm(ON_PAPER, participation)):
        raise NotAllowed(EDIT)
    pledge = PLEDGE.lock(pledge.pk, actor=actor)
    if not may_write(participation, pledge, actor):
        raise WrongState(_("The pledge is no longer open to be written. Open the page again to see where it stands."))
    return pledge


def begin(participation: Participation, *, actor: User, **values: Any) -> Pledge:
    """A new draft. The participation is locked by the caller, so that only one is begun."""
    pledge = Pledge.objects.create(participation=participation, created_by=actor, **values)
    audit.record("pledge.begun", actor=actor, subject=pledge)
    return pledge


@transaction.atomic
def begin_on_behalf(*, participation_id: int, paper: Paper, actor: User) -> Pledge:
    """Take over a unit's pledge that came on paper: named by number, date and scan, marked so for ever.

    What the unit itself has begun and not sent goes on from where it stands, and the unit is told.
    Raises WrongState once the pledge is sent.
    """
    participation = PARTICIPATION.lock(participation_id, actor=actor)
    require(actor, ON_PAPER, participation)
    refuse_unless_running(participation.campaign)
    pledge = Pledge.objects.select_for_update().filter(participation=participation).first()
    if pledge is not None and pledge.state not in OPEN_STATES:
        raise WrongState(_("The unit's pledge is already sent."))
    has_scan = pledge is not None and pledge.attachments.filter(removed_at=None).exists()
    check_paper(paper, has_scan=has_scan)
    if pledge is None:
        pledge = begin(participation, actor=actor)
    write_versioned(pledge, **named_on(pledge, paper))
    attach_scan(PledgeAttachment, paper=paper, actor=actor, pledge=pledge)
    audit.record("pledge.entered_on_behalf", actor=actor, subject=pledge,
                 changes={"paper_symbol": ["", pledge.paper_symbol]})  # fmt: skip
    notices.after_commit(
        "pledge_entered_on_behalf", recipients=people_of(participation.unit_id), target=participation,
        params={"title": participation.campaign.title, "paper": pledge.paper_symbol},
    )  # fmt: skip
    return pledge


@transaction.atomic
def save_lines(*, participation_id: int, entries: Mapping[int, Entry], actor: User) -> Outcome:
    """Write the lines of several indicators, by indicator id; a refused line does not stop the others."""
    pledge = lock_writable(participation_id, actor=actor)
    participation = pledge.participation
    planned = {row.indicator.pk: row for row in plan_of(participation.campaign, unit=participation.unit).lines()}
    there = {line.indicator_id: line for line in pledge.lines.filter(indicator__in=entries)}
    outcome = Outcome(pledge=pledge, version_before=pledge.version)
    changes = write_each(
        entries, outcome, lambda pk, entry: _write_line(pledge, planned.get(pk), there.get(pk), entry)
    )  # fmt: skip
    if changes:
        write_versioned(pledge)  # counts the version up: whoever is about to send sees that it moved
        audit.record("pledge.lines_saved", actor=actor, subject=pledge, changes=changes)
    return outcome


@transaction.atomic
def save_line(*, participation_id: int, indicator_id: int, values: Mapping[str, Any], actor: User, note: str = "",
              stamp: str | None = None) -> Pledge:  # fmt: skip
    """Write one line. Raises ServiceError for a value the indicator cannot hold, LineMovedOn."""
    entry = Entry(values=values, note=note, stamp=stamp)
    outcome = save_lines(participation_id=participation_id, entries={indicator_id: entry}, actor=actor)
    outcome.raise_refused()
    return outcome.pledge


@transaction.atomic
def save_note(*, participation_id: int, note: str, actor: User) -> Pledge:
    """Write the words the unit puts to its whole pledge."""
    pledge = lock_writable(participation_id, actor=actor)
    _check_note(note)
    if note.strip() != pledge.note:
        before = pledge.note
        write_versioned(pledge, note=note.strip())
        audit.record("pledge.note_saved", actor=actor, subject=pledge, changes={"note": [before, pledge.note]})
    return pledge


def _write_line(
    pledge: Pledge, planned: PlanLine | None, line: PledgeLine | None, entry: Entry
) -> dict[str, list[Any]]:
    """Put the entry in the line's place; returns what changed, under the indicator's number."""
    if planned is None or not planned.assigned:
        raise ServiceError(_("This indicator is not assigned to the unit."))
    indicator, campaign = planned.indicator, pledge.participation.campaign
    values, note = settle(indicator, dict(entry.values)), entry.note.strip()
    _check_note(note)
    before = {name: getattr(line, name) for name in (*FIELDS, "note")} if line else {**BLANK, "note": ""}
    after = {**values, "note": note}
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return {}
    if entry.stamp is not None and entry.stamp != stamp_of(line):
        raise LineMovedOn(line, stamp_of(line))
    line = line or PledgeLine(pledge=pledge, indicator=indicator)
    for name, value in after.items():
        setattr(line, name, value)
    line.target = planned.target
    line.is_below = is_short(judge_promise(terms_of(indicator, planned.target, campaign), value_of(line)))
    if is_blank(values) and not note:
        if line.pk:
            line.delete()
    else:
        line.save()
    return {f"{indicator.code} {name}": [plain(before[name]), plain(after[name])] for name in changed}


def _check_note(note: str) -> None:
    if len(note) > MOST_NOTE:
        raise ServiceError(_("At most %(most)s characters.") % {"most": MOST_NOTE}, field="note")
