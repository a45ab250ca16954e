"""What is refused on the way from a round to a decision: by day, state, right, version and conflict."""

from datetime import date

import pytest

from awards.enums import NominationState as N
from awards.enums import Opinion
from awards.models import Nomination
from awards.queries.appraisals import count_waiting
from awards.queries.decisions import count_to_sign
from awards.queries.nominations import lines_of
from awards.services import nominations, title_registrations
from awards.services.appraisals import appraise, assign_reviewer, step_back, substitute_reviewer, take_in_again
from awards.services.decisions import enter_decision
from awards.services.nomination_steps import answer_more, withdraw_line
from awards.services.nominations import add_line, add_line_file
from awards.services.prefilling import prefill_lines
from awards.services.rounds import RoundValues, close_round, open_round
from awards.services.signature import (
    create_decision,
    send_back_decision,
    strike_line,
    submit_decision,
)
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
from tests.awards import deciding
from tests.awards.deciding import DAY, asked, reviewer
from tests.awards.factories import OpenFieldFactory, ReviewRoundFactory, SubmissionFactory
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


# --- Appraisal ---


@pytest.fixture
def account(committee):
    return reviewer(committee)


def find(row, actor, outcome, **more):
    row.refresh_from_db()
    return appraise(nomination_id=row.pk, version=row.version, outcome=outcome, actor=actor, **more)


def test_no_finding_is_written_on_a_line_that_is_concluded(committee, account):
    row = asked(deciding.line(committee), account)
    find(row, committee.officer, Opinion.ELIGIBLE)
    with pytest.raises(WrongState):
        find(row, account, Opinion.NOT_ELIGIBLE, reason="Chưa đủ 1 năm công tác")
    assert not row.appraisals.get(reviewer=account).outcome


def test_an_answered_task_is_not_taken_away(committee, account):
    other = reviewer(committee, "tham.dinh.2")
    row = asked(asked(deciding.line(committee), account), reviewer(committee, "tham.dinh.3"))
    find(row, account, Opinion.ELIGIBLE)
    task = row.appraisals.get(reviewer=account)
    given = {"appraisal_id": task.pk, "version": task.version, "reviewer": other, "actor": committee.officer}
    with pytest.raises(WrongState):
        substitute_reviewer(reason="Nghỉ phép", **given)
    assert not row.appraisals.filter(reviewer=other).exists()


def test_a_finding_is_one_of_three(committee, account):
    row = asked(deciding.line(committee), account)
    with pytest.raises(ServiceError) as refused:
        find(row, account, "agreed", reason="Đồng ý")
    assert refused.value.field == "outcome"


def test_only_fields_of_the_line_are_given_back(committee, account):
    row = asked(deciding.line(committee), account)
    with pytest.raises(ServiceError):
        find(row, account, Opinion.MORE_ASKED, reason="Bổ sung", fields={"state": "decided"})
    assert not row.open_fields.exists()


def test_only_the_reviewer_steps_back_and_says_why(committee, account):
    row = deciding.line(committee)
    task = assign_reviewer(nomination_id=row.pk, reviewer=account, actor=committee.officer)
    given = {"appraisal_id": task.pk, "version": task.version}
    with pytest.raises(ServiceError):
        step_back(reason="Em ruột", actor=committee.officer, **given)
    with pytest.raises(ServiceError) as refused:
        step_back(reason=" ", actor=account, **given)
    assert refused.value.field == "reason"
    with pytest.raises(MovedOn):
        step_back(appraisal_id=task.pk, version=task.version + 1, reason="Em ruột", actor=account)
    with pytest.raises(NotAllowed):
        substitute_reviewer(reviewer=account, reason="x", actor=account, **given)
    task.refresh_from_db()
    assert task.ended_at is None


def test_lines_are_assigned_on_the_page_that_was_seen(committee, account):
    row = deciding.line(committee)
    with pytest.raises(MovedOn):
        assign_reviewer(nomination_id=row.pk, reviewer=account, actor=committee.officer, version=row.version + 1)


def test_only_what_the_chair_sent_back_is_taken_in_again(committee):
    row = deciding.line(committee, state=N.MORE_ASKED)
    with pytest.raises(WrongState):
        take_in_again(nomination_id=row.pk, version=row.version, actor=committee.officer)
    back = deciding.line(committee, "Tăng Mỹ Dung", state=N.SENT_BACK)
    with pytest.raises(MovedOn):
        take_in_again(nomination_id=back.pk, version=back.version + 1, actor=committee.officer)
    with pytest.raises(NotAllowed):
        take_in_again(nomination_id=back.pk, version=back.version, actor=committee.approver)


# --- Signature ---


