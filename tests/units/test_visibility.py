"""Exact rows, per role: status codes cannot see a leak."""

import pytest

from core import clock
from tests.units.world import REFORM, World
from units.models import Delegation, Household, Membership, Person, Subject, Unit
from units.seats import seat_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

LINE = {"north.province", "north.a"}
A = {"north.a", "north.a.office", "north.a.hamlet"}
OLD = {"north.old", "north.old.hamlet"}
B = {"north.b", "north.b.office", "north.b.hamlet"}

UNITS = [
    ("north.standing_officer", A | OLD | {"north.province"}),
    ("north.reviewer", A | OLD | {"north.province"}),
    ("north.indicator_office", LINE | {"north.a.office"}),
    ("north.council_member", A | OLD | {"north.province"}),
    ("north.council_secretary", A | OLD | {"north.province"}),
    ("north.approver", A | OLD | {"north.province"}),
    ("north.unit_officer", LINE | {"north.a.hamlet", "north.old.hamlet"}),
    ("north.unit_head", LINE | {"north.a.hamlet", "north.old.hamlet"}),
    ("north.block_lead", LINE | {"north.a.office"}),
    ("north.observer", A | OLD | {"north.province"}),
    ("north.commune_head", A | OLD | {"north.province"}),
    ("north.b_standing_officer", B | {"north.province"}),
    ("north.province_standing_officer", A | B | OLD | {"north.province"}),
    ("north.province_observer", A | B | OLD | {"north.province"}),
    ("moved", {"north.b.office", "north.b", "north.province"}),
    ("deputy", LINE | {"north.a.hamlet", "north.old.hamlet"}),
    ("nobody", set()),
    ("disabled", set()),
    ("former", set()),
    ("late_deputy", set()),
]


@pytest.mark.parametrize(("name", "expected"), UNITS)
def test_units(world: World, name: str, expected: set[str]) -> None:
    assert world.keys_of(Unit.objects.visible_to(world.user(name))) == expected


def test_administrator_sees_all_units_and_nobody_s_records(world: World) -> None:
    user = world.user("administrator")
    assert world.keys_of(Unit.objects.visible_to(user)) == set(world.units)
    assert set(Membership.objects.visible_to(user)) == set(Membership.objects.all())
    for model in (Person, Household):
        assert not model.objects.visible_to(user).exists()
    assert not Subject.objects.visible_to(user).exists()


A_PERSONS = {"north.a", "north.a.office", "north.a.hamlet", "north.retired", "north.monk"}
B_PERSONS = {"north.b", "north.b.office", "north.b.hamlet"}
PERSONS = [
    ("north.standing_officer", A_PERSONS),
    ("north.approver", A_PERSONS),
    ("north.observer", A_PERSONS),
    ("north.commune_officer", A_PERSONS),
    ("north.unit_officer", {"north.a.hamlet"}),
    ("north.unit_head", {"north.a.hamlet"}),
    ("deputy", {"north.a.hamlet"}),
    ("north.office_head", {"north.a.office"}),
    ("north.province_standing_officer", A_PERSONS | B_PERSONS | {"north.province"}),
    ("north.b_standing_officer", B_PERSONS),
    ("moved", {"north.b.office"}),
    ("north.reviewer", set()),
    ("north.indicator_office", set()),
    ("north.council_member", set()),
    ("north.council_secretary", set()),
    ("north.block_lead", set()),
    ("nobody", set()),
    ("disabled", set()),
    ("former", set()),
    ("late_deputy", set()),
]


@pytest.mark.parametrize(("name", "expected"), PERSONS)
def test_persons(world: World, name: str, expected: set[str]) -> None:
    by_pk = {person.pk: key for key, person in world.persons.items()}
    assert {by_pk[row.pk] for row in Person.objects.visible_to(world.user(name))} == expected


def test_everybody_sees_their_own_record(world: World) -> None:
    user = world.user("nobody")
    Person.objects.filter(pk=world.persons["south.a"].pk).update(user=user)
    assert [row.pk for row in Person.objects.visible_to(user)] == [world.persons["south.a"].pk]


@pytest.mark.parametrize(
    ("name", "count"),
    [("north.standing_officer", 1), ("north.unit_officer", 1), ("north.office_officer", 0), ("north.reviewer", 0)],
)
def test_households_and_groups(world: World, name: str, count: int) -> None:
    rows = list(Household.objects.visible_to(world.user(name)))
    assert rows == [world.households["north.a.hamlet"]][:count]
    groups = list(Subject.objects.visible_to(world.user(name)))
    assert groups == ([world.groups["north.a"]] if name == "north.standing_officer" else [])


def test_roles_are_seen_from_above_and_one_s_own(world: World) -> None:
    seen = Membership.objects.visible_to(world.user("north.unit_officer"))
    assert {row.user.username for row in seen} == {"north.unit_officer", "north.unit_head"}
    own = Membership.objects.visible_to(world.user("north.reviewer"))
    assert {row.user.username for row in own} == {"north.reviewer"}
    assert {row.to.username for row in Delegation.objects.visible_to(world.user("deputy"))} == {"deputy", "late_deputy"}
    assert not Delegation.objects.visible_to(world.user("north.reviewer")).exists()


def test_scope_is_that_of_the_business_day(world: World) -> None:
    eve = REFORM.replace(year=2025, month=6, day=30)
    with clock.on_day(eve):
        assert not Unit.objects.visible_to(world.user("north.standing_officer")).exists(), "not yet in office"
        province = world.user("north.province_standing_officer")
        reached = {row["unit"] for row in seat_of(province).readable_units()}
        assert world.keys_of(reached) == {"north.province"} | OLD | B


def test_user_with_roles_in_two_places_acts_in_each_by_its_own_role(world: World) -> None:
    """Officer in one unit and head in another: drafts in both, sends in one."""
    user = world.user("north.office_officer")
    Membership.objects.create(user=user, role="unit_head", unit=world.unit("north.b.office"), valid_from=REFORM)
    user = world.user("north.office_officer")
    held = Membership.objects.get(user=user, role="unit_officer")
    other = Membership.objects.get(user=user, role="unit_head")
    assert user.has_perm("campaigns.edit_pledge", held)
    assert user.has_perm("campaigns.send_pledge", other)
    assert not user.has_perm("campaigns.send_pledge", held)
