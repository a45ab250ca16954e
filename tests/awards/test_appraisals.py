"""Who is asked, what is found, what becomes of the line."""

from datetime import date

import pytest
from django.utils import translation

from awards.enums import NominationState as N
from awards.enums import Opinion
from awards.models import Appraisal, Nomination, OpenField
from awards.queries.appraisals import count_waiting, opinions_on, queue_of, to_assign
from awards.services.appraisals import (
    appraise,
    assign_reviewer,
    assign_reviewers,
    step_back,
    substitute_reviewer,
    take_in_again,
)
from catalogue.services import load_catalogue
from core import audit, clock
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from tests.awards.deciding import DAY, asked, line, person, reviewer
from tests.campaigns.world import build_committee

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def in_december():
    with clock.on_day(DAY):
        yield


@pytest.fixture
def committee():
    load_catalogue()
    return build_committee()


@pytest.fixture
def account(committee):
    return reviewer(committee)


def find(row, actor, outcome=Opinion.ELIGIBLE, **more):
    row.refresh_from_db()
    return appraise(nomination_id=row.pk, version=row.version, outcome=outcome, actor=actor, **more)


def state(row):
    return Nomination.objects.get(pk=row.pk).state


def test_a_line_just_sent_comes_under_appraisal_when_a_reviewer_is_asked(committee, account):
    row = line(committee, state=N.SENT)
    task = assign_reviewer(nomination_id=row.pk, reviewer=account, actor=committee.officer)
    assert (state(row), task.turn) == (N.APPRAISING, 1)
    assert [notice.code for notice in account.notices.all()] == ["appraisal_assigned"]
    with pytest.raises(ServiceError):
        assign_reviewer(nomination_id=row.pk, reviewer=account, actor=committee.officer)


def test_only_the_standing_body_asks_and_only_reviewers_are_asked(committee, account):
    row = line(committee)
    for who in (committee.approver, committee.observer):
        with pytest.raises(NotAllowed):
            assign_reviewer(nomination_id=row.pk, reviewer=account, actor=who)
    with pytest.raises(Nomination.DoesNotExist):
        assign_reviewer(nomination_id=row.pk, reviewer=account, actor=committee.outsider)
    with pytest.raises(ServiceError) as refused:
        assign_reviewer(nomination_id=row.pk, reviewer=committee.observer, actor=committee.officer)
    assert refused.value.field == "reviewer"


def test_nobody_is_asked_about_themselves_or_a_relative(committee, account):
    own = line(committee, subject=person(committee, "Ngô Thanh Nhã", user=account))
    with pytest.raises(ServiceError) as refused:
        assign_reviewer(nomination_id=own.pk, reviewer=account, actor=committee.officer)
    assert refused.value.field == "reviewer"
    asked(own, account)
    with pytest.raises(ServiceError):
        find(own, account)
    row = line(committee, "Lâm Ngọc Bảo Trân")
    task = assign_reviewer(nomination_id=row.pk, reviewer=account, actor=committee.officer)
    step_back(appraisal_id=task.pk, version=task.version, reason="Em ruột", actor=account)
    with pytest.raises(ServiceError) as refused:
        assign_reviewer(nomination_id=row.pk, reviewer=account, actor=committee.officer)
    assert refused.value.field == "reviewer"
    assert row not in Nomination.objects.visible_to(account)


def test_several_lines_are_given_at_once_all_or_none(committee, account):
    first, second = line(committee), line(committee, "Tăng Mỹ Dung", state=N.DECIDED)
    with pytest.raises(ServiceError, match="Tăng Mỹ Dung"):
        assign_reviewers(nomination_ids=[first.pk, second.pk], reviewer=account, actor=committee.officer)
    assert not Appraisal.objects.exists()
    assert {row.pk for row in to_assign(committee.officer)} == {first.pk}
    assert not to_assign(committee.outsider)


