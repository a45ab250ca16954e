"""From a round to lines under appraisal: the unit writes, its head sends, the standing body takes in."""

from datetime import date

import pytest
from django.core.exceptions import ObjectDoesNotExist

from awards.enums import NominationState, SubmissionState
from awards.models import Nomination
from awards.services.nomination_steps import answer_more, withdraw_line
from awards.services.nominations import (
    LineValues,
    authority_warning,
    edit_line,
    remove_line,
    starting_words,
)
from awards.services.prefilling import prefill_lines
from awards.services.rounds import RoundValues, close_round, open_round
from awards.services.submission_steps import confirm_submission, reopen_submission, take_in_submission
from awards.services.submissions import Letter, add_file, create_submission, edit_letter, remove_file
from awards.services.title_registrations import register_title
from catalogue.enums import Nature, Route
from catalogue.queries import award_versions_on
from catalogue.services import load_catalogue
from core import audit, clock
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from tests.awards.factories import OpenFieldFactory
from tests.awards.nominating import DAY, award_of, begun, line, opened, sent, taken_in, values
from tests.campaigns.pledging import paper, scan
from tests.campaigns.world import build_committee
from tests.units.factories import HouseholdFactory, PersonFactory
from units.services.subjects import create_group, subject_for

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def in_november():
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


def test_a_round_is_opened_with_its_route_and_the_units_below_are_told(committee):
    row = opened(committee, due_on=date(2024, 11, 30))
    assert (row.organiser, row.year, row.state) == (committee.district, 2024, "open")
    assert row.due_at.astimezone(clock.ZONE).date() == date(2024, 11, 30)
    assert {n.code for n in committee.heads[0].notices.all()} == {"round_opened"}
    assert not committee.outsider.notices.exists()
    assert audit.entries_for(row)[0].action == "round.opened"


@pytest.mark.parametrize(("more", "field"), [
    ({"year": 1900}, "year"), ({"title": " "}, "title"), ({"route": Route.SIMPLIFIED}, "simplified_case"),
    ({"simplified_case": "sudden"}, "simplified_case"), ({"due_on": date(2023, 12, 31)}, "due_on"),
])  # fmt: skip
def test_a_round_that_cannot_be_is_refused_at_its_field(committee, more, field):
    with pytest.raises(ServiceError) as refused:
        opened(committee, **more)
    assert refused.value.field == field


@pytest.mark.parametrize("who", ["approver", "observer", "outsider"])
def test_only_the_standing_body_of_the_committee_opens(committee, who):
    values = RoundValues(year=2024, title="Đợt")
    with pytest.raises(NotAllowed):
        open_round(organiser=committee.district, values=values, actor=getattr(committee, who))


def test_a_closed_round_takes_nothing_more(committee, letter, person):
    row = close_round(round_id=letter.round_id, version=0, actor=committee.officer)
    assert row.state == "closed"
    with pytest.raises(WrongState):
        begun(committee, row)
    with pytest.raises(WrongState):
        line(letter, person, committee.unit_officers[0])


def test_a_letter_is_of_ones_own_unit_below_the_committee(committee):
    row = opened(committee)
    with pytest.raises(NotAllowed):
        create_submission(round_id=row.pk, unit=committee.communes[1], letter=Letter(),
                          actor=committee.unit_officers[0])  # fmt: skip
    with pytest.raises(ServiceError) as refused:
        create_submission(round_id=row.pk, unit=committee.province, letter=Letter(), actor=committee.officer,
                          paper=paper())  # fmt: skip
    assert refused.value.field == "unit"
    with pytest.raises(ObjectDoesNotExist):
        create_submission(round_id=row.pk, unit=committee.communes[0], letter=Letter(), actor=committee.outsider)


def test_number_and_date_may_follow_but_what_was_sent_stays(committee, person):
    letter = begun(committee, opened(committee), signer="KT. CHỦ TỊCH")
    line(letter, person, committee.unit_officers[0])
    row = sent(letter, committee.heads[0])
    head = committee.heads[0]
    row = edit_letter(submission_id=row.pk, version=row.version, actor=head,
                      letter=Letter("45/TTr-UBND", date(2024, 11, 9), "KT. CHỦ TỊCH"))  # fmt: skip
    assert (row.symbol, row.signed_on) == ("45/TTr-UBND", date(2024, 11, 9))
    with pytest.raises(WrongState):
        edit_letter(submission_id=row.pk, version=row.version, actor=head, letter=Letter("46/TTr-UBND"))
    with pytest.raises(ServiceError):
        edit_letter(submission_id=row.pk, version=row.version, actor=head, letter=Letter("", date(2024, 11, 11)))


