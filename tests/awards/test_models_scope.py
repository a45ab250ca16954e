"""Exactly the rows each user may read: lines to a commune's round and to its province's."""

from typing import Any

import pytest

from awards.enums import DecisionState, NominationState, SubmissionState
from awards.models import (
    Appraisal,
    Commendation,
    Decision,
    Nomination,
    OpenField,
    ReviewRound,
    Submission,
    TitleRegistration,
)
from core.clock import real_now
from tests.awards.factories import (
    AppraisalFactory,
    CommendationFactory,
    DecisionFactory,
    NominationFactory,
    OpenFieldFactory,
    ReviewRoundFactory,
    SubmissionFactory,
    TitleRegistrationFactory,
)
from tests.units.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

Rows = dict[str, Any]


@pytest.fixture
def rows(world: World) -> Rows:
    """On each side a round of `a` (hamlet: draft, office: sent and under appraisal by the reviewer) and one of
    the province (a: draft, b: sent); a registration, a decision with its ledger row, and a draft decision.
    """
    made: Rows = {}
    for side in ("north", "south"):
        plans = {"commune": ("a", ("a.hamlet", "a.office")), "province": ("province", ("a", "b"))}
        for name, (organiser, units) in plans.items():
            committee = world.unit(f"{side}.{organiser}")
            round_ = ReviewRoundFactory(organiser=committee)
            made[f"{side}.{name}"] = round_
            for unit, state in zip(units, (SubmissionState.DRAFT, SubmissionState.SENT), strict=True):
                letter = SubmissionFactory(round=round_, unit=world.unit(f"{side}.{unit}"), state=state)
                line = NominationFactory(submission=letter, state=NominationState(state.value))
                OpenFieldFactory(nomination=line)
                TitleRegistrationFactory(organiser=committee, unit=letter.unit, subject=line.subject)
                made[f"{side}.{name}.{unit}"] = line
        line = made[f"{side}.commune.a.office"]
        AppraisalFactory(nomination=line, reviewer=world.users[f"{side}.reviewer"])
        commune = world.unit(f"{side}.a")
        decision = DecisionFactory(organiser=commune)
        CommendationFactory(decision=decision, unit=world.unit(f"{side}.a.office"))
        made[f"{side}.decision"] = decision
        made[f"{side}.draft_decision"] = DecisionFactory(organiser=commune, state=DecisionState.DRAFT)
    return made


NOBODY: set[str] = set()
A_HAMLET, A_OFFICE, A, B = {"a.hamlet"}, {"a.office"}, {"a"}, {"b"}

# user: units whose registrations are seen; whose letters, lines and open fields are seen
PAPERS = {
    "standing_officer": (A_HAMLET | A_OFFICE | A, A_OFFICE),
    "approver": (A_HAMLET | A_OFFICE | A, A_OFFICE),
    "observer": (A_HAMLET | A_OFFICE | A, A_OFFICE),
    "reviewer": (NOBODY, A_OFFICE),
    "indicator_office": (NOBODY, NOBODY),
    "council_member": (NOBODY, NOBODY),
    "council_secretary": (NOBODY, NOBODY),
    "block_lead": (NOBODY, NOBODY),
    "unit_officer": (A_HAMLET, A_HAMLET),
    "unit_head": (A_HAMLET, A_HAMLET),
    "office_officer": (A_OFFICE, A_OFFICE),
    "commune_head": (A_HAMLET | A_OFFICE | A, A_HAMLET | A_OFFICE | A),
    "b_standing_officer": (B, B),
    "b_head": (NOBODY, NOBODY),
    "province_standing_officer": (A_HAMLET | A_OFFICE | A | B, A_OFFICE | B),
    "province_observer": (A_HAMLET | A_OFFICE | A | B, A_OFFICE | B),
}


def units_of(world: World, side: str, units: Any) -> set[str]:
    keys = world.keys_of(units)
    assert all(key.startswith(f"{side}.") for key in keys), "a row of the other side"
    return {key.removeprefix(f"{side}.") for key in keys}


@pytest.mark.parametrize("name", PAPERS)
def test_registrations_letters_and_lines(world: World, rows: Rows, name: str) -> None:
    registered, papers = PAPERS[name]
    for side in ("north", "south"):
        user = world.user(f"{side}.{name}")
        titles = TitleRegistration.objects.visible_to(user)
        assert units_of(world, side, [row.unit for row in titles]) == registered
        assert units_of(world, side, [row.unit for row in Submission.objects.visible_to(user)]) == papers
        lines = Nomination.objects.visible_to(user)
        assert units_of(world, side, [row.nominating_unit for row in lines]) == papers
        fields = OpenField.objects.visible_to(user)
        assert units_of(world, side, [row.nomination.nominating_unit for row in fields]) == papers


