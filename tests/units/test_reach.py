from datetime import date, timedelta

import pytest

from core import clock
from tests.units.factories import UnitFactory
from tests.units.world import REFORM, World
from units.models import Unit, UnitParent, UnitReach
from units.reach import above, line_of, reach_of
from units.services.reach import differences, rebuild_reach
from units.services.successions import record_succession
from units.services.units import close_unit, move_unit

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def names(rows) -> set[str]:
    return set(Unit.objects.filter(pk__in=rows).values_list("name", flat=True))


def test_province_reaches_everything_below_and_nothing_of_the_other_side(world: World) -> None:
    reached = {row["unit"] for row in reach_of([world.unit("north.province").pk], on=clock.today())}
    assert world.keys_of(reached) == {key for key in world.units if key.startswith("north.")}


def test_successor_reaches_what_its_predecessor_left(world: World) -> None:
    a = world.unit("north.a").pk
    read = {row["unit"] for row in reach_of([a], on=clock.today())}
    assert world.keys_of(read) == {"north.a", "north.a.office", "north.a.hamlet", "north.old", "north.old.hamlet"}
    write = {row["unit"] for row in line_of([a], on=clock.today())}
    assert world.keys_of(write) == {"north.a", "north.a.office", "north.a.hamlet"}


def test_reach_is_asked_as_of_a_day(world: World) -> None:
    eve = REFORM - timedelta(days=1)
    province = [world.unit("north.province").pk]
    assert "north.a" not in world.keys_of(row["unit"] for row in reach_of(province, on=eve))
    assert "north.old.hamlet" in world.keys_of(row["unit"] for row in line_of(province, on=eve))
    assert "north.old.hamlet" not in world.keys_of(row["unit"] for row in line_of(province, on=REFORM))


def test_units_above_are_those_of_the_line(world: World) -> None:
    found = {row["ancestor"] for row in above([world.unit("north.a.hamlet").pk], on=clock.today())}
    assert world.keys_of(found) == {"north.a.hamlet", "north.a", "north.province"}


def test_unit_moved_elsewhere_leaves_the_reach_on_that_day() -> None:
    one, other = UnitFactory(), UnitFactory()
    child = UnitFactory(parent=one)
    day = date(2024, 1, 1)
    move_unit(unit_id=child.pk, parent=other, on=day, actor=None)
    assert names(reach_of([one.pk], on=day - timedelta(days=1))) == {one.name, child.name}
    assert names(reach_of([one.pk], on=day)) == {one.name}
    assert names(reach_of([other.pk], on=day)) == {other.name, child.name}


def test_heir_alone_reaches_the_unit_that_lives_on_after_a_division() -> None:
    """Otherwise the other successor would read what the unit writes from now on."""
    whole, first, second = UnitFactory(name="Xã Cũ"), UnitFactory(name="Xã Một"), UnitFactory(name="Xã Hai")
    hamlet = UnitFactory(name="Ấp Giữa", parent=whole)
    day = date(2024, 6, 1)
    record_succession(kind="split", predecessors=[whole], successors=[first, second], heir=second, on=day, actor=None)
    assert names(reach_of([first.pk], on=day)) == {"Xã Một", "Xã Cũ"}
    assert names(reach_of([second.pk], on=day)) == {"Xã Hai", "Xã Cũ", "Ấp Giữa"}
    assert names(line_of([second.pk], on=day)) == {"Xã Hai", "Ấp Giữa"}
    assert hamlet.parent_on(day) == second


def test_part_separated_gives_the_new_unit_nothing_of_the_old_one() -> None:
    whole, part = UnitFactory(name="Xã Lớn"), UnitFactory(name="Xã Mới")
    record_succession(kind="split_off", predecessors=[whole], successors=[part], on=date(2024, 6, 1), actor=None)
    assert names(reach_of([part.pk], on=clock.today())) == {"Xã Mới"}
    whole.refresh_from_db()
    assert whole.closed_on is None
    close_unit(unit_id=whole.pk, on=date(2024, 9, 1), actor=None)
    assert names(reach_of([part.pk], on=clock.today())) == {"Xã Mới"}, "nor when the old one ends later"


def test_succession_is_followed_through_several_reforms() -> None:
    first, second, third = UnitFactory(name="Một"), UnitFactory(name="Hai"), UnitFactory(name="Ba")
    record_succession(kind="replace", predecessors=[first], successors=[second], on=date(2022, 1, 1), actor=None)
    record_succession(kind="replace", predecessors=[second], successors=[third], on=date(2024, 1, 1), actor=None)
    assert names(reach_of([third.pk], on=date(2024, 1, 1))) == {"Một", "Hai", "Ba"}
    assert names(reach_of([third.pk], on=date(2023, 12, 31))) == {"Ba"}


def test_unit_closed_without_successor_stays_readable_from_above() -> None:
    top = UnitFactory(name="Trên")
    child = UnitFactory(name="Dưới", parent=top)
    close_unit(unit_id=child.pk, on=date(2024, 1, 1), actor=None)
    assert names(reach_of([top.pk], on=date(2024, 1, 1))) == {"Trên", "Dưới"}
    assert names(line_of([top.pk], on=date(2024, 1, 1))) == {"Trên"}


def test_rebuild_changes_nothing_that_is_right_and_mends_what_is_wrong(world: World) -> None:
    assert rebuild_reach() == 0
    UnitReach.objects.filter(ancestor=world.unit("north.province")).delete()
    UnitReach.objects.create(ancestor=world.unit("north.a"), unit=world.unit("south.a"), via="line", valid_from=REFORM)
    missing, surplus = differences()
    assert missing
    assert len(surplus) == 1
    rebuild_reach()
    assert differences() == ([], [])


def test_rebuild_of_a_whole_country_takes_few_queries(django_assert_max_num_queries) -> None:
    top = UnitFactory(name="Tỉnh")
    units = Unit.objects.bulk_create(
        Unit(kind="commune", level="commune", name=f"Xã {n}", opened_on=date(2020, 1, 1)) for n in range(400)
    )
    UnitParent.objects.bulk_create(UnitParent(unit=unit, parent=top, valid_from=date(2020, 1, 1)) for unit in units)
    with django_assert_max_num_queries(12):
        assert rebuild_reach() == 800
