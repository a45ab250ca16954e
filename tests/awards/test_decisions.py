"""From eligible lines to the ledger: by the chair's account and by paper; days, numbers, authority."""

from datetime import date

import pytest

from awards.enums import DecisionState as D
from awards.enums import NominationState as N
from awards.models import Commendation, Decision, Nomination, Submission
from awards.queries.decisions import count_to_sign, ready_lines
from awards.queries.ledger import awards_of, find_recipients, history_of
from awards.services.decisions import enter_decision, publish_decision
from awards.services.signature import (
    create_decision,
    put_to_signature,
    send_back_decision,
    send_back_line,
    sign_decision,
    strike_line,
    submit_decision,
)
from catalogue.enums import Route
from catalogue.services import load_catalogue
from catalogue.services.authority import WithoutAuthority
from core import audit, clock
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from tests.awards.deciding import DAY, award, award_beyond, line, scan, signed
from tests.campaigns.factories import CampaignFactory
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
def lines(committee):
    return [line(committee, name, N.ELIGIBLE) for name in ("Danh Hữu Lộc", "Lâm Ngọc Bảo Trân")]


def draft(committee, lines, **more):
    return create_decision(
        organiser=committee.district, title="Về việc tặng Giấy khen", kind="merit",
        nomination_ids=[row.pk for row in lines], actor=committee.officer, **more,
    )  # fmt: skip


def step(service, decision, actor, **more):
    decision.refresh_from_db()
    return service(decision_id=decision.pk, version=decision.version, actor=actor, **more)


def before_chair(committee, lines, **more):
    return step(submit_decision, draft(committee, lines, **more), committee.officer)


def on_line(service, row, actor, reason="Trùng thành tích"):
    row.refresh_from_db()
    return service(nomination_id=row.pk, version=row.version, reason=reason, actor=actor)


def states(rows):
    return [Nomination.objects.get(pk=row.pk).state for row in rows]


def entered(committee, lines, **more):
    decision = step(sign_decision, before_chair(committee, lines), committee.approver)
    return step(enter_decision, decision, committee.officer, signed=signed(**more))


def test_the_chair_agrees_then_the_officer_enters_number_and_scan(committee, lines):
    decision = before_chair(committee, lines)
    assert (states(lines), count_to_sign(committee.approver)) == ([N.AT_SIGNATURE] * 2, 1)
    assert "decision_at_signature" in [n.code for n in committee.approver.notices.all()]
    decision = step(sign_decision, decision, committee.approver)
    assert (decision.state, states(lines)) == (D.SIGNED, [N.DECIDED] * 2)
    assert not Commendation.objects.exists()
    decision = step(enter_decision, decision, committee.officer, signed=signed("1632/QĐ-UBND"))
    assert (decision.state, decision.full_symbol, decision.year) == (D.ENTERED, "1632/QĐ-UBND", 2024)
    assert decision.signer_post.startswith("KT. CHỦ TỊCH")
    assert decision.attachments.get().file.name == "van-ban.pdf"
    assert audit.entries_for(decision)[0].action == "decision.entered"
    assert "decision_entered" in [n.code for n in committee.heads[0].notices.all()]


def test_the_ledger_keeps_what_was_printed(committee, lines):
    decision = entered(committee, lines)
    row = decision.commendations.get(position=1)
    assert (row.honorific, row.printed_name, row.printed_post) == (
        "Ông", "Danh Hữu Lộc", "Công chức Văn phòng – thống kê",
    )  # fmt: skip
    assert row.printed_unit == lines[0].unit_then
    assert (row.printed_award, row.printed_decision, row.awarded_on) == (award().name, "1632/QĐ-UBND", DAY)
    assert row.printed_issuer == "Chủ tịch UBND huyện Châu Thành"
    assert (row.unit, row.bonus, row.published) == (committee.communes[0], None, False)
    step(publish_decision, decision, committee.officer)
    assert set(Commendation.objects.values_list("published", flat=True)) == {True}


