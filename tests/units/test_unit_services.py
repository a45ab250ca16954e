from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from core import audit, clock
from core.errors import MovedOn, NotAllowed, ServiceError
from tests.units.factories import AppointmentFactory, HouseholdFactory, MembershipFactory, PersonFactory, UnitFactory
from tests.units.world import World
from units.models import Household, Person, Unit, UnitParent
from units.services.successions import record_succession
from units.services.units import close_unit, create_unit, edit_unit, move_unit, rename_unit
from units.ticks import follow_the_day

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DAY = date(2024, 7, 1)
EVE = DAY - timedelta(days=1)


def test_new_unit_has_its_name_place_and_keys() -> None:
    top = UnitFactory(name="Tỉnh Sóc Trăng", kind="province", level="province")
    unit = UnitFactory(name="  Xã  Hồ Đắc Kiện ", code="31570", parent=top)
    assert (unit.name, unit.code, unit.parent) == ("Xã Hồ Đắc Kiện", "31570", top)
    assert "ho dac kien" in unit.search
    assert "31570" in unit.search
    assert audit.entries_for(unit).get().action == "unit.created"


def test_rename_keeps_the_earlier_name_for_earlier_days() -> None:
    unit = UnitFactory(name="Xã Cũ", code="1")
    rename_unit(unit_id=unit.pk, name="Phường Mới", code="2", on=DAY, document="NQ 1", actor=None)
    unit.refresh_from_db()
    assert (unit.name_on(EVE), unit.name_on(DAY), unit.name) == ("Xã Cũ", "Phường Mới", "Phường Mới")
    row = Unit.objects.named_on(EVE).get(pk=unit.pk)
    assert (row.name_then, row.code_then) == ("Xã Cũ", "1")
    assert "xa cu" in unit.search, "a former name still finds the unit"


def test_rename_between_two_names_ends_where_the_later_one_begins() -> None:
    unit = UnitFactory(name="Một")
    rename_unit(unit_id=unit.pk, name="Ba", on=date(2024, 1, 1), actor=None)
    rename_unit(unit_id=unit.pk, name="Hai", on=date(2022, 1, 1), actor=None)
    periods = list(unit.names.order_by("valid_from").values_list("name", "valid_to"))
    assert periods == [("Một", date(2022, 1, 1)), ("Hai", date(2024, 1, 1)), ("Ba", None)]


def test_second_name_from_the_same_day_is_refused_at_the_day() -> None:
    unit = UnitFactory()
    with pytest.raises(ServiceError) as refusal:
        rename_unit(unit_id=unit.pk, name="Khác", on=unit.opened_on, actor=None)
    assert refusal.value.field == "on"


def test_code_may_come_back_after_its_unit_but_not_beside_it() -> None:
    town = UnitFactory(name="Thị trấn Châu Thành", code="31569")
    new = UnitFactory(name="Xã Phú Tâm", code="31569", opened_on=DAY)
    record_succession(kind="merge", predecessors=[town], successors=[new], on=DAY, actor=None)
    on_eve = Unit.objects.named_on(EVE).filter(names__code="31569", names__valid_from__lte=EVE)
    assert [unit.name for unit in on_eve] == ["Thị trấn Châu Thành"]
    with pytest.raises(ServiceError) as refusal:
        UnitFactory(name="Xã Khác", code="31569", opened_on=date(2022, 1, 1))
    assert refusal.value.field == "code"


def test_unit_cannot_be_put_below_itself() -> None:
    top = UnitFactory(name="Trên")
    middle = UnitFactory(name="Giữa", parent=top)
    low = UnitFactory(name="Dưới", parent=middle)
    for parent in (low, middle, top):
        with pytest.raises(ServiceError) as refusal:
            move_unit(unit_id=top.pk, parent=parent, on=DAY, actor=None)
        assert refusal.value.field == "parent"


def test_circle_that_would_close_only_later_is_refused() -> None:
    """`low` moves under `top` next year; `top` may not go below `low` from this year on."""
    top, low = UnitFactory(name="A"), UnitFactory(name="B")
    move_unit(unit_id=low.pk, parent=top, on=date(2025, 1, 1), actor=None)
    with pytest.raises(ServiceError):
        move_unit(unit_id=top.pk, parent=low, on=DAY, actor=None)
    move_unit(unit_id=top.pk, parent=UnitFactory(name="C"), on=DAY, actor=None)


def test_unit_with_units_below_does_not_cease() -> None:
    top = UnitFactory()
    UnitFactory(parent=top, name="Ấp Một")
    with pytest.raises(ServiceError, match="Ấp Một"):
        close_unit(unit_id=top.pk, on=DAY, actor=None)


def test_end_of_a_unit_ends_posts_and_roles() -> None:
    unit = UnitFactory()
    post = AppointmentFactory(unit=unit)
    role = MembershipFactory(unit=unit)
    close_unit(unit_id=unit.pk, on=DAY, roles_end_on=DAY + timedelta(days=90), actor=None)
    for row in (unit, post, role):
        row.refresh_from_db()
    assert (unit.closed_on, post.valid_to, role.valid_to) == (DAY, DAY, DAY + timedelta(days=90))
    assert unit.names.get().valid_to == DAY
    assert unit.name, "a closed unit is still called by its last name"


