"""Joining, pledging and their steps: by the unit, by its head, by the standing body, and by nobody else."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.enums import ParticipationState, PledgeState
from campaigns.models import Participation, Pledge, PledgeLine
from campaigns.queries.pledges import sheet_of, stamp_of
from campaigns.services.lines import LineMovedOn
from campaigns.services.papers import Paper
from campaigns.services.participations import decide_joining
from campaigns.services.pledge_steps import accept_pledge, return_pledge, send_pledge, submit_to_head, take_back
from campaigns.services.pledges import (
    MOST_NOTE,
    Entry,
    begin_on_behalf,
    may_write,
    save_line,
    save_lines,
    save_note,
)
from campaigns.typed import read
from core import audit, clock
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from core.notices.models import Notice
from tests.campaigns.pledging import GOOD, counted, fill, launched, paper, place, scan, sent
from tests.campaigns.world import build_committee

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def in_march():
    with clock.on_day(date(2024, 3, 10)):
        yield


@pytest.fixture
def committee():
    return build_committee()


@pytest.fixture
def campaign(committee):
    return launched(committee)


@pytest.fixture
def first(committee, campaign):
    return place(campaign, committee.communes[0])


def told(code):
    return {notice.recipient.username for notice in Notice.objects.filter(code=code).select_related("recipient")}


def test_lines_are_kept_as_typed_with_the_target_they_were_judged_by(committee, campaign, first):
    pledge = fill(first, committee.unit_officers[0], ["4.800", *GOOD[1:]])
    lines = {line.indicator.code: line for line in pledge.lines.select_related("indicator", "target")}
    assert (lines["1.1"].number, lines["1.1"].target.low, lines["1.1"].is_below) == (4800, 4850, True)
    assert (lines["1.2"].numerator, lines["1.2"].denominator, lines["1.2"].number) == (9851, 10260, None)
    assert [code for code, line in lines.items() if line.is_below] == ["1.1"]
    assert len(lines) == 7
    entries = [entry.action for entry in audit.entries_for(pledge)]
    assert entries == ["pledge.lines_saved", "pledge.begun"]


def test_the_sheet_counts_what_is_entered_and_what_is_missing(committee, campaign, first):
    pledge = fill(first, committee.unit_officers[0], ["5.000", "", "2,8", "", "", "", ""])
    sheet = sheet_of(first, pledge)
    assert (sheet.entered, sheet.counted, [row.planned.indicator.code for row in sheet.missing]) == (
        2, 7, ["1.2", "1.4", "2.1", "2.2", "2.3"],
    )  # fmt: skip
    assert [(a.number, a.entered, a.missing) for a in sheet.areas[:3]] == [(1, 2, 2), (2, 0, 3), (3, 0, 0)]
    assert sheet_of(place(campaign, committee.communes[2]), None).counted == 6


def test_a_line_may_stay_without_a_value_if_a_note_says_why(committee, campaign, first):
    pledge = fill(first, committee.unit_officers[0], ["", *GOOD[1:]])
    with pytest.raises(ServiceError, match=r"1\.1"):
        send_pledge(participation_id=first.pk, version=pledge.version, actor=committee.heads[0])
    indicator = counted(campaign)[0]
    pledge = save_line(participation_id=first.pk, indicator_id=indicator.pk, values={}, note="Không có nguồn thu",
                       actor=committee.unit_officers[0])  # fmt: skip
    assert send_pledge(participation_id=first.pk, version=pledge.version, actor=committee.heads[0]).state == "sent"


def test_a_pledge_with_gaps_does_not_even_go_to_the_head(committee, campaign, first):
    pledge = fill(first, committee.unit_officers[0], ["", *GOOD[1:]])
    with pytest.raises(ServiceError, match=r"1\.1"):
        submit_to_head(pledge_id=pledge.pk, version=pledge.version, actor=committee.unit_officers[0])


def test_a_note_has_an_end(committee, campaign, first):
    given = {"participation_id": first.pk, "actor": committee.unit_officers[0]}
    with pytest.raises(ServiceError) as refused:
        save_note(note="x" * (MOST_NOTE + 1), **given)
    assert refused.value.field == "note"
    with pytest.raises(ServiceError):
        save_line(indicator_id=counted(campaign)[0].pk, values={}, note="x" * (MOST_NOTE + 1), **given)
    assert save_note(note="x" * MOST_NOTE, **given).note == "x" * MOST_NOTE


def test_the_same_line_again_changes_nothing_and_blank_removes_it(committee, campaign, first):
    officer, indicator = committee.unit_officers[0], counted(campaign)[0]
    given = {"participation_id": first.pk, "indicator_id": indicator.pk, "actor": officer}
    once = save_line(values={"number": Decimal(5000)}, **given)
    again = save_line(values={"number": Decimal(5000)}, **given)
    assert (once.version, again.version, PledgeLine.objects.count()) == (1, 1, 1)
    save_line(values={}, **given)
    assert not PledgeLine.objects.exists()


def test_a_refused_line_does_not_stop_the_others(committee, campaign, first):
    money, share = counted(campaign)[:2]
    unassigned = campaign.indicators.get(code="2.4")
    outcome = save_lines(
        participation_id=first.pk, actor=committee.unit_officers[0],
        entries={money.pk: Entry({"number": Decimal(1)}), share.pk: Entry({"words": "x"}), 10**9: Entry(),
                 unassigned.pk: Entry({"number": Decimal(1)})},
    )  # fmt: skip
    assert set(outcome.refused) == {share.pk, 10**9, unassigned.pk}
    assert [line.indicator for line in outcome.pledge.lines.all()] == [money]


def test_what_is_not_assigned_cannot_be_pledged(committee, campaign):
    third = place(campaign, committee.communes[2])
    begin_on_behalf(participation_id=third.pk, paper=paper(), actor=committee.officer)
    with pytest.raises(ServiceError):
        save_line(participation_id=third.pk, indicator_id=counted(campaign)[0].pk, values={"number": Decimal(1)},
                  actor=committee.officer)  # fmt: skip


def test_whoever_saves_over_another_is_shown_what_stands_there(committee, campaign, first):
    officer, head, indicator = committee.unit_officers[0], committee.heads[0], counted(campaign)[0]
    given = {"participation_id": first.pk, "indicator_id": indicator.pk}
    save_line(values={"number": Decimal(5000)}, stamp=stamp_of(None), actor=officer, **given)
    with pytest.raises(LineMovedOn) as refused:
        save_line(values={"number": Decimal(6000)}, stamp=stamp_of(None), actor=head, **given)
    assert refused.value.line.number == 5000
    stamp = stamp_of(PledgeLine.objects.get())
    save_line(values={"number": Decimal(6000)}, stamp=stamp, actor=head, **given)
    assert PledgeLine.objects.get().number == 6000


@pytest.mark.parametrize("who", ["officer", "approver", "observer"])
def test_nobody_outside_the_unit_writes_its_pledge(committee, campaign, first, who):
    with pytest.raises(NotAllowed):
        save_line(participation_id=first.pk, indicator_id=counted(campaign)[0].pk, values={"number": Decimal(1)},
                  actor=getattr(committee, who))  # fmt: skip
    assert not Pledge.objects.exists()


@pytest.mark.parametrize("who", ["officer", "approver", "observer"])
def test_nobody_outside_the_unit_writes_what_it_has_begun(committee, campaign, first, who):
    pledge = sent(first, committee.unit_officers[0], committee.heads[0])
    return_pledge(pledge_id=pledge.pk, version=pledge.version, reason="Sửa", actor=committee.officer)
    with pytest.raises(NotAllowed):
        fill(first, getattr(committee, who), ["1", *GOOD[1:]])
    assert pledge.lines.get(indicator__code="1.1").number == 5000


def test_another_unit_and_another_district_cannot_even_find_it(committee, campaign, first):
    for stranger in (committee.unit_officers[1], committee.heads[1], committee.outsider):
        with pytest.raises(Participation.DoesNotExist):
            save_line(participation_id=first.pk, indicator_id=counted(campaign)[0].pk, values={}, actor=stranger)


def test_officer_hands_over_head_sends_and_the_unit_joins_by_it(committee, campaign, first):
    officer, head = committee.unit_officers[0], committee.heads[0]
    pledge = fill(first, officer)
    pledge = submit_to_head(pledge_id=pledge.pk, version=pledge.version, actor=officer)
    assert told("pledge_with_head") == {head.username}
    assert not may_write(first, pledge, officer)
    assert may_write(first, pledge, head)
    with pytest.raises(NotAllowed):
        send_pledge(participation_id=first.pk, version=pledge.version, actor=officer)
    pledge = send_pledge(participation_id=first.pk, version=pledge.version, actor=head)
    first.refresh_from_db()
    assert (pledge.state, first.state, pledge.late) == (PledgeState.SENT, ParticipationState.JOINED, False)
    assert told("pledge_sent") == {committee.officer.username}
    assert audit.entries_for(first)[0].action == "participation.joined"


def test_where_officer_and_head_are_one_the_draft_is_sent_at_once(committee, campaign, first):
    assert sent(first, committee.heads[0], committee.heads[0]).state == PledgeState.SENT


def test_the_officer_takes_it_back_and_the_head_gives_it_back(committee, campaign, first):
    officer, head = committee.unit_officers[0], committee.heads[0]
    pledge = fill(first, officer)
    for actor in (officer, head):
        pledge = submit_to_head(pledge_id=pledge.pk, version=pledge.version, actor=officer)
        pledge = take_back(pledge_id=pledge.pk, version=pledge.version, actor=actor, reason="Xem lại 1.1")
        assert pledge.state == PledgeState.DRAFT
    assert told("pledge_taken_back") == {officer.username, head.username}


def test_returned_with_a_reason_mended_and_accepted(committee, campaign, first):
    officer, head = committee.unit_officers[0], committee.heads[0]
    pledge = sent(first, officer, head, ["4.800", *GOOD[1:]])
    given = {"pledge_id": pledge.pk, "actor": committee.officer}
    with pytest.raises(ServiceError):
        return_pledge(version=pledge.version, reason=" ", **given)
    pledge = return_pledge(version=pledge.version, reason="Chỉ tiêu 1.1 thấp hơn giao", **given)
    assert told("pledge_returned") == {officer.username, head.username}
    fill(first, officer, GOOD)
    pledge.refresh_from_db()
    pledge = send_pledge(participation_id=first.pk, version=pledge.version, actor=head)
    pledge = accept_pledge(version=pledge.version, **given)
    assert (pledge.state, pledge.return_reason) == (PledgeState.ACCEPTED, "Chỉ tiêu 1.1 thấp hơn giao")
    assert told("pledge_accepted") == {officer.username, head.username}


def test_below_the_target_is_accepted_only_with_a_note(committee, campaign, first):
    pledge = sent(first, committee.unit_officers[0], committee.heads[0], ["4.800", *GOOD[1:]])
    given = {"pledge_id": pledge.pk, "version": pledge.version, "actor": committee.officer}
    with pytest.raises(ServiceError) as refused:
        accept_pledge(**given)
    assert refused.value.field == "note"
    assert accept_pledge(note="Xã mất nguồn thu do chia tách", **given).accept_note.startswith("Xã mất")


@pytest.mark.parametrize("who", ["approver", "observer"])
def test_only_the_standing_body_takes_in(committee, campaign, first, who):
    pledge = sent(first, committee.unit_officers[0], committee.heads[0])
    for step, more in ((accept_pledge, {}), (return_pledge, {"reason": "x"})):
        with pytest.raises(NotAllowed):
            step(pledge_id=pledge.pk, version=pledge.version, actor=getattr(committee, who), **more)
    with pytest.raises(NotAllowed):
        accept_pledge(pledge_id=pledge.pk, version=pledge.version, actor=committee.heads[0])


def test_what_is_sent_is_no_longer_written(committee, campaign, first):
    pledge = sent(first, committee.unit_officers[0], committee.heads[0])
    with pytest.raises(WrongState):
        fill(first, committee.unit_officers[0], ["1", *GOOD[1:]])
    with pytest.raises(WrongState):
        save_note(participation_id=first.pk, note="x", actor=committee.heads[0])
    with pytest.raises(WrongState):
        send_pledge(participation_id=first.pk, version=pledge.version, actor=committee.heads[0])


def test_a_step_on_an_old_version_is_refused(committee, campaign, first):
    officer, head = committee.unit_officers[0], committee.heads[0]
    pledge = fill(first, officer)
    seen = pledge.version
    save_note(participation_id=first.pk, note="Thêm", actor=officer)
    with pytest.raises(MovedOn):
        submit_to_head(pledge_id=pledge.pk, version=seen, actor=officer)
    with pytest.raises(MovedOn):
        send_pledge(participation_id=first.pk, version=seen, actor=head)
    with pytest.raises(MovedOn):
        send_pledge(participation_id=place(campaign, committee.communes[1]).pk, version=5, actor=committee.heads[1])


def test_late_is_a_flag_of_the_first_sending(committee, campaign, first):
    officer, head = committee.unit_officers[0], committee.heads[0]
    pledge = sent(first, officer, head)
    pledge = return_pledge(pledge_id=pledge.pk, version=pledge.version, reason="Sửa", actor=committee.officer)
    with clock.on_day(date(2024, 4, 3)):
        pledge = send_pledge(participation_id=first.pk, version=pledge.version, actor=head)
        assert not pledge.late
        second = place(campaign, committee.communes[1])
        assert sent(second, committee.unit_officers[1], committee.heads[1]).late


def test_the_due_day_itself_is_not_late(committee, campaign, first):
    with clock.on_day(date(2024, 3, 31)):
        assert not sent(first, committee.unit_officers[0], committee.heads[0]).late


# --- Joining ---


def test_the_head_decides_and_may_change_the_decision(committee, campaign, first):
    head = committee.heads[0]
    with pytest.raises(NotAllowed):
        decide_joining(participation_id=first.pk, version=0, joining=True, actor=committee.unit_officers[0])
    with pytest.raises(ServiceError) as refused:
        decide_joining(participation_id=first.pk, version=0, joining=False, actor=head, reason=" ")
    assert refused.value.field == "reason"
    row = decide_joining(participation_id=first.pk, version=0, joining=True, actor=head)
    row = decide_joining(participation_id=first.pk, version=row.version, joining=False, actor=head, reason="Sáp nhập")
    assert (row.state, row.state_reason) == (ParticipationState.NOT_JOINING, "Sáp nhập")
    assert told("unit_not_joining") == {committee.officer.username}
    row = decide_joining(participation_id=first.pk, version=row.version, joining=True, actor=head)
    assert (row.state, row.state_reason) == (ParticipationState.JOINED, "")
    with pytest.raises(MovedOn):
        decide_joining(participation_id=first.pk, version=0, joining=False, actor=head, reason="x")


def test_who_does_not_join_sends_no_pledge(committee, campaign, first):
    pledge = fill(first, committee.unit_officers[0])
    decide_joining(participation_id=first.pk, version=0, joining=False, actor=committee.heads[0], reason="Sáp nhập")
    with pytest.raises(ServiceError):
        send_pledge(participation_id=first.pk, version=pledge.version, actor=committee.heads[0])
    pledge.refresh_from_db()
    assert pledge.state == PledgeState.DRAFT


# --- On paper ---


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (Paper("", date(2024, 3, 1), scan()), "paper_symbol"),
        (Paper("1", None, scan()), "paper_signed_on"),
        (Paper("1", date(2024, 3, 11), scan()), "paper_signed_on"),
        (Paper("1", date(2024, 3, 1), None), "scan"),
    ],
)
def test_a_step_on_paper_names_number_date_and_scan(committee, campaign, given, field):
    third = place(campaign, committee.communes[2])
    for step in (
        lambda: begin_on_behalf(participation_id=third.pk, paper=given, actor=committee.officer),
        lambda: decide_joining(
            participation_id=third.pk, version=0, joining=True, actor=committee.officer, paper=given
        ),
    ):
        with pytest.raises(ServiceError) as refused:
            step()
        assert refused.value.field == field


def test_the_standing_body_enters_and_sends_for_a_unit_without_account(committee, campaign):
    third = place(campaign, committee.communes[2])
    pledge = begin_on_behalf(participation_id=third.pk, paper=paper(), actor=committee.officer)
    rows = zip(counted(campaign)[1:], GOOD[1:], strict=True)
    entries = {row.pk: Entry(read(row, text)) for row, text in rows}
    pledge = save_lines(participation_id=third.pk, entries=entries, actor=committee.officer).pledge
    pledge = send_pledge(participation_id=third.pk, version=pledge.version, actor=committee.officer)
    third.refresh_from_db()
    assert (pledge.state, pledge.on_behalf, pledge.paper_symbol) == ("sent", True, "12/BC-UBND")
    assert (third.state, third.on_behalf, third.paper_symbol) == ("joined", True, "12/BC-UBND")
    assert pledge.attachments.get().file.name == "van-ban.pdf"


def test_the_standing_body_decides_nothing_for_a_unit_without_its_paper(committee, campaign, first):
    given = {"participation_id": first.pk, "version": 0, "actor": committee.officer}
    for joining in (True, False):
        with pytest.raises(ServiceError) as refused:
            decide_joining(joining=joining, reason="Bận", **given)
        assert refused.value.field == "paper_symbol"
    first.refresh_from_db()
    assert first.state == ParticipationState.INVITED


def test_a_paper_may_also_say_that_the_unit_does_not_join(committee, campaign):
    third = place(campaign, committee.communes[2])
    row = decide_joining(participation_id=third.pk, version=0, joining=False, actor=committee.officer, reason="Bận",
                         paper=paper())  # fmt: skip
    assert (row.state, row.on_behalf, row.attachments.count()) == ("not_joining", True, 1)


@pytest.mark.parametrize("who", ["approver", "observer"])
def test_nobody_else_enters_on_behalf(committee, campaign, first, who):
    with pytest.raises(NotAllowed):
        begin_on_behalf(participation_id=first.pk, paper=paper(), actor=getattr(committee, who))
    with pytest.raises(NotAllowed):
        begin_on_behalf(participation_id=first.pk, paper=paper(), actor=committee.heads[0])


def test_taking_over_a_draft_keeps_its_lines_and_tells_the_unit(committee, campaign, first):
    mine = fill(first, committee.unit_officers[0])
    pledge = begin_on_behalf(participation_id=first.pk, paper=paper(), actor=committee.officer)
    assert (pledge.pk, pledge.lines.count()) == (mine.pk, 7)
    assert told("pledge_entered_on_behalf") == {committee.unit_officers[0].username, committee.heads[0].username}
    sent_one = send_pledge(participation_id=first.pk, version=pledge.version, actor=committee.officer)
    with pytest.raises(WrongState):
        begin_on_behalf(participation_id=first.pk, paper=paper(), actor=committee.officer)
    assert sent_one.state == PledgeState.SENT