def test_paper_carries_the_whole_path_without_a_chairs_account(committee, lines):
    decision = before_chair(committee, lines, on_paper=True)
    assert count_to_sign(committee.approver) == 0
    on_line(strike_line, lines[1], committee.officer)
    decision = step(enter_decision, decision, committee.officer, signed=signed())
    assert (decision.state, states(lines)) == (D.ENTERED, [N.DECIDED, N.STRUCK])
    assert [row.printed_name for row in decision.commendations.all()] == ["Danh Hữu Lộc"]


def test_without_the_mark_of_paper_the_officer_signs_nothing(committee, lines):
    decision = before_chair(committee, lines)
    with pytest.raises(ServiceError, match="văn bản"):
        step(sign_decision, decision, committee.officer)
    with pytest.raises(ServiceError):
        on_line(strike_line, lines[0], committee.officer)
    with pytest.raises(WrongState):
        step(enter_decision, decision, committee.officer, signed=signed())
    assert states(lines) == [N.AT_SIGNATURE] * 2


def test_a_line_is_struck_or_sent_back_with_a_reason(committee, lines):
    decision = before_chair(committee, lines)
    with pytest.raises(ServiceError) as refused:
        on_line(strike_line, lines[0], committee.approver, reason=" ")
    assert refused.value.field == "reason"
    on_line(strike_line, lines[0], committee.approver)
    on_line(send_back_line, lines[1], committee.approver)
    assert states(lines) == [N.STRUCK, N.SENT_BACK]
    lines[1].refresh_from_db()
    assert lines[1].decision is None
    with pytest.raises(ServiceError):
        step(sign_decision, decision, committee.approver)
    assert [n.code for n in committee.officer.notices.order_by("pk")][-2:] == ["line_struck", "line_sent_back"]


def test_the_chair_signs_the_list_they_saw(committee, lines):
    decision = before_chair(committee, lines)
    seen = decision.version
    on_line(strike_line, lines[0], committee.approver)
    with pytest.raises(MovedOn):
        sign_decision(decision_id=decision.pk, version=seen, actor=committee.approver)


def test_a_decision_comes_back_to_the_draft(committee, lines):
    decision = before_chair(committee, lines)
    decision = step(send_back_decision, decision, committee.approver, reason="Sửa trích yếu")
    assert (decision.state, decision.state_reason) == (D.DRAFT, "Sửa trích yếu")
    assert step(submit_decision, decision, committee.officer).state == D.AT_SIGNATURE


@pytest.mark.parametrize("who", ["approver", "observer"])
def test_nobody_but_the_standing_body_prepares(committee, lines, who):
    with pytest.raises(NotAllowed):
        create_decision(organiser=committee.district, title="X", kind="merit", nomination_ids=[lines[0].pk],
                        actor=getattr(committee, who))  # fmt: skip
    decision = before_chair(committee, lines)
    with pytest.raises(Decision.DoesNotExist):
        step(sign_decision, decision, committee.outsider)
    if who == "observer":
        with pytest.raises(NotAllowed):
            step(sign_decision, decision, committee.observer)


def test_the_full_route_goes_to_the_council_first(committee):
    row = line(committee, state=N.ELIGIBLE, route=Route.FULL)
    assert not ready_lines(committee.officer)
    with pytest.raises(ServiceError):
        put_to_signature(nomination_id=row.pk, actor=committee.officer)
    agreed = line(committee, "Tăng Mỹ Dung", N.COUNCIL_AGREES, route=Route.FULL)
    assert put_to_signature(nomination_id=agreed.pk, actor=committee.officer).state == N.AT_SIGNATURE


def test_a_line_stands_in_one_decision(committee, lines):
    draft(committee, lines[:1])
    with pytest.raises(ServiceError) as refused:
        draft(committee, lines)
    assert refused.value.field == "lines"
    assert list(ready_lines(committee.officer)) == [lines[1]]
    assert not ready_lines(committee.outsider)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"number": " "}, "number"), ({"symbol": ""}, "symbol"), ({"signer": ""}, "signer"), ({"scan": None}, "scan"),
        ({"day": date(2024, 12, 21)}, "signed_on"),
    ],
)  # fmt: skip
def test_what_is_missing_on_the_paper_is_named(committee, lines, values, field):
    decision = step(sign_decision, before_chair(committee, lines), committee.approver)
    with pytest.raises(ServiceError) as refused:
        step(enter_decision, decision, committee.officer, signed=signed(**values))
    assert refused.value.field == field
    decision.refresh_from_db()
    assert (decision.state, Commendation.objects.exists()) == (D.SIGNED, False)