def test_closed_unit_is_not_renamed_moved_or_closed_again() -> None:
    unit, other = UnitFactory(), UnitFactory()
    close_unit(unit_id=unit.pk, on=DAY, actor=None)
    with pytest.raises(ServiceError):
        rename_unit(unit_id=unit.pk, name="Khác", on=DAY, actor=None)
    with pytest.raises(ServiceError):
        move_unit(unit_id=unit.pk, parent=other, on=DAY, actor=None)
    with pytest.raises(ServiceError):
        close_unit(unit_id=unit.pk, on=DAY, actor=None)
    with pytest.raises(ServiceError):
        UnitFactory(parent=unit, opened_on=DAY)


def test_end_before_a_later_entry_is_refused() -> None:
    unit = UnitFactory()
    rename_unit(unit_id=unit.pk, name="Sau", on=DAY, actor=None)
    with pytest.raises(ServiceError) as refusal:
        close_unit(unit_id=unit.pk, on=EVE, actor=None)
    assert refusal.value.field == "on"


def test_stale_page_does_not_overwrite() -> None:
    unit = UnitFactory()
    shown = unit.version
    rename_unit(unit_id=unit.pk, name="Mới", on=DAY, version=shown, actor=None)
    with pytest.raises(MovedOn):
        move_unit(unit_id=unit.pk, parent=UnitFactory(), on=DAY, version=shown, actor=None)


def test_correction_changes_the_last_name_and_says_what_changed() -> None:
    unit = UnitFactory(name="Xã Hồ Dắc Kiện")
    edit_unit(
        unit_id=unit.pk, kind="commune", level="commune", official_order=3, name="Xã Hồ Đắc Kiện", short_name="",
        code="", actor=None,
    )  # fmt: skip
    unit.refresh_from_db()
    assert (unit.name, unit.official_order) == ("Xã Hồ Đắc Kiện", 3)
    entry = audit.entries_for(unit).first()
    assert entry.changes == {"name": ["Xã Hồ Dắc Kiện", "Xã Hồ Đắc Kiện"], "official_order": [0, 3]}


def test_merger_hands_over_units_records_and_people() -> None:
    old, other = UnitFactory(name="Xã Thiện Mỹ"), UnitFactory(name="Xã Hồ Đắc Kiện")
    hamlet = UnitFactory(name="Ấp Mỹ Đức", parent=old)
    post = AppointmentFactory(person__organiser=old, unit=old, post="Công chức")
    household = HouseholdFactory(unit=old)
    new = UnitFactory(name="Xã Hồ Đắc Kiện", opened_on=DAY)
    record_succession(kind="merge", predecessors=[old, other], successors=[new], on=DAY, carry_people=True, actor=None)
    for row in (old, other, hamlet):
        row.refresh_from_db()
    assert (old.closed_on, other.closed_on, hamlet.parent) == (DAY, DAY, new)
    assert hamlet.parent_on(EVE) == old
    assert Person.objects.get(pk=post.person_id).organiser == new
    assert Household.objects.get(pk=household.pk).unit == new
    places = list(post.person.appointments.order_by("valid_from").values_list("unit", "valid_to"))
    assert places == [(old.pk, DAY), (new.pk, None)]


def test_division_asks_for_the_heir() -> None:
    whole, one, two = UnitFactory(), UnitFactory(), UnitFactory()
    with pytest.raises(ServiceError) as refusal:
        record_succession(kind="split", predecessors=[whole], successors=[one, two], on=DAY, actor=None)
    assert refusal.value.field == "heir"


def test_unit_does_not_succeed_itself() -> None:
    unit = UnitFactory()
    with pytest.raises(ServiceError):
        record_succession(kind="merge", predecessors=[unit], successors=[unit], on=DAY, actor=None)


def test_only_the_administrator_sets_units_up(world: World) -> None:
    for name in ("north.standing_officer", "north.commune_head", "nobody"):
        with pytest.raises(NotAllowed):
            create_unit(
                kind="hamlet", level="base", name="Ấp Mới", opened_on=clock.today(), parent=world.unit("north.a"),
                actor=world.user(name),
            )  # fmt: skip
    made = create_unit(
        kind="hamlet", level="base", name="Ấp Mới", opened_on=clock.today(), parent=world.unit("north.a"),
        actor=world.user("administrator"),
    )  # fmt: skip
    assert audit.entries_for(made).get().actor == world.users["administrator"]


def test_rebuild_units_finds_and_mends_what_is_stale(world: World) -> None:
    call_command("rebuild_units", "--check")
    Unit.objects.filter(pk=world.unit("north.a").pk).update(code="sai")
    UnitParent.objects.filter(unit=world.unit("north.a.office")).delete()
    with pytest.raises(CommandError):
        call_command("rebuild_units", "--check")
    call_command("rebuild_units")
    call_command("rebuild_units", "--check")
    assert Unit.objects.get(pk=world.unit("north.a").pk).code == "N10"


def test_name_of_the_future_is_shown_only_from_its_day() -> None:
    unit = UnitFactory(name="Nay")
    rename_unit(unit_id=unit.pk, name="Mai", on=clock.real_today() + timedelta(days=1), actor=None)
    unit.refresh_from_db()
    assert unit.name == "Nay"
    unit.names.filter(name="Mai").update(valid_from=clock.real_today())
    unit.names.filter(name="Nay").update(valid_to=clock.real_today())
    assert follow_the_day() == 1
    unit.refresh_from_db()
    assert (unit.name, unit.search) == ("Mai", "nay · mai")


def test_person_factory_and_household_belong_where_they_say() -> None:
    person = PersonFactory()
    assert person.unit_ids == {person.organiser_id}
