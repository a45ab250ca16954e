"""Which roles must have a second factor: the setting of the floor below, filled from here."""

from datetime import timedelta

import pytest
from django.conf import settings

from accounts.second_factor_rule import is_required
from core import clock
from tests.factories import UserFactory
from tests.units.world import World
from units.models import Membership
from units.seats import forget_seat

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DEFAULT = ["administrator", "standing_officer", "approver"]


@pytest.mark.parametrize(
    ("name", "required"),
    [
        ("north.standing_officer", True),
        ("north.approver", True),
        ("administrator", True),
        ("north.unit_officer", False),
        ("north.unit_head", False),
        ("north.observer", False),
        ("nobody", False),
    ],
)
def test_standing_officers_approvers_and_administrators_must(
    world: World, name: str, required: bool, settings: settings
) -> None:
    """A9 (ASVS 6.3.3), with the default of production."""
    settings.SECOND_FACTOR_ROLES = DEFAULT
    assert is_required(world.user(name)) is required


def test_roles_count_from_their_day_to_their_end(world: World, settings: settings) -> None:
    """A25 (ASVS 8.3.2)."""
    settings.SECOND_FACTOR_ROLES = DEFAULT
    user = world.user("north.approver")
    Membership.objects.filter(user=user).update(valid_to=clock.today())
    forget_seat(user)
    assert not is_required(user)


def test_deputy_of_an_approver_must_too(world: World, settings: settings) -> None:
    settings.SECOND_FACTOR_ROLES = DEFAULT
    deputy = UserFactory()
    membership = Membership.objects.filter(user=world.user("north.approver")).first()
    assert membership is not None
    assert not is_required(deputy)
    membership.delegations.create(to=deputy, valid_from=clock.today(), valid_to=clock.today() + timedelta(days=3))
    forget_seat(deputy)
    assert is_required(deputy)
