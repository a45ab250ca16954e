from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from core import audit, clock
from core.errors import NotAllowed, ServiceError
from tests.factories import UserFactory
from tests.units.factories import MembershipFactory, UnitFactory
from tests.units.world import World
from units.enums import Role
from units.invariants import dated
from units.models import Delegation, Membership
from units.permissions import At
from units.services.memberships import OPEN_WORK, OpenWork, delegate, end_delegation, end_role, grant_role
from units.services.units import close_unit
from units.tables import period_chip

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def day(offset: int = 0) -> Any:
    return clock.today() + timedelta(days=offset)


def test_role_is_granted_and_works_at_once(world: World) -> None:
    user, unit = world.user("nobody"), world.unit("north.a")
    assert not user.has_perm("campaigns.write_campaign")
    row = grant_role(
        user=user, role=Role.STANDING_OFFICER, unit=unit, valid_from=day(), document="QĐ 12",
        actor=world.user("administrator"),
    )  # fmt: skip
    assert user.has_perm("campaigns.write_campaign", At(unit.pk)), "the same object, in the same request"
    entry = audit.entries_for(row).get()
    assert (entry.action, entry.reason, entry.organiser_id) == ("membership.granted", "QĐ 12", unit.pk)


def test_only_the_administrator_grants_and_never_to_itself(world: World) -> None:
    given: dict[str, Any] = {"role": Role.UNIT_HEAD, "unit": world.unit("north.a"), "valid_from": day()}
    with pytest.raises(NotAllowed):
        grant_role(user=world.user("nobody"), actor=world.user("north.standing_officer"), **given)
    administrator = world.user("administrator")
    with pytest.raises(ServiceError) as refusal:
        grant_role(user=administrator, actor=administrator, **given)
    assert refusal.value.field == "user"


def test_administrators_and_disabled_accounts_hold_no_role(world: World) -> None:
    for user in (UserFactory(is_administrator=True), world.user("disabled")):
        with pytest.raises(ServiceError) as refusal:
            grant_role(user=user, role=Role.APPROVER, unit=world.unit("north.a"), valid_from=day(), actor=None)
        assert refusal.value.field == "user"


def test_same_role_twice_at_a_time_is_refused() -> None:
    row = MembershipFactory(valid_to=day(10))
    given: dict[str, Any] = {"user": row.user, "role": row.role, "unit": row.unit, "actor": None}
    with pytest.raises(ServiceError) as refusal:
        grant_role(valid_from=day(9), **given)
    assert refusal.value.field == "valid_from"
    grant_role(valid_from=day(10), **given)


def test_role_needs_a_unit_in_operation() -> None:
    unit = UnitFactory()
    close_unit(unit_id=unit.pk, on=day(), actor=None)
    with pytest.raises(ServiceError):
        grant_role(user=UserFactory(), role=Role.UNIT_HEAD, unit=unit, valid_from=day(), actor=None)


def test_role_that_ended_gives_nothing_from_that_day() -> None:
    row = MembershipFactory(role=Role.UNIT_HEAD)
    end_role(membership_id=row.pk, on=day(), reason="Nghỉ hưu", actor=None)
    user = User.objects.get(pk=row.user_id)
    assert not user.has_perm("campaigns.send_pledge")
    with clock.on_day(day(-1)):
        assert user.has_perm("campaigns.send_pledge")


@pytest.fixture
def work() -> Iterator[list[Any]]:
    """One open task hangs on every role; what is handed over is noted."""
    handed: list[Any] = []
    entry = OpenWork("Hồ sơ", lambda row: 1, lambda row, to, actor: handed.append((row.pk, to)))
    OPEN_WORK.add("test", entry)
    yield handed
    del OPEN_WORK._entries["test"]


def test_open_work_needs_somebody_who_receives_it(work: list[Any]) -> None:
    row = MembershipFactory(role=Role.REVIEWER)
    with pytest.raises(ServiceError) as refusal:
        end_role(membership_id=row.pk, on=day(), reason="Chuyển công tác", actor=None)
    assert refusal.value.field == "receiver"
    receiver = UserFactory()
    end_role(membership_id=row.pk, on=day(), reason="Chuyển công tác", receiver=receiver, actor=None)
    assert work == [(row.pk, receiver)]


def test_open_work_may_stay_where_somebody_else_holds_the_role(work: list[Any]) -> None:
    row = MembershipFactory(role=Role.UNIT_OFFICER)
    MembershipFactory(role=Role.UNIT_OFFICER, unit=row.unit)
    end_role(membership_id=row.pk, on=day(), reason="Chuyển công tác", actor=None)
    assert work == []