def test_a_letter_is_not_older_than_what_the_round_is_for(committee):
    row = opened(committee)
    with pytest.raises(ServiceError) as refused:
        begun(committee, row, signed_on=date(2023, 12, 31))
    assert refused.value.field == "signed_on"
    letter = begun(committee, row, signed_on=date(2024, 1, 1))
    with pytest.raises(ServiceError):
        edit_letter(submission_id=letter.pk, version=letter.version, letter=Letter("", date(2023, 12, 31)),
                    actor=committee.unit_officers[0])  # fmt: skip
    with pytest.raises(ServiceError) as refused:
        create_submission(round_id=row.pk, unit=committee.communes[2], letter=Letter("1/TTr", date(2023, 12, 31)),
                          actor=committee.officer, paper=paper())  # fmt: skip
    assert refused.value.field == "paper_signed_on"


def test_files_come_to_the_letter_and_stay_once_it_is_sent(committee, letter, person):
    officer = committee.unit_officers[0]
    held = add_file(submission_id=letter.pk, upload=scan(), label="Biên bản họp", kind="minutes", actor=officer)
    other = add_file(submission_id=letter.pk, upload=scan(), label="", kind="letter", actor=officer)
    remove_file(attachment_id=other.pk, actor=officer)
    line(letter, person, officer)
    sent(letter, committee.heads[0])
    with pytest.raises(WrongState):
        remove_file(attachment_id=held.pk, actor=officer)
    assert [row.label for row in letter.attachments.filter(removed_at=None)] == ["Biên bản họp"]


def test_collectives_households_persons_and_groups_are_proposed(committee, letter, person):
    commune, officer = committee.communes[0], committee.unit_officers[0]
    household = subject_for(household=HouseholdFactory(unit=commune))
    group = create_group(organiser=commune, name="Nhân dân và cán bộ xã An Hiệp", group_kind="people", actor=officer)
    made = [line(letter, subject, officer) for subject in (subject_for(unit=commune), household, person)]
    assert [row.position for row in made] == [1, 2, 3]
    assert [row.printed_name for row in made][0::2] == ["Xã An Hiệp", "Thạch Thị Sóc Kha"]
    assert {row.route for row in made} == {Route.NO_MEETING}
    assert (made[2].achievement_year, made[2].kind, made[2].award_type) == (2024, "merit", award_of(person).type)
    if award_versions_on(DAY, subject_kind="group").exists():
        assert line(letter, group, officer).printed_name == "Nhân dân và cán bộ xã An Hiệp"


@pytest.mark.parametrize(("more", "field"), [
    ({"printed_name": " "}, "printed_name"), ({"subject_class": "household"}, "subject_class"),
])  # fmt: skip
def test_a_line_that_cannot_be_is_refused_at_its_field(committee, letter, person, more, field):
    with pytest.raises(ServiceError) as refused:
        line(letter, person, committee.unit_officers[0], **more)
    assert refused.value.field == field


def test_the_award_is_one_for_that_kind_of_recipient_on_that_day(committee, letter, person):
    of_person = {row.pk for row in award_versions_on(DAY, subject_kind="person")}
    other = next(row for row in award_versions_on(DAY, subject_kind="unit") if row.pk not in of_person)
    with pytest.raises(ServiceError) as refused:
        line(letter, person, committee.unit_officers[0], award_version=other)
    assert refused.value.field == "award_version"


def test_who_is_not_of_the_unit_is_refused(committee, letter):
    foreign = subject_for(unit=committee.communes[1])
    with pytest.raises(ObjectDoesNotExist):
        line(letter, foreign, committee.unit_officers[0])
    paper_letter = create_submission(round_id=letter.round_id, unit=committee.communes[2], letter=Letter(),
                                     actor=committee.officer, paper=paper())  # fmt: skip
    with pytest.raises(ServiceError) as refused:
        line(paper_letter, foreign, committee.officer)
    assert refused.value.field == "subject"


def test_the_same_recipient_stands_once_for_an_award_in_a_round(committee, letter, person):
    officer, head = committee.unit_officers[0], committee.heads[0]
    first = line(letter, person, officer)
    with pytest.raises(ServiceError) as refused:
        line(letter, person, officer)
    assert refused.value.field == "award_version"
    assert line(letter, person, officer, place=1).pk != first.pk
    sent(letter, head)
    first.refresh_from_db()
    withdraw_line(nomination_id=first.pk, version=first.version, reason="Xin rút", actor=head)
    again = begun(committee, letter.round)
    assert line(again, person, officer).state == NominationState.DRAFT


