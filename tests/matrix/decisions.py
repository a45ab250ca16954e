"""Lines and decisions of commune `a`, in the state in which an address asks for them."""

from typing import Any

from awards.enums import DecisionState as D
from awards.enums import NominationState as N
from awards.models import Appraisal, Decision, Nomination
from catalogue.queries import award_versions_on
from core import clock
from tests.awards.factories import (
    AppraisalFactory,
    DecisionFactory,
    NominationFactory,
    ReviewRoundFactory,
    SubmissionFactory,
)
from tests.matrix.objects import VALUES, makes
from tests.units.world import World
from units.enums import SubjectKind
from units.models import Subject
from units.services.subjects import subject_for


@makes("hamlet_subject")
def hamlet_subject(world: World) -> Subject:
    return subject_for(unit=world.unit("north.a.hamlet"))


def line(world: World, state: str, **more: Any) -> Nomination:
    """The hamlet, proposed for an award that its commune's chair may decide today."""
    letter = SubmissionFactory(
        round=ReviewRoundFactory(organiser=world.unit("north.a")), unit=world.unit("north.a.hamlet")
    )
    award = award_versions_on(clock.today(), subject_kind=SubjectKind.UNIT, organiser_level="commune").first()
    return NominationFactory(submission=letter, state=state, subject=hamlet_subject(world), award_version=award, **more)


def decision(world: World, state: str, line_state: str) -> Decision:
    row = DecisionFactory(organiser=world.unit("north.a"), state=state)
    line(world, line_state, decision=row)
    return row


@makes("appraised_line")
def appraised_line(world: World) -> Nomination:
    row = line(world, N.APPRAISING)
    AppraisalFactory(nomination=row, reviewer=world.user("north.reviewer"))
    return row


@makes("appraisal_task")
def appraisal_task(world: World) -> Appraisal:
    return appraised_line(world).appraisals.get()


@makes("line_sent_back")
def line_sent_back(world: World) -> Nomination:
    return line(world, N.SENT_BACK)


@makes("line_before_chair")
def line_before_chair(world: World) -> Nomination:
    return decision(world, D.AT_SIGNATURE, N.AT_SIGNATURE).nominations.get()


@makes("decision_drafted")
def decision_drafted(world: World) -> Decision:
    return decision(world, D.DRAFT, N.AT_SIGNATURE)


@makes("decision_before_chair")
def decision_before_chair(world: World) -> Decision:
    return decision(world, D.AT_SIGNATURE, N.AT_SIGNATURE)


@makes("decision_signed")
def decision_signed(world: World) -> Decision:
    # A signed decision may have its number later: the factory gives one only to those entered.
    row = decision_before_chair(world)
    Decision.objects.filter(pk=row.pk).update(state=D.SIGNED)
    Nomination.objects.filter(decision=row).update(state=N.DECIDED)
    return Decision.objects.get(pk=row.pk)


@makes("decision_entered")
def decision_entered(world: World) -> Decision:
    return decision(world, D.ENTERED, N.DECIDED)


VALUES |= {
    "reviewer": lambda world: world.user("north.reviewer").pk,
    "line_to_assign": lambda world: line(world, N.APPRAISING).pk,
    "line_to_decide": lambda world: line(world, N.ELIGIBLE).pk,
}
