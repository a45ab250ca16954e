"""What is refused while lines are appraised and decided: by state, right, version and conflict of interest."""

import pytest

from awards.enums import NominationState as N
from awards.enums import Opinion
from awards.models import Nomination
from awards.queries.appraisals import count_waiting
from awards.queries.decisions import count_to_sign
from awards.services.appraisals import appraise, assign_reviewer, step_back, substitute_reviewer, take_in_again
from awards.services.decisions import enter_decision
from awards.services.signature import (
    create_decision,
    send_back_decision,
    strike_line,
    submit_decision,
)
from catalogue.services import load_catalogue
from core import clock
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from tests.awards import deciding
from tests.awards.deciding import DAY, asked, reviewer
from tests.awards.factories import ReviewRoundFactory, SubmissionFactory
from tests.campaigns.world import build_committee

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_december():
    with clock.on_day(DAY):
        yield


@pytest.fixture
def committee():
    load_catalogue()
    return build_committee()


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


def test_a_task_handed_on_waits_no_more(committee, account):
    row = asked(deciding.line(committee), account)
    task = row.appraisals.get()
    assert count_waiting(account) == 1
    substitute_reviewer(appraisal_id=task.pk, version=task.version, reviewer=reviewer(committee, "tham.dinh.2"),
                        reason="Nghỉ phép", actor=committee.officer)  # fmt: skip
    assert count_waiting(account) == 0