def test_a_line_is_changed_and_removed_only_as_a_draft(committee, letter, person):
    officer = committee.unit_officers[0]
    row = line(letter, person, officer)
    changed = edit_line(nomination_id=row.pk, version=row.version, actor=officer,
                        values=values(person, honorific="Bà", merit="Hai năm liền hoàn thành tốt"))  # fmt: skip
    assert (changed.honorific, changed.merit) == ("Bà", "Hai năm liền hoàn thành tốt")
    with pytest.raises(MovedOn):
        edit_line(nomination_id=row.pk, version=0, actor=officer, values=values(person, honorific="Cô"))
    second = line(letter, subject_for(unit=committee.communes[0]), officer)
    remove_line(nomination_id=second.pk, version=second.version, actor=officer)
    assert audit.entries_for(letter)[0].action == "nomination.removed"
    sent(letter, committee.heads[0])
    row.refresh_from_db()
    for step in (edit_line, remove_line):
        more = {"values": values(person)} if step is edit_line else {}
        with pytest.raises(WrongState):
            step(nomination_id=row.pk, version=row.version, actor=officer, **more)


def test_the_head_confirms_and_sends_and_every_line_goes_along(committee, letter, person):
    officer, head = committee.unit_officers[0], committee.heads[0]
    with pytest.raises(ServiceError):
        confirm_submission(submission_id=letter.pk, version=letter.version, actor=head)
    line(letter, person, officer)
    line(letter, subject_for(unit=committee.communes[0]), officer)
    with pytest.raises(NotAllowed):
        confirm_submission(submission_id=letter.pk, version=letter.version, actor=officer)
    row = confirm_submission(submission_id=letter.pk, version=letter.version, actor=head)
    with pytest.raises(WrongState):
        line(row, person, officer, place=1)
    row = reopen_submission(submission_id=row.pk, version=row.version, actor=officer)
    row = sent(row, head)
    assert (row.state, row.late, row.unit_name_then) == (SubmissionState.SENT, False, "Xã An Hiệp")
    assert set(row.nominations.values_list("state", flat=True)) == {NominationState.SENT}
    assert "submission_sent" in {n.code for n in committee.officer.notices.all()}
    with pytest.raises(NotAllowed):
        take_in_submission(submission_id=row.pk, version=row.version, actor=committee.approver)
    row = take_in_submission(submission_id=row.pk, version=row.version, actor=committee.officer)
    assert row.state == SubmissionState.TAKEN_IN
    assert set(row.nominations.values_list("state", flat=True)) == {NominationState.APPRAISING}
    assert "submission_taken_in" in {n.code for n in head.notices.all()}
    with pytest.raises(MovedOn):
        take_in_submission(submission_id=row.pk, version=0, actor=committee.officer)


def test_after_the_day_it_was_due_it_is_late_and_still_comes(committee, person):
    letter = begun(committee, opened(committee, due_on=date(2024, 11, 9)))
    line(letter, person, committee.unit_officers[0])
    assert sent(letter, committee.heads[0]).late


def test_a_draft_is_seen_inside_its_unit_only(committee, letter, person):
    row = line(letter, person, committee.unit_officers[0])
    for who in (committee.officer, committee.approver, committee.heads[1]):
        assert not Nomination.objects.visible_to(who).exists()
    sent(letter, committee.heads[0])
    assert list(Nomination.objects.visible_to(committee.approver)) == [row]
    assert not Nomination.objects.visible_to(committee.heads[1]).exists()


def test_the_standing_body_enters_from_paper_and_alone_writes_it(committee):
    row, commune = opened(committee), committee.communes[2]
    given = {"round_id": row.pk, "unit": commune, "letter": Letter(), "actor": committee.officer}
    with pytest.raises(ServiceError) as refused:
        create_submission(**given)
    assert refused.value.field == "paper_symbol"
    letter = create_submission(**given, paper=paper())
    assert (letter.on_behalf, letter.symbol, letter.attachments.get().kind) == (True, "12/BC-UBND", "paper")
    line(letter, subject_for(unit=commune), committee.officer)
    done = sent(letter, committee.officer)
    assert (done.state, done.nominations.get().state) == ("sent", "sent")


def test_what_was_entered_on_behalf_is_not_written_on_by_the_unit(committee):
    letter = create_submission(round_id=opened(committee).pk, unit=committee.communes[0], letter=Letter(),
                               actor=committee.officer, paper=paper())  # fmt: skip
    with pytest.raises(NotAllowed):
        line(letter, subject_for(unit=committee.communes[0]), committee.unit_officers[0])


