"""What stands on the desk of each role, and how much of it waits."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from campaigns.enums import PledgeState, ReportState
from desk.registry import registered_rows, rows_for
from tests.accounts.factories import AdministratorFactory
from tests.campaigns.factories import CampaignFactory, ParticipationFactory, PledgeFactory, ProgressReportFactory
from tests.factories import UserFactory
from tests.units.factories import MembershipFactory, UnitFactory
from units.enums import Role
from units.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
EVERYBODYS = ["campaigns", "title_registrations", "reports", "persons", "units", "files", "law"]
SHOWN: list[tuple[Role | None, list[str]]] = [
    (Role.UNIT_OFFICER, ["unit_work", *EVERYBODYS]),
    (Role.UNIT_HEAD, ["unit_work", *EVERYBODYS]),
    (Role.STANDING_OFFICER, EVERYBODYS),
    (Role.REVIEWER, EVERYBODYS),
    (Role.APPROVER, EVERYBODYS),
    (Role.OBSERVER, EVERYBODYS),
    (None, []),
]


@pytest.fixture
def committee(db: None) -> Unit:
    return UnitFactory(name="Huyện Châu Thành")


def member(role: Role, unit: Unit) -> User:
    user: User = UserFactory()
    MembershipFactory(user=user, role=role, unit=unit)
    return user


def row(user: User, code: str) -> Any:
    return next((row for row in rows_for(user) if row.code == code), None)


@pytest.mark.parametrize(("role", "codes"), SHOWN)
def test_each_role_sees_its_work(committee: Unit, role: Role | None, codes: list[str]) -> None:
    user = member(role, committee) if role else UserFactory()
    assert [row.code for row in registered_rows(user)] == codes


def test_administrator_sees_technical_work_only(db: None) -> None:
    rows = registered_rows(AdministratorFactory())
    assert [row.code for row in rows] == ["units", "law", "accounts", "roles", "audit"]


@pytest.mark.parametrize("role", [*Role])
def test_every_link_opens_for_whoever_sees_it(client: Client, committee: Unit, role: Role) -> None:
    user = member(role, committee)
    client.force_login(user)
    for shown in rows_for(user):
        assert client.get(shown.url).status_code == 200, (role, shown.code)


def test_every_link_of_the_administrator_opens(client: Client, db: None) -> None:
    user = AdministratorFactory()
    client.force_login(user)
    for shown in rows_for(user):
        assert client.get(shown.url).status_code == 200, shown.code


def test_drafts_are_counted_for_their_writers_only(committee: Unit) -> None:
    draft = CampaignFactory(organiser=committee, draft=True)
    CampaignFactory(organiser=committee)
    CampaignFactory(draft=True)
    officer = member(Role.STANDING_OFFICER, committee)
    shown = row(officer, "campaign_drafts")
    assert (shown.count, shown.url) == (1, reverse("campaigns:campaign_write", args=[draft.pk, "general"]))
    CampaignFactory(organiser=committee, draft=True)
    shown = row(officer, "campaign_drafts")
    assert (shown.count, shown.url) == (2, f"{reverse('campaigns:campaign_list')}?state=draft")
    assert row(member(Role.OBSERVER, committee), "campaign_drafts") is None


def test_sent_pledges_wait_for_the_standing_body(committee: Unit) -> None:
    campaign = CampaignFactory(organiser=committee)
    for state in (PledgeState.SENT, PledgeState.DRAFT, PledgeState.ACCEPTED):
        PledgeFactory(participation=ParticipationFactory(campaign=campaign), state=state)
    PledgeFactory(state=PledgeState.SENT)
    officer = member(Role.STANDING_OFFICER, committee)
    shown = row(officer, "sent_pledges")
    assert (shown.count, shown.url) == (1, reverse("campaigns:campaign_units", args=[campaign.pk]))
    assert row(member(Role.APPROVER, committee), "sent_pledges") is None
    other = ParticipationFactory(campaign=CampaignFactory(organiser=committee))
    PledgeFactory(participation=other, state=PledgeState.SENT)
    shown = row(officer, "sent_pledges")
    assert (shown.count, shown.url) == (2, reverse("campaigns:campaign_list"))


def test_sent_reports_wait_for_the_standing_body(committee: Unit) -> None:
    campaign = CampaignFactory(organiser=committee)
    sent = ProgressReportFactory(participation=ParticipationFactory(campaign=campaign))
    ProgressReportFactory(participation=ParticipationFactory(campaign=campaign), state=ReportState.DRAFT)
    ProgressReportFactory()
    officer = member(Role.STANDING_OFFICER, committee)
    shown = row(officer, "sent_reports")
    board = reverse("campaigns:campaign_units", args=[campaign.pk])
    assert (shown.count, shown.url) == (1, f"{board}?period={sent.period_id}")
    assert row(member(Role.APPROVER, committee), "sent_reports") is None


def test_what_a_unit_owes_waits_for_it(client: Client, committee: Unit) -> None:
    commune = UnitFactory(name="Xã An Hiệp")
    ParticipationFactory(campaign=CampaignFactory(organiser=committee), unit=commune)
    ParticipationFactory()
    officer = member(Role.UNIT_OFFICER, commune)
    assert row(officer, "unit_work").count == 1
    client.force_login(officer)
    assert "1 việc đang chờ bạn" in client.get("/").content.decode()


@pytest.mark.parametrize("item_count", [1, 3])
def test_desk_query_count(client: Client, committee: Unit, item_count: int, django_assert_num_queries: Any) -> None:
    for _n in range(item_count):
        campaign = CampaignFactory(organiser=committee)
        PledgeFactory(participation=ParticipationFactory(campaign=campaign), state=PledgeState.SENT)
        CampaignFactory(organiser=committee, draft=True)
    client.force_login(member(Role.STANDING_OFFICER, committee))
    client.get("/")
    with django_assert_num_queries(16):
        client.get("/")