BOTH = {"commune", "province"}
# user: rounds seen, decisions seen, whether the opinions on the office's line are seen
COMMITTEE = {
    "standing_officer": (BOTH, {"decision", "draft_decision"}, True),
    "approver": (BOTH, {"decision", "draft_decision"}, True),
    "observer": (BOTH, {"decision", "draft_decision"}, True),
    "reviewer": (BOTH, NOBODY, True),
    "unit_head": (BOTH, NOBODY, False),
    "office_head": (BOTH, {"decision"}, False),
    "commune_head": (BOTH, {"decision"}, False),
    "b_head": ({"province"}, NOBODY, False),
    "province_standing_officer": ({"province"}, {"decision"}, False),
}


@pytest.mark.parametrize("name", COMMITTEE)
def test_rounds_decisions_and_opinions(world: World, rows: Rows, name: str) -> None:
    rounds, decisions, opinions = COMMITTEE[name]
    for side in ("north", "south"):
        user = world.user(f"{side}.{name}")
        assert set(ReviewRound.objects.visible_to(user)) == {rows[f"{side}.{key}"] for key in rounds}
        assert set(Decision.objects.visible_to(user)) == {rows[f"{side}.{key}"] for key in decisions}
        ledger = Commendation.objects.visible_to(user)
        assert {row.decision for row in ledger} == {rows[f"{side}.{key}"] for key in decisions - {"draft_decision"}}
        seen = {row.nomination for row in Appraisal.objects.visible_to(user)}
        assert seen == ({rows[f"{side}.commune.a.office"]} if opinions else set())


@pytest.mark.parametrize("name", ["administrator", "nobody", "disabled", "former", "late_deputy"])
def test_who_holds_no_role_today_sees_nothing(world: World, rows: Rows, name: str) -> None:
    models = (
        TitleRegistration, ReviewRound, Submission, Nomination, OpenField, Appraisal, Decision, Commendation,
    )  # fmt: skip
    user = world.user(name)
    assert [m.__name__ for m in models if m.objects.visible_to(user).exists()] == []  # type: ignore[attr-defined]


def test_a_task_taken_away_takes_the_line_with_it(world: World, rows: Rows) -> None:
    line, reviewer = rows["north.commune.a.office"], world.user("north.reviewer")
    assert line.is_assigned_to(reviewer)
    assert not line.is_assigned_to(world.user("south.reviewer"))
    Appraisal.objects.filter(nomination=line).update(ended_at=real_now(), ended_reason="Nghỉ phép")
    line = Nomination.objects.get(pk=line.pk)
    assert not line.is_assigned_to(reviewer)
    assert line not in Nomination.objects.visible_to(reviewer)
    assert line.submission not in Submission.objects.visible_to(reviewer)


def test_a_reviewer_of_a_draft_line_does_not_see_it(world: World, rows: Rows) -> None:
    line = rows["north.commune.a.hamlet"]
    AppraisalFactory(nomination=line, reviewer=world.users["north.reviewer"])
    reviewer = world.user("north.reviewer")
    assert line not in Nomination.objects.visible_to(reviewer)
    assert line.submission not in Submission.objects.visible_to(reviewer)


def test_a_draft_entered_on_behalf_is_seen_by_the_committee(world: World, rows: Rows) -> None:
    line, officer = rows["north.commune.a.hamlet"], world.user("north.standing_officer")
    Submission.objects.filter(pk=line.submission_id).update(on_behalf=True)
    assert line in Nomination.objects.visible_to(officer)
    assert line.submission in Submission.objects.visible_to(officer)
    assert line not in Nomination.objects.visible_to(world.user("north.province_standing_officer"))


def test_whatever_is_visible_can_be_locked(world: World, rows: Rows) -> None:
    user = world.user("north.standing_officer")
    for model in (TitleRegistration, ReviewRound, Submission, Nomination, Appraisal, Decision, Commendation):
        visible = model.objects.visible_to(user)  # type: ignore[attr-defined]
        ids = list(visible.values_list("pk", flat=True))
        assert len(ids) == len(set(ids))
        assert list(model._default_manager.select_for_update(of=("self",)).filter(pk__in=visible.values("pk")))