def test_an_eligible_finding_needs_no_words_the_others_do(committee, account):
    row = asked(line(committee), account)
    with pytest.raises(ServiceError) as refused:
        find(row, account, Opinion.NOT_ELIGIBLE, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(ServiceError) as refused:
        find(row, account, Opinion.MORE_ASKED, reason="Bổ sung")
    assert refused.value.field == "fields"
    with pytest.raises(ServiceError):
        find(row, account, "agreed")
    assert state(row) == N.APPRAISING
    find(row, account)
    assert state(row) == N.ELIGIBLE
    assert audit.entries_for(row)[0].action == "nomination.appraised"
    with pytest.raises(WrongState):
        find(row, account, Opinion.NOT_ELIGIBLE, reason="Đổi ý")


def test_more_asked_opens_only_the_ticked_fields_and_asks_again_when_mended(committee, account):
    row = asked(line(committee), account)
    find(row, account, Opinion.MORE_ASKED, reason="Thiếu quyết định công nhận", fields={"ground": "", "merit": ""})
    assert state(row) == N.MORE_ASKED
    assert set(OpenField.objects.values_list("name", flat=True)) == {"ground", "merit"}
    assert [n.code for n in committee.heads[0].notices.all()] == ["nomination_more_asked"]
    assert count_waiting(account) == 0
    Nomination.objects.filter(pk=row.pk).update(state=N.APPRAISING)
    assert count_waiting(account) == 1
    find(row, account)
    assert (state(row), Appraisal.objects.get(turn=2).outcome) == (N.ELIGIBLE, Opinion.ELIGIBLE)


def test_the_trail_says_in_words_who_was_asked_and_what_was_found(committee, account):
    row = line(committee, state=N.SENT)
    assign_reviewer(nomination_id=row.pk, reviewer=account, actor=committee.officer)
    find(row, account, Opinion.MORE_ASKED, reason="Thiếu", fields={"merit": "Nêu số liệu", "files": ""})
    entries = audit.entries_for(row)
    with translation.override("vi"):
        told = [(entry.action_text, [(c.label, c.after) for c in entry.change_rows]) for entry in entries]
    asked_for = {("Nội dung cần bổ sung: Tóm tắt thành tích", "Nêu số liệu"),
                 ("Nội dung cần bổ sung: Thành phần hồ sơ", "Có")}  # fmt: skip
    assert asked_for <= set(told[0][1])  # in what order they stand is the database's own choice
    assert ("Kết luận: yêu cầu bổ sung", []) in told
    given = {("Người thẩm định", account.full_name), ("Trạng thái", "Đang thẩm định")}
    assert ("Đã giao thẩm định", given) in [(action, set(rows)) for action, rows in told]


def test_reviewers_who_differ_leave_the_line_to_the_standing_body(committee, account):
    other = reviewer(committee, "tham.dinh.2")
    row = asked(asked(line(committee), account), other)
    find(row, account)
    assert state(row) == N.APPRAISING
    find(row, other, Opinion.NOT_ELIGIBLE, reason="Chưa đủ 1 năm công tác")
    assert state(row) == N.APPRAISING
    assert "appraisals_differ" in [n.code for n in committee.officer.notices.all()]
    assert [task.reviewer for task in opinions_on(row, account)] == [other]
    assert not opinions_on(row, committee.heads[0])
    with pytest.raises(ServiceError) as refused:
        find(row, committee.officer)
    assert refused.value.field == "reason"
    find(row, committee.officer, reason="Đã đối chiếu quyết định tuyển dụng")
    assert state(row) == N.ELIGIBLE


def test_two_who_agree_conclude(committee, account):
    other = reviewer(committee, "tham.dinh.2")
    row = asked(asked(line(committee), account), other)
    find(row, account)
    find(row, other)
    assert state(row) == N.ELIGIBLE


def test_the_version_seen_is_the_version_judged(committee, account):
    row = asked(line(committee), account)
    with pytest.raises(MovedOn):
        appraise(nomination_id=row.pk, version=row.version + 1, outcome=Opinion.ELIGIBLE, actor=account)


def test_who_was_not_asked_finds_nothing(committee, account):
    row = asked(line(committee), account)
    for who in (committee.approver, committee.observer, committee.heads[0]):
        with pytest.raises(NotAllowed):
            find(row, who)
    with pytest.raises(Nomination.DoesNotExist):
        find(row, committee.outsider)


def test_a_task_is_handed_on_with_a_reason_while_unanswered(committee, account):
    other = reviewer(committee, "tham.dinh.2")
    row = asked(line(committee), account)
    task = Appraisal.objects.get()
    given = {"appraisal_id": task.pk, "version": task.version, "reviewer": other, "actor": committee.officer}
    with pytest.raises(ServiceError) as refused:
        substitute_reviewer(reason="", **given)
    assert refused.value.field == "reason"
    substitute_reviewer(reason="Nghỉ phép", **given)
    assert not Nomination.objects.visible_to(account).exists()
    assert count_waiting(other) == 1
    find(row, other)
    with pytest.raises(WrongState):
        substitute_reviewer(reason="Nữa", appraisal_id=Appraisal.objects.get(reviewer=other).pk, version=1,
                            reviewer=account, actor=committee.officer)  # fmt: skip


def test_a_line_sent_back_by_the_chair_is_asked_about_anew(committee, account):
    row = asked(line(committee), account)
    find(row, account)
    Nomination.objects.filter(pk=row.pk).update(state=N.SENT_BACK)
    row.refresh_from_db()
    take_in_again(nomination_id=row.pk, version=row.version, actor=committee.officer)
    assert (state(row), count_waiting(account)) == (N.APPRAISING, 1)
    find(row, account)
    assert state(row) == N.ELIGIBLE


def test_the_queue_counts_and_turns(committee, account):
    rows = [asked(line(committee, name), account) for name in ("Võ Thị Ngọc Diễm", "Danh Hữu Lộc", "Đặng Hữu Phước")]
    find(rows[0], account)
    queue = queue_of(account)
    assert (queue.done, len(queue.rows), queue.number_of(rows[1].pk)) == (1, 3, 2)
    assert [queue.first_open(), queue.after(rows[1].pk), queue.after(rows[2].pk)] == [
        rows[1].pk, rows[2].pk, rows[1].pk,
    ]  # fmt: skip
    assert not queue_of(committee.officer).rows


def test_a_day_is_the_clocks_day(committee, account):
    row = asked(line(committee), account)
    find(row, account)
    assert Appraisal.objects.get().given_at.astimezone(clock.ZONE).date() == date(2024, 12, 20)
