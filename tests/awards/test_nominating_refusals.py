"""What is refused while a unit nominates: by day, state, right and version."""

from datetime import date

import pytest

from awards.enums import NominationState as N
from awards.models import Nomination
from awards.queries.nominations import lines_of
from awards.services import nominations, title_registrations
from awards.services.nomination_steps import answer_more, withdraw_line
from awards.services.nominations import add_line, add_line_file
from awards.services.prefilling import prefill_lines
from awards.services.rounds import RoundValues, close_round, open_round
from awards.services.submission_steps import (
    confirm_submission,
    reopen_submission,
    send_submission,
    take_in_submission,
)
from awards.services.submissions import Letter, add_file, create_submission, edit_letter, remove_file
from awards.services.title_registrations import LineRefused, register_title, register_titles, withdraw_registration
from catalogue.enums import Nature, Vocabulary
from catalogue.models import Term
from catalogue.queries import award_versions_on
from catalogue.services import load_catalogue
from core import clock
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from tests.awards.deciding import DAY
from tests.awards.factories import OpenFieldFactory
from tests.awards.nominating import begun, line, opened, sent, taken_in, values
from tests.campaigns.factories import CampaignFactory
from tests.campaigns.pledging import paper, scan
from tests.campaigns.world import build_committee
from tests.units.factories import PersonFactory
from units.services.subjects import subject_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_december():
    with clock.on_day(DAY):
        yield


@pytest.fixture
def committee():
    load_catalogue()
    return build_committee()


@pytest.fixture
def person(committee):
    return subject_for(person=PersonFactory(name="Thạch Thị Sóc Kha", organiser=committee.communes[0]))


@pytest.fixture
def letter(committee):
    return begun(committee, opened(committee), symbol="45/TTr-UBND", signed_on=date(2024, 11, 8))


@pytest.fixture
def from_paper(committee):
    """A letter of the first commune, entered by the standing body."""
    return create_submission(round_id=opened(committee).pk, unit=committee.communes[0], letter=Letter(),
                             actor=committee.officer, paper=paper())  # fmt: skip


def titles(day=DAY):
    return [row.type for row in award_versions_on(day, subject_kind="person", nature=Nature.TITLE)]


# --- Rounds and letters ---


def test_a_round_is_not_of_another_committees_campaign(committee):
    given = RoundValues(year=2024, title="Đợt", campaign=CampaignFactory(organiser=committee.province))
    with pytest.raises(ServiceError) as refused:
        open_round(organiser=committee.district, values=given, actor=committee.officer)
    assert refused.value.field == "campaign"


def test_a_round_is_closed_by_the_standing_body_on_the_page_they_saw(committee):
    row = opened(committee)
    with pytest.raises(MovedOn):
        close_round(round_id=row.pk, version=row.version + 1, actor=committee.officer)
    for who in (committee.approver, committee.observer, committee.heads[0]):
        with pytest.raises(NotAllowed):
            close_round(round_id=row.pk, version=row.version, actor=who)


def test_letters_take_no_step_in_a_closed_round(committee, letter, person):
    line(letter, person, committee.unit_officers[0])
    other = begun(committee, letter.round, 1)
    line(other, subject_for(unit=committee.communes[1]), committee.unit_officers[1])
    other = confirm_submission(submission_id=other.pk, version=other.version, actor=committee.heads[1])
    close_round(round_id=letter.round_id, version=0, actor=committee.officer)
    steps = [(confirm_submission, letter, 0), (send_submission, other, 1), (reopen_submission, other, 1)]
    for step, row, number in steps:
        with pytest.raises(WrongState):
            step(submission_id=row.pk, version=row.version, actor=committee.heads[number])


def test_letters_take_no_step_on_a_page_that_is_out_of_date(committee, letter, person):
    line(letter, person, committee.unit_officers[0])
    given = {"submission_id": letter.pk, "version": letter.version + 1}
    for step in (confirm_submission, reopen_submission, send_submission, take_in_submission):
        with pytest.raises(MovedOn):
            step(actor=committee.heads[0], **given)
    with pytest.raises(MovedOn):
        edit_letter(letter=Letter("46/TTr-UBND"), actor=committee.heads[0], **given)


def test_a_letter_is_not_of_a_day_to_come(committee):
    with pytest.raises(ServiceError) as refused:
        begun(committee, opened(committee), signed_on=date(2024, 12, 21))
    assert refused.value.field == "signed_on"


def test_a_letter_from_paper_is_the_standing_bodys_alone(committee, from_paper):
    given = {"submission_id": from_paper.pk, "actor": committee.unit_officers[0]}
    with pytest.raises(NotAllowed):
        edit_letter(version=from_paper.version, letter=Letter("46/TTr-UBND"), **given)
    with pytest.raises(NotAllowed):
        add_file(upload=scan(), label="", kind="letter", **given)
    held = add_file(upload=scan(), label="", kind="letter", submission_id=from_paper.pk, actor=committee.officer)
    with pytest.raises(NotAllowed):
        remove_file(attachment_id=held.pk, actor=committee.unit_officers[0])


def test_the_paper_a_letter_rests_on_stays(committee, from_paper):
    with pytest.raises(WrongState):
        remove_file(attachment_id=from_paper.attachments.get(kind="paper").pk, actor=committee.officer)


# --- Lines ---