def gathered(committee, rows, **more):
    given = {"title": "Về việc tặng Giấy khen", "kind": "merit", **more}
    return create_decision(
        organiser=committee.district, nomination_ids=[row.pk for row in rows], actor=committee.officer, **given
    )


@pytest.mark.parametrize(
    ("more", "field"), [({"title": " "}, "title"), ({"kind": "gift"}, "kind"), ({"kind": "sudden"}, "lines")]
)
def test_a_decision_that_cannot_be_is_refused_at_its_field(committee, more, field):
    row = deciding.line(committee, state=N.ELIGIBLE)
    with pytest.raises(ServiceError) as refused:
        gathered(committee, [row], **more)
    assert refused.value.field == field


@pytest.mark.parametrize("who", ["approver", "observer"])
def test_nobody_else_gathers_lines_that_are_already_at_signature(committee, who):
    row = deciding.line(committee, state=N.AT_SIGNATURE)
    with pytest.raises(NotAllowed):
        create_decision(organiser=committee.district, title="X", kind="merit", nomination_ids=[row.pk],
                        actor=getattr(committee, who))  # fmt: skip


def test_a_missing_number_is_not_called_a_double(committee):
    decision = gathered(committee, [deciding.line(committee, state=N.ELIGIBLE)], on_paper=True)
    decision = submit_decision(decision_id=decision.pk, version=decision.version, actor=committee.officer)
    with pytest.raises(ServiceError, match="nhập số"):
        enter_decision(decision_id=decision.pk, version=decision.version, signed=deciding.signed(" "),
                       actor=committee.officer)  # fmt: skip


def test_a_decision_gathers_lines_that_are_ready(committee):
    for rows in ([], [deciding.line(committee)]):
        with pytest.raises(ServiceError) as refused:
            gathered(committee, rows)
        assert refused.value.field == "lines"


def test_a_decision_gathers_lines_to_its_own_committee(committee):
    above = SubmissionFactory(round=ReviewRoundFactory(organiser=committee.province), unit=committee.communes[0])
    row = deciding.line(committee, state=N.AT_SIGNATURE, submission=above)
    assert row in Nomination.objects.visible_to(committee.officer)
    with pytest.raises(ServiceError) as refused:
        gathered(committee, [row])
    assert refused.value.field == "lines"


def test_a_decision_takes_its_steps_with_lines_and_on_the_page_that_was_seen(committee):
    row = deciding.line(committee, state=N.ELIGIBLE)
    decision = gathered(committee, [row])
    given = {"decision_id": decision.pk, "actor": committee.officer}
    with pytest.raises(MovedOn):
        submit_decision(version=decision.version + 1, **given)
    Nomination.objects.filter(pk=row.pk).update(state=N.WITHDRAWN)
    with pytest.raises(ServiceError):
        submit_decision(version=decision.version, **given)
    Nomination.objects.filter(pk=row.pk).update(state=N.AT_SIGNATURE)
    decision = submit_decision(version=decision.version, **given)
    with pytest.raises(MovedOn):
        send_back_decision(version=decision.version + 1, reason="Sửa trích yếu", **given)
    with pytest.raises(ServiceError) as refused:
        send_back_decision(version=decision.version, reason=" ", **given)
    assert refused.value.field == "reason"


def test_a_line_is_struck_before_the_chair_only(committee):
    row = deciding.line(committee, state=N.ELIGIBLE)
    gathered(committee, [row], on_paper=True)
    row.refresh_from_db()
    with pytest.raises(WrongState):
        strike_line(nomination_id=row.pk, version=row.version, reason="Trùng", actor=committee.officer)


def test_only_who_signs_is_told_that_something_waits_to_be_signed(committee):
    decision = gathered(committee, [deciding.line(committee, state=N.ELIGIBLE)])
    submit_decision(decision_id=decision.pk, version=decision.version, actor=committee.officer)
    assert [count_to_sign(who) for who in (committee.approver, committee.officer, committee.observer)] == [1, 0, 0]


def test_what_was_sent_takes_no_more_lines(committee, letter, person):
    line(letter, person, committee.unit_officers[0])
    sent(letter, committee.heads[0])
    with pytest.raises(WrongState):
        line(letter, subject_for(unit=committee.communes[0]), committee.unit_officers[0])


def test_a_task_handed_on_waits_no_more(committee, account):
    row = asked(deciding.line(committee), account)
    task = row.appraisals.get()
    assert count_waiting(account) == 1
    substitute_reviewer(appraisal_id=task.pk, version=task.version, reviewer=reviewer(committee, "tham.dinh.2"),
                        reason="Nghỉ phép", actor=committee.officer)  # fmt: skip
    assert count_waiting(account) == 0