def test_holder_names_a_deputy_for_some_days(world: World) -> None:
    head, deputy = world.user("north.office_head"), world.user("nobody")
    row = Membership.objects.get(user=head)
    delegate(membership_id=row.pk, to=deputy, valid_from=day(), valid_to=day(3), document="Giấy ủy quyền", actor=head)
    assert deputy.has_perm("campaigns.send_pledge", row)
    assert audit.entries_for(row).first().action == "delegation.made"


def test_nobody_else_names_a_deputy(world: World) -> None:
    row = Membership.objects.get(user=world.users["north.office_head"])
    given: dict[str, Any] = {"to": world.user("nobody"), "valid_from": day(), "valid_to": day(3)}
    with pytest.raises(NotAllowed):
        delegate(membership_id=row.pk, actor=world.user("north.commune_head"), **given)
    with pytest.raises(Membership.DoesNotExist):
        delegate(membership_id=row.pk, actor=world.user("south.office_head"), **given)


@pytest.mark.parametrize("wrong", ["itself", "administrator", "too long", "backwards", "twice"])
def test_delegation_is_checked_at_its_field(wrong: str) -> None:
    row = MembershipFactory(role=Role.UNIT_HEAD, valid_to=day(30))
    deputy = UserFactory()
    delegate(membership_id=row.pk, to=deputy, valid_from=day(), valid_to=day(5), actor=None)
    to = {"itself": row.user, "administrator": UserFactory(is_administrator=True), "twice": deputy}.get(wrong)
    end = {"too long": day(31), "backwards": day(1)}.get(wrong, day(4))
    fields = {"itself": "to", "administrator": "to", "backwards": "valid_to"}
    with pytest.raises(ServiceError) as refusal:
        delegate(membership_id=row.pk, to=to or UserFactory(), valid_from=day(1), valid_to=end, actor=None)
    assert refusal.value.field == fields.get(wrong, "valid_from")


def test_recalled_deputy_may_nothing_more(world: World) -> None:
    row = Delegation.objects.get(to=world.users["deputy"])
    with pytest.raises(NotAllowed):
        end_delegation(delegation_id=row.pk, on=day(), reason="Đã về", actor=world.user("north.commune_head"))
    end_delegation(delegation_id=row.pk, on=day(), reason="Đã về", actor=world.user("north.unit_head"))
    assert not world.user("deputy").has_perm("campaigns.send_pledge")


def test_a_role_granted_by_mistake_ends_the_same_day_and_may_be_granted_again() -> None:
    user, unit, administrator = UserFactory(), UnitFactory(), UserFactory(is_administrator=True)
    given: dict[str, Any] = {"user": user, "role": Role.APPROVER, "unit": unit, "valid_from": day()}
    row = grant_role(**given, actor=administrator)
    with pytest.raises(ServiceError) as refusal:
        end_role(membership_id=row.pk, on=day(-1), reason="Nhầm người", actor=administrator)
    assert refusal.value.field == "on"
    row = end_role(membership_id=row.pk, on=day(), reason="Nhầm người", actor=administrator)
    assert (row.withdrawn, row.over_on(day()), user.has_perm("awards.decide_nomination")) == (True, True, False)
    again = grant_role(**given, actor=administrator)
    assert user.has_perm("awards.decide_nomination", At(unit.pk))
    assert list(dated()) == []
    assert [entry.action for entry in (audit.entries_for(row)[0], audit.entries_for(again)[0])] == [
        "membership.ended", "membership.granted",
    ]  # fmt: skip


def test_a_deputy_is_recalled_before_the_first_day() -> None:
    row, deputy = MembershipFactory(role=Role.UNIT_HEAD), UserFactory()
    given: dict[str, Any] = {"membership_id": row.pk, "to": deputy, "valid_from": day(5), "valid_to": day(9)}
    made = delegate(**given, actor=row.user)
    with pytest.raises(ServiceError, match=r"Chỉ bắt đầu từ ngày") as refusal:
        end_delegation(delegation_id=made.pk, on=day(), reason="Không đi nữa", actor=row.user)
    assert refusal.value.field == "on"
    made = end_delegation(delegation_id=made.pk, on=day(5), reason="Không đi nữa", actor=row.user)
    assert "Đã rút" in period_chip(made, day())
    with clock.on_day(day(6)):
        assert not Delegation.objects.on(clock.today()).exists()
    delegate(**{**given, "valid_from": day(3)}, actor=row.user)