def test_a_number_stands_once_a_year_of_the_day_on_the_paper(committee, lines):
    entered(committee, lines[:1])
    second = step(sign_decision, before_chair(committee, lines[1:]), committee.approver)
    with pytest.raises(ServiceError) as refused:
        step(enter_decision, second, committee.officer, signed=signed())
    assert refused.value.field == "number"
    with clock.on_day(date(2025, 1, 6)):
        next_year = signed(day=date(2025, 1, 3), scan=scan("khac.pdf"))
        assert step(enter_decision, second, committee.officer, signed=next_year).year == 2025


def test_nothing_is_decided_before_it_was_proposed(committee, lines):
    letter, round_ = lines[0].submission, lines[1].round
    Submission.objects.filter(pk=letter.pk).update(signed_on=date(2024, 12, 9))
    round_.campaign = CampaignFactory(organiser=committee.district, starts_on=date(2024, 2, 19), ends_on=DAY)
    round_.save()
    decision = step(sign_decision, before_chair(committee, lines), committee.approver)
    for day, words in ((date(2024, 12, 8), "09/12/2024"), (date(2024, 2, 18), "19/02/2024"),
                       (date(2023, 12, 31), "01/01/2024")):  # fmt: skip
        with pytest.raises(ServiceError) as refused:
            step(enter_decision, decision, committee.officer, signed=signed(day=day))
        assert (refused.value.field, words in str(refused.value)) == ("signed_on", True)
        Submission.objects.filter(pk=letter.pk).update(signed_on=None)
    assert not Commendation.objects.exists()
    assert step(enter_decision, decision, committee.officer, signed=signed(day=date(2024, 2, 19))).state == D.ENTERED


def test_a_decision_is_entered_once(committee, lines):
    decision = entered(committee, lines)
    with pytest.raises(WrongState):
        step(enter_decision, decision, committee.officer, signed=signed("1700"))
    assert Commendation.objects.count() == 2


@pytest.mark.parametrize(("day", "accepted"), [(date(2025, 6, 30), True), (date(2025, 7, 1), False)])
def test_the_district_decides_until_it_ends_whatever_the_machines_clock(committee, lines, day, accepted):
    with clock.on_day(date(2025, 7, 15)):
        decision = before_chair(committee, lines, on_paper=True)
        if accepted:
            assert step(enter_decision, decision, committee.officer, signed=signed(day=day)).signed_on == day
            return
        with pytest.raises(WithoutAuthority) as refused:
            step(enter_decision, decision, committee.officer, signed=signed(day=day))
    assert refused.value.field == "signed_on"
    assert "NĐ 129/2025/NĐ-CP (" in str(refused.value)
    assert states(lines) == [N.AT_SIGNATURE] * 2


def test_an_award_of_another_level_is_refused(committee):
    row = line(committee, state=N.ELIGIBLE, award_version=award_beyond("district"))
    decision = before_chair(committee, [row], on_paper=True)
    with pytest.raises(WithoutAuthority):
        step(enter_decision, decision, committee.officer, signed=signed())


def test_lookup_finds_without_diacritics_and_shows_years_without_rows(committee, lines):
    entered(committee, lines)
    hits = find_recipients(committee.officer, "danh huu loc")
    assert [(hit.name, hit.count) for hit in hits] == [("Ông Danh Hữu Lộc", 1)]
    assert find_recipients(committee.outsider, "danh huu loc") == []
    with clock.on_day(date(2026, 2, 1)):
        history = history_of(awards_of(lines[0].subject, committee.officer))
    assert [(year.year, len(year.rows)) for year in history.years] == [(2024, 1), (2025, 0), (2026, 0)]
    assert (history.in_force, history.revoked) == (1, 0)
