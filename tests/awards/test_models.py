"""What the tables themselves refuse."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from awards.enums import DEAD_STATES, DecisionState, NominationState, RegistrationState, SubmissionState
from awards.models import ATTACHMENT_MODELS, Commendation
from awards.models.decision import NUMBERED, UNNUMBERED
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
from catalogue.enums import Route, SimplifiedCase
from core.clock import real_now
from core.errors import ServiceError
from core.files.attachments import ATTACHMENTS
from core.workflow import Workflow, write_versioned
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
from tests.catalogue.factories import AwardVersionFactory
from units.grants import permissions

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def refused(constraint: str, factory: type, **values: Any) -> None:
    """The database refuses the row, and by this constraint: SQLite names checks, PostgreSQL names all."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        factory(**values)
    message = str(caught.value)
    assert constraint in message or message.startswith("UNIQUE constraint failed"), message
    model: type[models.Model] = factory._meta.model  # type: ignore[attr-defined]
    assert constraint in {c.name for c in model._meta.constraints}


def test_a_title_is_registered_once_a_year_while_it_stands() -> None:
    first = TitleRegistrationFactory()
    again = {"subject": first.subject, "award_version": first.award_version}
    refused("title_registration_once", TitleRegistrationFactory, **again)
    refused("title_registration_once", TitleRegistrationFactory, **again, state=RegistrationState.CHANGED)
    TitleRegistrationFactory(**again, year=2025)
    TitleRegistrationFactory(**again, school_year=True)
    type(first).objects.filter(pk=first.pk).update(state=RegistrationState.WITHDRAWN)
    TitleRegistrationFactory(**again)


@pytest.mark.parametrize("factory", [ReviewRoundFactory, NominationFactory])
def test_the_simplified_route_names_its_case(factory: Any) -> None:
    name = {ReviewRoundFactory: "review_round", NominationFactory: "nomination"}[factory]
    refused(f"{name}_simplified_case", factory, route=Route.SIMPLIFIED)
    refused(f"{name}_simplified_case", factory, route=Route.FULL, simplified_case=SimplifiedCase.SUDDEN)
    factory(route=Route.SIMPLIFIED, simplified_case=SimplifiedCase.SUDDEN)


def test_a_submission_that_was_sent_has_its_time() -> None:
    for state in (SubmissionState.SENT, SubmissionState.TAKEN_IN):
        refused("submission_sent_has_time", SubmissionFactory, state=state, sent_at=None)


def test_a_recipient_stands_once_in_a_round_for_an_award() -> None:
    first = NominationFactory()
    again = {"submission": first.submission, "subject": first.subject, "award_version": first.award_version}
    refused("nomination_live_once", NominationFactory, **again)
    # another wording of the same award is the same award
    other = AwardVersionFactory(type=first.award_type, valid_from=date(2025, 7, 1))
    refused("nomination_live_once", NominationFactory, **{**again, "award_version": other})
    NominationFactory(subject=first.subject, award_version=first.award_version)  # another round
    for state in DEAD_STATES:
        type(first).objects.filter(pk=first.pk).update(state=state)
        NominationFactory(**again).delete()


def test_a_decided_nomination_stands_in_a_decision() -> None:
    refused("nomination_decided_has_decision", NominationFactory, state=NominationState.DECIDED, decision=None)
    NominationFactory(state=NominationState.DECIDED)


def test_a_reviewer_is_asked_once_a_turn_and_answers_with_time() -> None:
    first = AppraisalFactory()
    refused("appraisal_once", AppraisalFactory, nomination=first.nomination, reviewer=first.reviewer)
    AppraisalFactory(nomination=first.nomination, reviewer=first.reviewer, turn=2)
    refused("appraisal_given_has_time", AppraisalFactory, outcome="eligible", given_at=None)
    refused("appraisal_given_has_time", AppraisalFactory, outcome="", given_at=real_now())
    refused("appraisal_ended_has_reason", AppraisalFactory, ended_at=real_now())


def test_a_field_is_open_once() -> None:
    first = OpenFieldFactory()
    refused("open_field_once", OpenFieldFactory, nomination=first.nomination)
    type(first).objects.filter(pk=first.pk).update(mended_at=real_now())
    OpenFieldFactory(nomination=first.nomination)


def test_a_decision_number_is_given_once_a_year() -> None:
    first = DecisionFactory(number="1632")
    refused("decision_number_once", DecisionFactory, organiser=first.organiser, number="1632")
    DecisionFactory(number="1632")
    DecisionFactory(organiser=first.organiser, number="1632", year=2025, signed_on=date(2025, 1, 2))
    DecisionFactory(organiser=first.organiser, state=DecisionState.DRAFT)
    DecisionFactory(organiser=first.organiser, state=DecisionState.DRAFT)
    assert str(first) == "1632/QĐ-UBND"