def test_a_field_of_activity_is_one_in_force(committee, letter, person):
    in_force = Term.objects.filter(vocabulary=Vocabulary.FIELD).first()
    other = Term.objects.exclude(vocabulary=Vocabulary.FIELD).first()
    assert line(letter, person, committee.unit_officers[0], field=in_force).field == in_force
    with pytest.raises(ServiceError) as refused:
        line(letter, subject_for(unit=committee.communes[0]), committee.unit_officers[0], field=other)
    assert refused.value.field == "field"


def test_a_letter_holds_so_many_lines_and_no_more(committee, letter, person, monkeypatch):
    monkeypatch.setattr(nominations, "MOST_LINES", 1)
    line(letter, person, committee.unit_officers[0])
    with pytest.raises(ServiceError):
        line(letter, subject_for(unit=committee.communes[0]), committee.unit_officers[0])
    assert letter.nominations.count() == 1


def test_recipients_out_of_sight_are_not_there(committee, letter, person):
    foreign = subject_for(unit=committee.communes[1])
    with pytest.raises(type(foreign).DoesNotExist):
        add_line(submission_id=letter.pk, subject=foreign, values=values(foreign), actor=committee.unit_officers[0])
    with pytest.raises(Nomination.DoesNotExist):
        add_line_file(nomination_id=line(letter, person, committee.unit_officers[0]).pk, upload=scan(), label="",
                      kind="", actor=committee.unit_officers[1])  # fmt: skip


def test_a_page_shows_the_lines_one_may_see(committee, letter, person):
    row = line(letter, person, committee.unit_officers[0])
    assert list(lines_of(letter, committee.unit_officers[0])) == [row]
    assert not lines_of(letter, committee.officer)


def test_lines_are_withdrawn_and_mended_on_the_page_that_was_seen(committee, letter, person):
    row = line(letter, person, committee.unit_officers[0])
    taken_in(letter, committee.heads[0], committee.officer)
    given = {"nomination_id": row.pk, "version": 99, "actor": committee.heads[0]}
    with pytest.raises(MovedOn):
        withdraw_line(reason="Xin rút", **given)
    Nomination.objects.filter(pk=row.pk).update(state=N.MORE_ASKED)
    with pytest.raises(MovedOn):
        answer_more(values={}, **given)


def test_what_was_given_back_is_mended_by_the_unit_alone_and_by_what_was_asked(committee, letter, person):
    row = line(letter, person, committee.unit_officers[0])
    taken_in(letter, committee.heads[0], committee.officer)
    Nomination.objects.filter(pk=row.pk).update(state=N.MORE_ASKED)
    OpenFieldFactory(nomination=row, name="merit")
    row.refresh_from_db()
    given = {"nomination_id": row.pk, "version": row.version}
    for who in (committee.officer, committee.approver):
        with pytest.raises(NotAllowed):
            answer_more(values={"merit": "x"}, actor=who, **given)
    with pytest.raises(ServiceError) as refused:
        answer_more(values={}, uploads=(scan(),), actor=committee.unit_officers[0], **given)
    assert refused.value.field == "files"


def test_titles_of_other_years_and_units_are_not_proposed(committee, letter, person):
    given = {"unit": committee.communes[0], "subject": person, "actor": committee.unit_officers[0]}
    other_year = register_title(year=2023, award_type=titles()[0], **given)
    second = committee.communes[1]
    of_unit = award_versions_on(DAY, subject_kind="unit", nature=Nature.TITLE)[0].type
    elsewhere = register_title(unit=second, year=2024, subject=subject_for(unit=second), award_type=of_unit,
                               actor=committee.heads[1])  # fmt: skip
    for row in (other_year, elsewhere):
        with pytest.raises(ServiceError):
            prefill_lines(submission_id=letter.pk, registration_ids=[row.pk], actor=committee.unit_officers[0])
    assert not letter.nominations.exists()


# --- Title registrations ---


def test_a_list_of_registrations_is_neither_empty_nor_endless(committee, person, monkeypatch):
    given = {"unit": committee.communes[0], "year": 2024, "actor": committee.unit_officers[0]}
    with pytest.raises(ServiceError) as refused:
        register_titles(lines=[], **given)
    assert refused.value.field == "subject_1"
    monkeypatch.setattr(title_registrations, "MOST_LINES", 0)
    with pytest.raises(ServiceError) as refused:
        register_title(subject=person, award_type=titles()[0], **given)
    assert not isinstance(refused.value, LineRefused)


def test_a_registration_is_withdrawn_with_a_reason_on_the_page_that_was_seen(committee, person):
    row = register_title(unit=committee.communes[0], year=2024, subject=person, award_type=titles()[0],
                         actor=committee.unit_officers[0])  # fmt: skip
    given = {"registration_id": row.pk, "actor": committee.unit_officers[0]}
    with pytest.raises(ServiceError) as refused:
        withdraw_registration(version=row.version, reason=" ", **given)
    assert refused.value.field == "reason"
    with pytest.raises(MovedOn):
        withdraw_registration(version=row.version + 1, reason="Thôi", **given)


def test_what_was_sent_takes_no_more_lines(committee, letter, person):
    line(letter, person, committee.unit_officers[0])
    sent(letter, committee.heads[0])
    with pytest.raises(WrongState):
        line(letter, subject_for(unit=committee.communes[0]), committee.unit_officers[0])
