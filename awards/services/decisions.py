"""What is known once a decision is signed: number, date, signer and scan; then the ledger and the public board.

Authority is judged by the day on the decision, never by the machine's day: a district's decision of
30/06/2025 is entered in July 2025, one of 01/07/2025 is refused (NĐ 129/2025/NĐ-CP).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from awards.enums import DecisionState as D
from awards.enums import FileKind
from awards.enums import NominationState as N
from awards.models import Commendation, Decision, DecisionAttachment, Nomination
from awards.services.appraisals import people_of
from awards.services.rounds import first_day
from awards.services.signature import lines_of, sign_decision
from awards.workflows import DECISION
from catalogue.queries import authority_level_of
from catalogue.services import check_authority
from core import audit, clock, files, notices
from core.errors import ServiceError
from core.text import format_date
from core.workflow import write_versioned
from units.enums import AREA_KINDS
from units.models import Unit
from units.models.unit import inside
from units.permissions import require

ENTER = "awards.enter_decision"
TWIN = gettext_lazy("Another decision of that year bears this number.")


@dataclass(frozen=True)
class Signed:
    """What stands on the signed paper; `scan` is the paper itself."""

    number: str
    symbol: str
    signed_on: date
    signer: str
    post: str
    scan: Any


@transaction.atomic
def enter_decision(*, decision_id: int, version: int, signed: Signed, actor: User) -> Decision:
    """Enter number, date, signer and scan, and write the ledger.

    A decision that went on paper is signed by the same act. Raises ServiceError at the field at fault:
    a day to come or before what was proposed, a number used in that year, no scan; WithoutAuthority where
    the level may not decide an award of the list on that day.
    """
    decision = DECISION.lock(decision_id, actor=actor, version=version)
    require(actor, ENTER, decision)
    number, symbol = split_number(signed.number, signed.symbol)
    check_signed(signed, number, symbol)
    refuse_twin(decision, number, signed.signed_on)
    refuse_too_early(decision, signed.signed_on)
    refuse_without_authority(decision, signed.signed_on)
    if decision.on_paper and decision.state == D.AT_SIGNATURE:
        decision = sign_decision(decision_id=decision.pk, version=decision.version, actor=actor)
    values = {
        "number": number, "symbol": symbol, "signed_on": signed.signed_on, "year": signed.signed_on.year,
        "signer_then": signed.signer.strip(), "signer_post": signed.post.strip(),
    }  # fmt: skip
    try:
        with transaction.atomic():  # somebody else may enter the same number at this moment
            before = DECISION.advance(decision, to=D.ENTERED, actor=actor, **values)
    except IntegrityError as error:
        raise ServiceError(TWIN, field="number") from error
    attach(decision, signed.scan, actor)
    rows = write_ledger(decision, actor)
    changes = {"state": [before, decision.state], "number": ["", decision.full_symbol],
               "signed_on": [None, signed.signed_on.isoformat()], "commendations": [0, len(rows)]}  # fmt: skip
    audit.record("decision.entered", actor=actor, subject=decision, changes=changes)
    tell_units(decision, rows)
    return decision


@transaction.atomic
def publish_decision(*, decision_id: int, version: int, actor: User) -> Decision:
    """Make the decision and its rows public."""
    decision = DECISION.lock(decision_id, actor=actor, version=version)
    before = DECISION.advance(decision, to=D.PUBLISHED, actor=actor, published_at=clock.now())
    for row in decision.commendations.in_force():
        write_versioned(row, published=True)
    audit.record("decision.published", actor=actor, subject=decision, changes={"state": [before, decision.state]})
    return decision


# --- The paper ---


def split_number(number: str, symbol: str) -> tuple[str, str]:
    """Number and symbol apart, also where both were typed as one: 1632/QĐ-UBND."""
    head, stroke, tail = number.strip().partition("/")
    return head.strip(), (tail if stroke else symbol).strip().removeprefix("/").strip()


def check_signed(signed: Signed, number: str, symbol: str) -> None:
    if not number:
        raise ServiceError(gettext_lazy("Enter the number of the decision."), field="number")
    if not symbol:
        raise ServiceError(gettext_lazy("Enter the symbol after the number."), field="symbol")
    if signed.signed_on > clock.today():
        raise ServiceError(gettext_lazy("A decision cannot be of a day to come."), field="signed_on")
    if not signed.signer.strip():
        raise ServiceError(gettext_lazy("Enter who signed."), field="signer")
    if signed.scan is None:
        raise ServiceError(gettext_lazy("Attach the scan of the signed decision."), field="scan")


def refuse_twin(decision: Decision, number: str, signed_on: date) -> None:
    """Numbers begin anew each year, with each committee."""
    twins = Decision.objects.filter(organiser=decision.organiser_id, year=signed_on.year, number=number)
    if twins.exclude(pk=decision.pk).exists():
        raise ServiceError(TWIN, field="number")


def refuse_too_early(decision: Decision, signed_on: date) -> None:
    """Nothing is decided before it was proposed, nor before the year and the campaign it is for."""
    for line in lines_of(decision, (N.AT_SIGNATURE, N.DECIDED)):
        letter = line.submission
        first = first_day(line.round)
        if signed_on < first:
            words = _("The round “%(title)s” is for what was achieved from %(day)s on.")
            raise ServiceError(words % {"title": line.round, "day": format_date(first)}, field="signed_on")
        if letter.signed_on is not None and signed_on < letter.signed_on:
            words = _("The decision cannot be older than the letter %(letter)s of %(day)s that it rests on.")
            given = {"letter": letter, "day": format_date(letter.signed_on)}
            raise ServiceError(words % given, field="signed_on")


def refuse_without_authority(decision: Decision, signed_on: date) -> None:
    """Whether the committee's level may decide every award of the list on that day."""
    level = authority_level_of(decision.organiser)
    lines = lines_of(decision, (N.AT_SIGNATURE, N.DECIDED))
    awards = {line.given_version.pk: line.given_version for line in lines}
    for award in awards.values():
        check_authority(level, award, signed_on)


