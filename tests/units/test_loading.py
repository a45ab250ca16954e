from datetime import date
from pathlib import Path

import pytest

import units
from core import clock
from tests.factories import UserFactory
from tests.units.factories import MembershipFactory
from units.models import Person, Unit
from units.naming import full_name, masthead, office_name
from units.queries import having
from units.reach import reach_of
from units.services.loading import BadFile, load_people, load_units

pytestmark = pytest.mark.django_db
FOLDER = Path(units.__file__).parent / "demo_data"
EVE, REFORM = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def loaded() -> dict[str, Unit]:
    return load_units(FOLDER / "chau_thanh.toml", actor=None)


def test_district_has_its_communes_and_codes_before_the_reform(loaded: dict[str, Unit]) -> None:
    below = reach_of([loaded["chau-thanh"].pk], on=EVE)
    rows = Unit.objects.filter(pk__in=below, kind="commune").named_on(EVE).in_official_order()
    assert [(row.name_then, row.code_then) for row in rows] == [
        ("Thị trấn Châu Thành", "31569"), ("Xã Hồ Đắc Kiện", "31570"), ("Xã Phú Tâm", "31573"),
        ("Xã Thuận Hòa", "31576"), ("Xã Phú Tân", "31582"), ("Xã Thiện Mỹ", "31585"), ("Xã An Hiệp", "31594"),
        ("Xã An Ninh", "31600"),
    ]  # fmt: skip


def test_four_communes_come_after_the_eight(loaded: dict[str, Unit]) -> None:
    rows = Unit.objects.open_on(REFORM).filter(kind="commune").in_official_order()
    found = {row.name: (row.code, {s.predecessor.name for s in row.precessions.all()}) for row in rows}
    assert found == {
        "Xã Phú Tâm": ("31569", {"Thị trấn Châu Thành", "Xã Phú Tâm"}),
        "Xã Hồ Đắc Kiện": ("31570", {"Xã Hồ Đắc Kiện", "Xã Thiện Mỹ"}),
        "Xã Thuận Hòa": ("31582", {"Xã Phú Tân", "Xã Thuận Hòa"}),
        "Xã An Ninh": ("31594", {"Xã An Hiệp", "Xã An Ninh"}),
    }
    assert not Unit.objects.open_on(REFORM).filter(level="district").exists()


def test_loading_again_changes_nothing(loaded: dict[str, Unit]) -> None:
    load_people(FOLDER / "people.toml", loaded, actor=None)
    before = (Unit.objects.count(), Person.objects.count())
    again = load_units(FOLDER / "chau_thanh.toml", actor=None)
    load_people(FOLDER / "people.toml", again, actor=None)
    assert (Unit.objects.count(), Person.objects.count()) == before
    assert again == loaded


def test_units_are_named_in_full_as_they_stood(loaded: dict[str, Unit]) -> None:
    district, commune = loaded["chau-thanh"], loaded["can-tho.ho-dac-kien"]
    assert office_name(district, date(2024, 10, 20)) == "UBND huyện Châu Thành, tỉnh Sóc Trăng"
    assert office_name(district, date(2025, 7, 15)) == "UBND huyện Châu Thành, tỉnh Sóc Trăng"
    assert full_name(commune, REFORM) == "Xã Hồ Đắc Kiện, thành phố Cần Thơ"
    office = loaded["chau-thanh.noi-vu"]
    assert office_name(office, EVE) == "Phòng Nội vụ, huyện Châu Thành, tỉnh Sóc Trăng"
    hamlet = loaded["ho-dac-kien.ap-dac-luc"]
    assert full_name(hamlet, EVE) == "Ấp Đắc Lực, xã Hồ Đắc Kiện, huyện Châu Thành, tỉnh Sóc Trăng"
    assert full_name(hamlet, REFORM) == "Ấp Đắc Lực, xã Hồ Đắc Kiện, thành phố Cần Thơ"


def test_masthead_names_the_office_of_the_user_s_unit(loaded: dict[str, Unit]) -> None:
    user = MembershipFactory(unit=loaded["chau-thanh"]).user
    with clock.on_day(date(2024, 10, 20)):
        assert masthead(user) == "UBND huyện Châu Thành, tỉnh Sóc Trăng"
    assert masthead(UserFactory()) == ""


@pytest.mark.parametrize("words", ["chau thanh", "CHÂU THÀNH", "thanh chau", "châu  thành"])
def test_search_finds_the_district_and_the_town(loaded: dict[str, Unit], words: str) -> None:
    found = set(having(Unit.objects.all(), words).values_list("name", flat=True))
    assert {"Huyện Châu Thành", "Thị trấn Châu Thành", "Ấp Châu Thành"} <= found
    assert "Xã Phú Tâm" not in found


def test_file_with_a_hole_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "units.toml"
    path.write_text(
        '[[unit]]\nkey = "a"\nname = "Xã A"\nkind = "commune"\nlevel = "commune"\nparent = "b"\nopened = 2024-01-01\n',
        encoding="utf-8",
    )
    with pytest.raises(BadFile, match="'b'"):
        load_units(path, actor=None)
    assert not Unit.objects.exists()
