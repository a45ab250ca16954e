"""More time: asked for by a unit, answered by the standing body."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from campaigns.enums import ExtensionState
from campaigns.models import ExtensionRequest
from campaigns.queries.extensions import open_requests
from campaigns.queries.periods import day_of, due_of
from campaigns.services.extensions import ask_for_time, extend, grant_time, refuse_time, withdraw_request
from campaigns.services.participations import decide_joining
from campaigns.services.periods import end_of, remove_period
from core import clock
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from tests.campaigns.pledging import launched, place
from tests.campaigns.reporting import period, sent_report
from tests.campaigns.world import build_committee

pytestmark = pytest.mark.django_db
LATER = end_of(date(2024, 7, 20))


@pytest.fixture(autouse=True)
def in_july():
    with clock.on_day(date(2024, 7, 3)):
        yield


@pytest.fixture
def committee():
    return build_committee()


@pytest.fixture
def first(committee):
    with clock.on_day(date(2024, 3, 1)):
        return place(launched(committee), committee.communes[0])


@pytest.fixture
def half(committee, first):
    return period(first.campaign, committee)


def ask(first, half, actor, due_at=LATER, reason="Mưa lũ"):
    return ask_for_time(participation_id=first.pk, period_id=half.pk, due_at=due_at, reason=reason, actor=actor)


def notices_of(user):
    return list(user.notices.order_by("pk").values_list("code", flat=True))


def test_a_unit_asks_and_is_given_the_day(committee, first, half):
    request = ask(first, half, committee.unit_officers[0])
    assert "extension_asked" in notices_of(committee.officer)
    grant_time(request_id=request.pk, version=request.version, due_at=LATER, actor=committee.officer)
    request.refresh_from_db()
    assert (request.state, day_of(due_of(first, half))) == (ExtensionState.GRANTED, date(2024, 7, 20))
    assert request.extension.reason == "Mưa lũ"
    assert "report_extended" in notices_of(committee.heads[0])


def test_a_refusal_says_why_and_leaves_the_day(committee, first, half):
    request = ask(first, half, committee.unit_officers[0])
    with pytest.raises(ServiceError):
        refuse_time(request_id=request.pk, version=request.version, answer=" ", actor=committee.officer)
    refuse_time(request_id=request.pk, version=request.version, answer="Đã gần hết kỳ", actor=committee.officer)
    assert due_of(first, half) == half.due_at
    notice = committee.unit_officers[0].notices.get(code="extension_refused")
    assert notice.params["reason"] == "Đã gần hết kỳ"
    ask(first, half, committee.unit_officers[0])  # may ask again


@pytest.mark.parametrize(
    ("due", "reason"), [(date(2024, 7, 5), "Mưa lũ"), (date(2024, 7, 1), "Mưa lũ"), (date(2024, 7, 20), " ")]
)
def test_a_day_no_later_and_no_reason_are_refused(committee, first, half, due, reason):
    with pytest.raises(ServiceError):
        ask(first, half, committee.unit_officers[0], end_of(due), reason)


def test_a_day_that_is_over_is_no_more_time(committee, first, half):
    with clock.on_day(date(2024, 7, 10)), pytest.raises(ServiceError):
        ask(first, half, committee.unit_officers[0], end_of(date(2024, 7, 8)))


def test_one_request_waits_at_a_time(committee, first, half):
    request = ask(first, half, committee.unit_officers[0])
    with pytest.raises(WrongState):
        ask(first, half, committee.heads[0])
    twin = ExtensionRequest(participation=first, period=half, due_at=LATER, asked_at=clock.now(), reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    withdraw_request(request_id=request.pk, version=request.version, actor=committee.heads[0])
    ask(first, half, committee.heads[0])


def test_nothing_is_asked_once_it_is_sent_or_the_unit_does_not_join(committee, first, half):
    request = ask(first, half, committee.unit_officers[0])
    sent_report(first, half, committee.unit_officers[0], committee.heads[0])
    assert not open_requests(committee.officer, campaign=first.campaign).exists()
    with pytest.raises(WrongState):
        grant_time(request_id=request.pk, version=request.version, due_at=LATER, actor=committee.officer)
    with pytest.raises(WrongState):
        ask(first, half, committee.unit_officers[0])
    second = place(first.campaign, committee.communes[1])
    decide_joining(
        participation_id=second.pk, version=second.version, joining=False, reason="Bận", actor=committee.heads[1]
    )
    with pytest.raises(WrongState):
        ask(second, half, committee.unit_officers[1])


def test_the_standing_body_giving_time_by_itself_answers_the_request(committee, first, half):
    request = ask(first, half, committee.unit_officers[0])
    extend(participation_id=first.pk, period_id=half.pk, due_at=LATER, reason="Bão số 3", actor=committee.officer)
    request.refresh_from_db()
    assert (request.state, request.answer) == (ExtensionState.GRANTED, "Bão số 3")
    with pytest.raises(MovedOn):
        grant_time(request_id=request.pk, version=0, due_at=LATER, actor=committee.officer)


def test_each_side_does_its_own_part(committee, first, half):
    with pytest.raises(NotAllowed):
        ask(first, half, committee.officer)
    request = ask(first, half, committee.unit_officers[0])
    with pytest.raises(NotAllowed):
        grant_time(request_id=request.pk, version=request.version, due_at=LATER, actor=committee.heads[0])
    with pytest.raises(ExtensionRequest.DoesNotExist):
        withdraw_request(request_id=request.pk, version=request.version, actor=committee.heads[1])
    with pytest.raises(WrongState):
        remove_period(period_id=half.pk, actor=committee.officer)


def test_the_pages_carry_it_from_the_unit_to_the_standing_body_and_back(committee, first, half, client):
    report_page = reverse("campaigns:report_place", args=[first.pk, half.pk])
    asking = reverse("campaigns:extension_ask", args=[first.pk, half.pk])
    client.force_login(committee.unit_officers[0])
    assert asking in client.get(report_page).content.decode()
    again = client.post(asking, {"due_on": "05/07/2024", "reason": "Mưa lũ"})
    assert again.context["form"].errors["due_on"]
    assert "Mưa lũ" in again.content.decode()
    done = client.post(asking, {"due_on": "20/07/2099", "reason": "Mưa lũ"})
    assert done.status_code == 302, done.context["form"].errors
    assert done.url == report_page
    waiting = client.get(report_page).content.decode()
    assert "20/07/2099" in waiting
    assert asking not in waiting
    request = ExtensionRequest.objects.get()
    answer = reverse("campaigns:extension_answer", args=[request.pk])
    client.force_login(committee.officer)
    assert answer in client.get(reverse("campaigns:period_list", args=[first.campaign_id])).content.decode()
    assert answer in client.get(report_page).content.decode()
    page = client.post(answer, {"decision": "refuse", "due_on": "20/07/2099", "version": request.version})
    assert page.context["form"].errors["answer"]
    assert client.post(
        answer, {"decision": "grant", "due_on": "18/07/2099", "version": request.version}
    ).url == report_page  # fmt: skip
    assert "18/07/2099" in client.get(report_page).content.decode()
    assert "form" in client.get(answer).context
    client.force_login(committee.unit_officers[0])
    assert "18/07/2099" in client.get(report_page).content.decode()
