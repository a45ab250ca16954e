"""What holds on which day, and who decides: on the days where it changes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from catalogue.enums import AuthorityLevel, Mark
from catalogue.models import AwardType, AwardVersion, LegalValue
from catalogue.queries import authority_level_of, authority_on, award_versions_on, terms_on, value_on, version_on
from catalogue.services import check_authority, load_catalogue
from catalogue.services.authority import WithoutAuthority
from core.clock import on_day
from tests.catalogue.factories import AwardAuthorityFactory, AwardVersionFactory, LegalValueFactory
from tests.units.factories import UnitFactory
from tests.units.world import World
from units.enums import UnitKind, UnitLevel

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

DAY = timedelta(days=1)
SWITCH = date(2025, 7, 1)


@pytest.fixture
def law(db: None) -> None:
    load_catalogue()


def award(code: str, day: date) -> AwardVersion:
    version = version_on(AwardType.objects.get(code=code), day)
    assert version is not None
    return version


# --- Values ---


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2019, 6, 30), None),
        (date(2019, 7, 1), 1490000),
        (date(2023, 6, 30), 1490000),
        (date(2023, 7, 1), 1800000),
        (date(2024, 6, 30), 1800000),
        (date(2024, 7, 1), 2340000),
        (date(2026, 6, 30), 2340000),
    ],
)
def test_base_salary_by_the_day(law: None, day: date, amount: int | None) -> None:
    salary = value_on("base_salary", day)
    assert (salary.value if salary else None) == amount


def test_a_rise_whose_decree_was_not_found_leaves_no_figure(law: None) -> None:
    salary = value_on("base_salary", date(2026, 7, 1))
    assert salary is not None
    assert salary.is_open
    assert salary.mark == Mark.PARTLY


def test_unknown_code_has_no_value(law: None) -> None:
    assert value_on("no.such", SWITCH) is None


def test_the_nearest_local_value_goes_before_the_national_one(world: World) -> None:
    day = date(2026, 1, 1)
    LegalValueFactory(code="cap", value=10)
    province = LegalValueFactory(code="cap", value=20, scope=world.unit("north.province"))
    assert value_on("cap", day).value == 10
    assert value_on("cap", day, world.unit("north.a.hamlet")) == province
    own = LegalValueFactory(code="cap", value=30, scope=world.unit("north.a"), valid_from=day)
    assert value_on("cap", day, world.unit("north.a.hamlet")) == own
    assert value_on("cap", day - DAY, world.unit("north.a.hamlet")) == province
    assert value_on("cap", day, world.unit("north.b")) == province
    assert value_on("cap", day, world.unit("south.a")).value == 10


@pytest.mark.parametrize(
    ("name", "scopes"),
    [
        ("north.unit_officer", {None, "north.a", "north.province"}),
        ("north.standing_officer", {None, "north.a", "north.province"}),
        ("north.b_head", {None, "north.b", "north.province"}),
        ("north.province_observer", {None, "north.province"}),
        ("nobody", {None}),
        ("administrator", {None, "north.a", "north.b", "north.province", "south.a"}),
    ],
)
def test_local_values_are_seen_below_their_committee(world: World, name: str, scopes: set[str | None]) -> None:
    LegalValueFactory()
    for key in ("north.a", "north.b", "north.province", "south.a"):
        LegalValueFactory(scope=world.unit(key))
    seen = LegalValue.objects.visible_to(world.user(name))
    assert {None if row.scope is None else next(iter(world.keys_of([row.scope]))) for row in seen} == scopes


# --- Awards ---


def test_the_communes_letter_doubled_on_the_switch_day(law: None) -> None:
    for day, coefficient in ((SWITCH - DAY, "0.15"), (SWITCH, "0.3")):
        person = award("giay-khen-xa", day).subjects.get(kind="person")
        assert person.coefficient == Decimal(coefficient)
        assert person.binds


@pytest.mark.parametrize(
    ("code", "before", "since"),
    [
        ("cstd-co-so", {"district", "agency", "enterprise"}, {"commune", "agency", "enterprise"}),
        ("lao-dong-tien-tien", {"district", "commune", "agency", "enterprise"}, {"commune", "agency", "enterprise"}),
        ("tap-the-lao-dong-tien-tien", {"district", "agency", "enterprise"}, {"commune", "agency", "enterprise"}),
        ("thon-van-hoa", {"district"}, {"commune"}),
        ("gia-dinh-van-hoa", {"commune"}, {"commune"}),
        ("xa-tieu-bieu", {"province"}, {"province"}),
        ("giay-khen-huyen", {"district"}, set()),
        ("giay-khen-xa", {"commune"}, {"commune"}),
    ],
)
def test_who_decides_before_and_since_the_switch_day(law: None, code: str, before: set[str], since: set[str]) -> None:
    award_type = AwardType.objects.get(code=code)
    assert {entry.level for entry in authority_on(award_type, SWITCH - DAY)} == before
    assert {entry.level for entry in authority_on(award_type, SWITCH)} == since


def test_the_name_is_the_days(law: None) -> None:
    assert award("xa-tieu-bieu", SWITCH - DAY).name == "Xã, phường, thị trấn tiêu biểu"
    assert award("xa-tieu-bieu", SWITCH).name == "Xã, phường, đặc khu tiêu biểu"


def test_awards_by_recipient_level_and_nature(law: None) -> None:
    def codes(day: date, **wanted: str) -> list[str]:
        return [version.type.code for version in award_versions_on(day, **wanted)]

    assert codes(SWITCH, subject_kind="household", nature="title") == ["gia-dinh-van-hoa"]
    commune = codes(SWITCH, organiser_level="commune", subject_kind="person")
    assert commune == ["cstd-co-so", "lao-dong-tien-tien", "giay-khen-xa"]
    district = codes(SWITCH - DAY, organiser_level="district", subject_kind="person")
    assert district == ["cstd-co-so", "lao-dong-tien-tien", "giay-khen-huyen"]
    assert codes(SWITCH, organiser_level="district") == []
    assert codes(date(2023, 12, 31)) == []
    assert len(codes(SWITCH)) == len(set(codes(SWITCH))) == 36


def test_awards_of_a_day_cost_a_constant_number_of_queries(law: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        for version in award_versions_on(SWITCH):
            assert version.type.code
            assert [line.text for line in version.subjects.all()]
            assert [line.text for line in version.authorities.all()]


def test_terms_in_their_order(law: None) -> None:
    assert [term.code for term in terms_on("form_of_emulation", SWITCH)] == ["regular", "thematic"]
    assert not terms_on("form_of_emulation", date(2023, 12, 31)).exists()


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        (UnitKind.PROVINCE, AuthorityLevel.PROVINCE),
        (UnitKind.DISTRICT, AuthorityLevel.DISTRICT),
        (UnitKind.COMMUNE, AuthorityLevel.COMMUNE),
        (UnitKind.AGENCY, AuthorityLevel.AGENCY),
        (UnitKind.SCHOOL, AuthorityLevel.AGENCY),
        (UnitKind.COOPERATIVE, AuthorityLevel.ENTERPRISE),
    ],
)
def test_level_of_a_unit(kind: UnitKind, level: AuthorityLevel) -> None:
    assert authority_level_of(UnitFactory(kind=kind, level=UnitLevel.COMMUNE)) == level


# --- Authority of a decision ---


@pytest.mark.parametrize("machine_day", [date(2024, 10, 20), date(2025, 7, 15), date(2030, 1, 1)])
def test_the_district_decides_until_the_eve_whatever_the_clock(law: None, machine_day: date) -> None:
    letter = award("giay-khen-huyen", SWITCH - DAY)
    fighter = award("cstd-co-so", SWITCH - DAY)
    with on_day(machine_day), translation.override("vi"):
        for version in (letter, fighter):
            entry = check_authority(AuthorityLevel.DISTRICT, version, SWITCH - DAY)
            assert entry is not None
            assert entry.level == AuthorityLevel.DISTRICT
            with pytest.raises(WithoutAuthority) as caught:
                check_authority(AuthorityLevel.DISTRICT, version, SWITCH)
            assert "NĐ 129/2025/NĐ-CP" in str(caught.value)
            assert "✔ Đã đối chiếu" in str(caught.value)
            assert caught.value.field == "signed_on"


def test_the_commune_decides_what_the_district_did(law: None) -> None:
    fighter = award("cstd-co-so", SWITCH - DAY)
    assert check_authority(AuthorityLevel.COMMUNE, fighter, SWITCH) is not None
    with pytest.raises(WithoutAuthority, match="Luật Thi đua, khen thưởng 2022"):
        check_authority(AuthorityLevel.COMMUNE, fighter, SWITCH - DAY)


def test_a_level_that_is_not_named_is_refused_only_by_checked_entries(law: None) -> None:
    with pytest.raises(WithoutAuthority):
        check_authority(AuthorityLevel.COMMUNE, award("xa-tieu-bieu", SWITCH), SWITCH)
    certificate = award("bang-khen-tinh", SWITCH)
    assert not certificate.authorities.get().binds
    assert check_authority(AuthorityLevel.COMMUNE, certificate, SWITCH) is None
    entry = check_authority(AuthorityLevel.PROVINCE, certificate, SWITCH)
    assert entry is not None
    assert entry.mark == Mark.UNCHECKED


def test_an_award_before_the_catalogue_begins_is_not_judged(law: None) -> None:
    assert check_authority(AuthorityLevel.DISTRICT, award("cstd-co-so", SWITCH), date(2023, 12, 31)) is None


def test_an_ended_award_is_refused_an_unchecked_end_is_not() -> None:
    version = AwardVersionFactory(valid_to=SWITCH)
    AwardAuthorityFactory(version=version)
    assert check_authority(AuthorityLevel.COMMUNE, version, SWITCH - DAY) is not None
    with pytest.raises(WithoutAuthority, match="01/07/2025"):
        check_authority(AuthorityLevel.COMMUNE, version, SWITCH)
    AwardVersion.objects.filter(pk=version.pk).update(mark=Mark.UNCHECKED)
    assert check_authority(AuthorityLevel.COMMUNE, version, SWITCH) is None


def test_an_unchecked_limit_of_a_level_refuses_nothing() -> None:
    version = AwardVersionFactory()
    AwardAuthorityFactory(version=version, level="agency")
    limit = LegalValueFactory(code="authority.agency", value=0, mark=Mark.UNCHECKED)
    assert check_authority(AuthorityLevel.AGENCY, version, SWITCH) is not None
    LegalValue.objects.filter(pk=limit.pk).update(mark=Mark.PARTLY)
    with pytest.raises(WithoutAuthority):
        check_authority(AuthorityLevel.AGENCY, version, SWITCH)