def test_number_and_date_come_together_and_after_the_signature() -> None:
    refused("decision_number_with_date", DecisionFactory, signed_on=None)
    refused("decision_number_with_date", DecisionFactory, year=None)
    refused("decision_number_with_date", DecisionFactory, state=DecisionState.SIGNED, number="")
    for state in UNNUMBERED:
        numbered = {"number": "7", "signed_on": date(2024, 12, 20), "year": 2024}
        refused("decision_number_after_signature", DecisionFactory, state=state, **numbered)
    for state in NUMBERED:
        refused("decision_entered_has_number", DecisionFactory, state=state, number="", signed_on=None, year=None)
    DecisionFactory(state=DecisionState.SIGNED, number="", signed_on=None, year=None)


def test_ledger_rows() -> None:
    nomination = NominationFactory(state=NominationState.DECIDED)
    CommendationFactory(nomination=nomination)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommendationFactory(nomination=nomination)
    organiser = nomination.round.organiser
    refused("commendation_here_has_decision", CommendationFactory, decision=None, organiser=organiser)
    CommendationFactory(decision=None, organiser=organiser, source="imported")
    refused("commendation_bonus", CommendationFactory, bonus=-1)
    refused("commendation_revoked_has_day", CommendationFactory, state="revoked")
    refused("commendation_revoked_has_day", CommendationFactory, revoked_on=date(2025, 1, 1))


def test_what_is_printed_is_never_changed() -> None:
    row = CommendationFactory(printed_name="Trần Thị Ưng")
    row.printed_name = "Trần Thị Ứng"
    for act in (
        row.save,
        lambda: row.save(update_fields=["printed_name"]),
        lambda: Commendation.objects.update(printed_unit="khác"),
        lambda: Commendation.objects.bulk_update([row], ["awarded_on"]),
        lambda: Commendation.objects.update(award_version_id=row.award_version_id),
    ):
        with pytest.raises(TypeError):
            act()
    row.refresh_from_db()
    assert row.printed_name == "Trần Thị Ưng"
    row.published = True
    row.save(update_fields=["published"])
    write_versioned(row, state="revoked", revoked_on=date(2025, 1, 1))
    with pytest.raises(TypeError):
        write_versioned(row, printed_name="Trần Thị Ứng")


def test_people_are_sorted_by_given_name_and_found_without_marks() -> None:
    NominationFactory(printed_name="Nguyễn Thị Bình")
    NominationFactory(printed_name="Trần Văn An")
    rows = NominationFactory._meta.model.objects.order_by("sort_key")
    assert [row.printed_name for row in rows] == ["Trần Văn An", "Nguyễn Thị Bình"]
    assert rows.filter(search__contains="thi binh").count() == 1


# --- Workflows as data ---

TABLES = [REGISTRATION, ROUND, SUBMISSION, NOMINATION, DECISION, COMMENDATION]
# The council's steps come with the council's own tables.
LATER = {NominationState.ON_AGENDA, NominationState.COUNCIL_AGREES, NominationState.COUNCIL_DISAGREES}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model.__name__)
def test_every_state_is_reached_and_every_right_is_granted(table: Workflow[Any]) -> None:
    field = table.model._meta.get_field(table.field)
    states = {value for value, _label in field.choices}
    assert {step.source for step in table.steps} | {step.target for step in table.steps} == states
    assert {step.target for step in table.steps} >= states - {field.default} - LATER
    assert {step.permission for step in table.steps} <= permissions()


def test_a_nomination_may_be_withdrawn_until_it_is_decided() -> None:
    ended = {NominationState.DECIDED, NominationState.RESULT_FROM_ABOVE, NominationState.WITHDRAWN}
    assert set(BEFORE_DECIDED) == set(NominationState) - ended


def test_guards() -> None:
    route_needs_no_meeting(NominationFactory(route=Route.NO_MEETING), None)
    with pytest.raises(ServiceError):
        route_needs_no_meeting(NominationFactory(route=Route.FULL), None)
    paper = SubmissionFactory(on_behalf=True, paper_symbol="5/TTr-UBND", paper_signed_on=date(2024, 11, 1))
    letter_came_on_paper(NominationFactory(submission=paper), None)
    with pytest.raises(ServiceError):
        letter_came_on_paper(NominationFactory(), None)
    signed_on_paper(DecisionFactory(on_paper=True), None)
    signed_on_paper(NominationFactory(decision=DecisionFactory(on_paper=True)), None)
    for record in (DecisionFactory(), NominationFactory()):
        with pytest.raises(ServiceError):
            signed_on_paper(record, None)


def test_every_attachment_opens_its_file() -> None:
    for model in ATTACHMENT_MODELS:
        assert model._meta.label in ATTACHMENTS
