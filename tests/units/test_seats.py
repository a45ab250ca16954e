from datetime import timedelta

import pytest

from core import clock
from tests.units.world import REFORM, World
from units.enums import Role
from units.grants import ADMINISTRATOR, GRANTS, permissions
from units.models import Membership
from units.permissions import At
from units.seats import forget_seat, seat_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_seat_of_a_unit_officer_holds_the_unit_and_nothing_else(world: World) -> None:
    seat = seat_of(world.user("north.unit_officer"))
    assert world.keys_of(seat.unit_ids) == {"north.a.hamlet"}
    assert seat.organiser_unit_ids == frozenset()
    assert world.keys_of(seat.subtree_ids) == {"north.a.hamlet"}
    assert seat.may("campaigns.edit_pledge", At(world.unit("north.a.hamlet").pk))
    assert not seat.may("campaigns.edit_pledge", At(world.unit("north.a.office").pk))
    assert not seat.may("campaigns.send_pledge", At(world.unit("north.a.hamlet").pk))


def test_commune_head_acts_for_the_units_below(world: World) -> None:
    seat = seat_of(world.user("north.commune_head"))
    assert world.keys_of(seat.subtree_ids) == {"north.a", "north.a.office", "north.a.hamlet"}
    assert seat.may("campaigns.send_report", At(world.unit("north.a.office").pk))
    assert not seat.may("campaigns.send_report", At(world.unit("north.old").pk)), "succession reads, never writes"


def test_organiser_side_is_the_committee_itself(world: World) -> None:
    officer = world.user("north.standing_officer")
    assert officer.has_perm("campaigns.launch_campaign", At(world.unit("north.a").pk))
    for other in ("north.b", "north.province", "north.a.office", "south.a"):
        assert not officer.has_perm("campaigns.launch_campaign", At(world.unit(other).pk)), other


class Given:
    """A record given to one user by name."""

    def __init__(self, user: object) -> None:
        self.user = user

    def is_assigned_to(self, user: object) -> bool:
        return user == self.user


def test_assigned_side_asks_the_record(world: World) -> None:
    reviewer, other = world.user("north.reviewer"), world.user("south.reviewer")
    assert reviewer.has_perm("awards.appraise_nomination", Given(reviewer))
    assert not other.has_perm("awards.appraise_nomination", Given(reviewer))


@pytest.mark.parametrize("name", ["nobody", "disabled", "former", "late_deputy"])
def test_who_holds_no_role_today_may_nothing(world: World, name: str) -> None:
    user = world.user(name)
    assert [permission for permission in permissions() if user.has_perm(permission)] == []
    assert seat_of(user).known_unit_ids == frozenset()


def test_deputy_holds_what_the_head_holds(world: World) -> None:
    at = At(world.unit("north.a.hamlet").pk)
    assert world.user("deputy").has_perm("campaigns.send_pledge", at)
    with clock.on_day(clock.today() + timedelta(days=6)):
        assert not world.user("deputy").has_perm("campaigns.send_pledge", at)


def test_deputy_falls_with_the_role_itself(world: World) -> None:
    Membership.objects.filter(user=world.users["north.unit_head"]).update(valid_to=clock.today())
    assert not world.user("deputy").has_perm("campaigns.send_pledge", At(world.unit("north.a.hamlet").pk))


def test_moved_user_acts_where_they_are_now(world: World) -> None:
    seat = seat_of(world.user("moved"))
    assert world.keys_of(seat.unit_ids) == {"north.b.office"}
    with clock.on_day(REFORM):
        assert world.keys_of(seat_of(world.user("moved")).unit_ids) == {"north.a.office"}


def test_seat_follows_the_business_day_on_one_user_object(world: World) -> None:
    user = world.user("moved")
    now = seat_of(user).unit_ids
    with clock.on_day(REFORM):
        assert seat_of(user).unit_ids != now
    assert seat_of(user).unit_ids == now


def test_seat_is_loaded_once_until_forgotten(world: World, django_assert_num_queries) -> None:
    user = world.user("north.commune_head")
    at = At(world.unit("north.a.office").pk)
    with django_assert_num_queries(3):  # roles, deputised roles, the units below
        for _ in range(3):
            user.has_perm("campaigns.send_pledge", at)
    with django_assert_num_queries(0):
        user.has_perm("awards.send_submission", at)
    forget_seat(user)
    with django_assert_num_queries(2):
        seat_of(user)


def test_administrator_has_its_own_row_and_decides_nothing(world: World) -> None:
    user = world.user("administrator")
    held = {permission for permission in permissions() if user.has_perm(permission)}
    assert held == set(ADMINISTRATOR)
    assert not any(name.startswith(("campaigns.", "awards.")) for name in held)


def test_every_role_has_its_row() -> None:
    assert set(GRANTS) == set(Role)


@pytest.mark.parametrize(
    ("role", "permission"),
    [
        (Role.UNIT_OFFICER, "campaigns.send_pledge"),
        (Role.UNIT_OFFICER, "campaigns.decide_joining"),
        (Role.UNIT_HEAD, "campaigns.take_in_pledge"),
        (Role.REVIEWER, "awards.decide_nomination"),
        (Role.STANDING_OFFICER, "awards.decide_nomination"),
        (Role.APPROVER, "campaigns.write_campaign"),
        (Role.APPROVER, "awards.enter_decision"),
        (Role.OBSERVER, "campaigns.take_in_report"),
        (Role.INDICATOR_OFFICE, "campaigns.take_in_report"),
    ],
)
def test_roles_are_kept_apart(role: Role, permission: str) -> None:
    assert permission not in GRANTS[role]