def attach(decision: Decision, scan: Any, actor: User) -> None:
    DecisionAttachment.objects.create(
        decision=decision, file=files.store(scan, owner=actor), label=decision.full_symbol, kind=FileKind.DECISION,
        position=1, added_by=actor,
    )  # fmt: skip


# --- The ledger ---


def write_ledger(decision: Decision, actor: User) -> list[Commendation]:
    """A row a line, with names, posts and units as they are printed on this decision."""
    lines = lines_of(decision, (N.DECIDED,))
    issuer = issuer_name(decision.organiser, decision.signed_on) if decision.signed_on else ""
    return [write_row(decision, line, number, issuer, actor) for number, line in enumerate(lines, 1)]


def write_row(decision: Decision, line: Nomination, number: int, issuer: str, actor: User) -> Commendation:
    assert decision.signed_on is not None  # noqa: S101 -- for the type checker; just entered
    award = line.given_version
    return Commendation.objects.create(
        organiser=decision.organiser, decision=decision, nomination=line, subject=line.subject,
        unit=line.nominating_unit, award_version=award, position=number, honorific=line.honorific,
        printed_name=line.printed_name, printed_post=line.post_then,
        printed_unit=line.unit_then or line.nominating_unit.name_on(decision.signed_on), printed_award=award.name,
        printed_merit=line.merit, printed_decision=decision.full_symbol, printed_issuer=issuer,
        awarded_on=decision.signed_on, achievement_year=line.achievement_year, kind=line.kind,
        subject_class=line.subject_class, field=line.field, campaign=line.round.campaign, created_by=actor,
    )  # fmt: skip


def issuer_name(organiser: Unit, day: date) -> str:
    """Who issues, as decisions name it, in the language of the decision."""
    with translation.override("vi"):
        name = organiser.name_on(day)
        if organiser.kind in AREA_KINDS:
            return _("Chair of the People's Committee of %(area)s") % {"area": inside(name, organiser.kind)}
        return _("Head of %(unit)s") % {"unit": name}


def tell_units(decision: Decision, rows: list[Commendation]) -> None:
    units = {row.unit_id for row in rows if row.unit_id is not None}
    notices.after_commit(
        "decision_entered", recipients=people_of(units), target=decision,
        params={"symbol": decision.full_symbol, "title": decision.title},
    )  # fmt: skip