def test_a_line_is_withdrawn_with_a_reason_by_the_head_or_the_standing_body(committee, letter, person):
    officer, head = committee.unit_officers[0], committee.heads[0]
    row = line(letter, person, officer)
    with pytest.raises(WrongState):
        withdraw_line(nomination_id=row.pk, version=row.version, reason="Thôi", actor=head)
    taken_in(letter, head, committee.officer)
    row.refresh_from_db()
    with pytest.raises(ServiceError):
        withdraw_line(nomination_id=row.pk, version=row.version, reason=" ", actor=head)
    with pytest.raises(NotAllowed):
        withdraw_line(nomination_id=row.pk, version=row.version, reason="Thôi", actor=officer)
    row = withdraw_line(nomination_id=row.pk, version=row.version, reason="Chuyển công tác", actor=committee.officer)
    assert (row.state, row.state_reason) == (NominationState.WITHDRAWN, "Chuyển công tác")
    assert "nomination_withdrawn" in {n.code for n in head.notices.all()}


@pytest.fixture
def asked(committee, letter, person):
    """A line given back for its merit and its papers."""
    row = line(letter, person, committee.unit_officers[0])
    taken_in(letter, committee.heads[0], committee.officer)
    Nomination.objects.filter(pk=row.pk).update(state=NominationState.MORE_ASKED)
    row.refresh_from_db()
    for name in ("merit", "files"):
        OpenFieldFactory(nomination=row, name=name)
    return row


def test_only_what_was_asked_for_is_mended_and_the_head_hands_it_back(committee, asked):
    officer, head = committee.unit_officers[0], committee.heads[0]
    given = {"nomination_id": asked.pk, "version": asked.version}
    with pytest.raises(ServiceError) as refused:
        answer_more(**given, values={"post_then": "Chủ tịch"}, actor=officer)
    assert refused.value.field == "post_then"
    row = answer_more(**given, values={"merit": "Nêu rõ số liệu"}, uploads=(scan(),), actor=officer)
    assert (row.state, row.merit, row.attachments.count()) == ("more_asked", "Nêu rõ số liệu", 1)
    with pytest.raises(NotAllowed):
        answer_more(nomination_id=row.pk, version=row.version, values={}, actor=officer, send=True)
    row = answer_more(nomination_id=row.pk, version=row.version, values={}, actor=head, send=True)
    assert row.state == NominationState.APPRAISING
    assert not row.open_fields.filter(mended_at=None).exists()
    with pytest.raises(WrongState):
        answer_more(nomination_id=row.pk, version=row.version, values={"merit": "x"}, actor=head)
    assert "nomination_answered" in {n.code for n in committee.officer.notices.all()}


def test_registered_titles_become_lines_once(committee, letter, person):
    award = next(row.type for row in award_versions_on(DAY, subject_kind="person", nature=Nature.TITLE))
    row = register_title(unit=committee.communes[0], year=2024, subject=person, award_type=award,
                         actor=committee.unit_officers[0], initiative="Số hóa sổ hộ tịch")  # fmt: skip
    other = register_title(unit=committee.communes[0], year=2023, subject=person, award_type=award,
                           actor=committee.unit_officers[0])  # fmt: skip
    given = {"submission_id": letter.pk, "actor": committee.unit_officers[0]}
    with pytest.raises(ServiceError):
        prefill_lines(**given, registration_ids=[other.pk])
    made = prefill_lines(**given, registration_ids=[row.pk])
    assert [(m.printed_name, m.initiative, m.registration, m.award_type) for m in made] == [
        ("Thạch Thị Sóc Kha", "Số hóa sổ hộ tịch", row, award)
    ]
    with pytest.raises(ServiceError):
        prefill_lines(**given, registration_ids=[row.pk])


def test_what_the_level_may_not_decide_is_a_warning_only(committee, letter, person):
    row = line(letter, person, committee.unit_officers[0])
    assert authority_warning(row) == ""
    row.submission.signed_on = date(2025, 7, 2)
    assert "129/2025/NĐ-CP" in authority_warning(row)


def test_names_posts_and_units_begin_as_they_stood(committee):
    words = starting_words(subject_for(unit=committee.communes[0]), DAY)
    assert words == {"printed_name": "Xã An Hiệp"}
    cleaned = LineValues(award_version=None, printed_name="  Lý  Thị  Na ").cleaned()  # type: ignore[arg-type]
    assert cleaned["printed_name"] == "Lý Thị Na"
