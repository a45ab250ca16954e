"""Where each role works, as it stands below the things to do."""

import pytest
from django.test import Client

from accounts.models import User
from desk.registry import registered_rows, rows_for
from tests.accounts.factories import AdministratorFactory
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
