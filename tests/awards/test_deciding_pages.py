"""Pages of appraisal, decision, register and lookup: the ways people go, what they see, how many questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.enums import NominationState as N
from awards.models import Appraisal, Commendation, Decision, Nomination
from catalogue.services import load_catalogue
from core import clock
from tests.awards.deciding import DAY, asked, line, reviewer, scan
from tests.awards.factories import CommendationFactory, DecisionFactory
from tests.campaigns.world import build_committee

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_december():
    with clock.on_day(DAY):
        yield


@pytest.fixture
def committee():
    load_catalogue()
    made = build_committee()
    for user in (made.officer, made.approver, made.observer, made.outsider, made.heads[0]):
        user.working_day = DAY
        user.save()
    return made


@pytest.fixture
def account(committee):
    made = reviewer(committee)
    made.working_day = DAY
    made.save()
    return made


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"awards:{name}", args=args), query)


def post(client, user, name, *args, **data):
    client.force_login(user)
    return client.post(reverse(f"awards:{name}", args=args), data)


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_queue_leads_to_the_first_open_line_and_saving_to_the_next(client, committee, account):
    first, second = (asked(line(committee, name), account) for name in ("Danh Hữu Lộc", "Đặng Hữu Phước"))
    answer = page(client, account, "appraisal_queue")
    assert answer["Location"] == reverse("awards:appraisal_line", args=[first.pk])
    body = text(page(client, account, "appraisal_line", first.pk))
    assert "0/2" in body
    assert "Lưu và sang hồ sơ tiếp theo" in body
    answer = post(client, account, "appraisal_line", first.pk, outcome="eligible", version=first.version)
    assert answer["Location"] == reverse("awards:appraisal_line", args=[second.pk])
    assert "1/2" in text(page(client, account, "appraisal_line", second.pk))
    answer = post(client, account, "appraisal_line", second.pk, outcome="more_asked", version=second.version,
                  fields_back=["merit"], reason="Thống nhất số liệu")  # fmt: skip
    assert answer["Location"] == reverse("awards:appraisal_queue") + "?all=1"
    assert "Danh Hữu Lộc" in text(page(client, account, "appraisal_queue", all="1"))


def test_a_refused_finding_keeps_what_was_typed(client, committee, account):
    row = asked(line(committee), account)
    body = text(post(client, account, "appraisal_line", row.pk, outcome="more_asked", version=row.version,
                     reason="Bổ sung minh chứng"))  # fmt: skip
    assert "Bổ sung minh chứng" in body
    assert "error" in body
    assert Nomination.objects.get(pk=row.pk).state == N.APPRAISING


def test_the_officer_gives_lines_and_changes_the_reviewer(client, committee, account):
    rows = [line(committee, state=N.SENT), line(committee, "Tăng Mỹ Dung", state=N.SENT)]
    assert "Tăng Mỹ Dung" in text(page(client, committee.officer, "appraisal_assign"))
    answer = post(client, committee.officer, "appraisal_assign", lines=[row.pk for row in rows], reviewer=account.pk,
                  due_on="06/01/2025")  # fmt: skip
    assert answer.status_code == 302
    task = Appraisal.objects.get(nomination=rows[0])
    other = reviewer(committee, "tham.dinh.2")
    answer = post(client, committee.officer, "appraisal_substitute", task.pk, reviewer=other.pk, version=0,
                  reason="Nghỉ phép")  # fmt: skip
    assert answer.status_code == 302
    task = Appraisal.objects.get(nomination=rows[1])
    answer = post(client, account, "appraisal_step_back", task.pk, version=0, reason="Anh ruột")
    assert answer.status_code == 302
    assert {row.reviewer for row in Appraisal.objects.filter(ended_at=None)} == {other}


def test_a_decision_goes_from_draft_to_the_public_board(client, committee):
    row = line(committee, state=N.ELIGIBLE)
    assert "Danh Hữu Lộc" in text(page(client, committee.officer, "decision_create"))
    post(client, committee.officer, "decision_create", organiser=committee.district.pk, title="Về việc tặng Giấy khen",
         kind="merit", lines=[row.pk])  # fmt: skip
    decision = Decision.objects.get()

    def act(user, name, **more):
        decision.refresh_from_db()
        answer = post(client, user, name, decision.pk, version=decision.version, **more)
        assert answer.status_code == 302, text(answer)

    act(committee.officer, "decision_submit")
    body = text(page(client, committee.approver, "decision_detail", decision.pk))
    assert reverse("awards:decision_line_strike", args=[row.pk]) in body
    act(committee.approver, "decision_sign")
    assert "QĐ-UBND" in text(page(client, committee.officer, "decision_enter", decision.pk))
    act(committee.officer, "decision_enter", number="1632", symbol="QĐ-UBND", signed_on="20/12/2024",
        post="KT. CHỦ TỊCH", signer="Trần Văn Ký", scan=scan())  # fmt: skip
    act(committee.officer, "decision_publish")
    assert Commendation.objects.get().published
    body = text(page(client, committee.heads[0], "decision_detail", decision.pk))
    assert "1632/QĐ-UBND" in body
    body = text(page(client, committee.officer, "ledger_list", q="danh huu loc"))
    assert "Ông Danh Hữu Lộc" in body
    assert reverse("awards:lookup_subject", args=[row.subject_id]) in body
    body = text(page(client, committee.officer, "lookup", q="danh huu loc"))
    assert reverse("awards:lookup_subject", args=[row.subject_id]) in body
    assert row.unit_then in text(page(client, committee.officer, "lookup_subject", row.subject_id))
    assert "Giấy khen" in text(page(client, committee.officer, "lookup_unit", committee.communes[0].pk))


def test_the_chair_strikes_and_sends_back_with_a_reason(client, committee):
    rows = [line(committee, name, N.AT_SIGNATURE) for name in ("Danh Hữu Lộc", "Tăng Mỹ Dung")]
    decision = DecisionFactory(organiser=committee.district, state="at_signature")
    Nomination.objects.filter(pk__in=[row.pk for row in rows]).update(decision=decision)
    for name, row in zip(("decision_line_strike", "decision_line_send_back"), rows, strict=True):
        assert text(page(client, committee.approver, name, row.pk))
        answer = post(client, committee.approver, name, row.pk, version=0, reason="Trùng thành tích")
        assert answer.status_code == 302
    assert {row.state for row in Nomination.objects.all()} == {N.STRUCK, N.SENT_BACK}
    decision.refresh_from_db()
    answer = post(
        client, committee.approver, "decision_send_back", decision.pk, version=decision.version, reason="Lập lại"
    )
    assert answer.status_code == 302


def test_the_register_shows_the_rows_in_scope(client, committee):
    mine = CommendationFactory(decision=DecisionFactory(organiser=committee.district), unit=committee.communes[0])
    CommendationFactory()
    for user, expected in ((committee.officer, [mine]), (committee.heads[0], [mine]), (committee.heads[1], []),
                           (committee.outsider, [])):  # fmt: skip
        answer = page(client, user, "ledger_list")
        assert list(answer.context["table"].records) == expected
        assert page(client, user, "lookup_subject", mine.subject_id).status_code == (200 if expected else 404)


def test_a_year_without_rows_is_no_proof(client, committee):
    mine = CommendationFactory(decision=DecisionFactory(organiser=committee.district), unit=committee.communes[0])
    with clock.on_day(DAY.replace(year=2026)):
        committee.officer.working_day = DAY.replace(year=2026)
        committee.officer.save()
        body = text(page(client, committee.officer, "lookup_subject", mine.subject_id))
    assert body.count("Không có dữ liệu") == 2


QUERIES = {"decision_list": 11, "ledger_list": 13, "appraisal_queue": 8, "appraisal_assign": 9, "lookup": 11}


@pytest.mark.parametrize("name", QUERIES)
def test_a_list_asks_as_often_for_three_rows_as_for_one(client, committee, account, name):
    def fill(number):
        for _count in range(number):
            asked(line(committee, state=N.APPRAISING), account)
            CommendationFactory(decision=DecisionFactory(organiser=committee.district), unit=committee.communes[0])

    user = account if name == "appraisal_queue" else committee.officer
    query = {"appraisal_queue": {"all": "1"}, "lookup": {"q": "nguyen"}}.get(name, {})
    counts = []
    for number in (1, 2):
        fill(number)
        page(client, user, name, **query)
        with CaptureQueriesContext(connection) as asked_of:
            text(client.get(reverse(f"awards:{name}"), query))
        counts.append(len(asked_of))
    assert counts == [QUERIES[name]] * 2
