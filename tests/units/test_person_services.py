from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core import audit
from core.errors import MovedOn, NotAllowed, ServiceError
from tests.factories import UserFactory
from tests.units.factories import AppointmentFactory, HouseholdFactory, PersonFactory, UnitFactory
from tests.units.world import World
from units.models import Person, Subject
from units.queries import find_subjects
from units.services import identity
from units.services.appointments import appoint, end_appointment
from units.services.households import create_household, edit_household
from units.services.persons import SUBJECT_MERGERS, SameName, create_person, edit_person, merge_persons
from units.services.subjects import create_group, rename_group, subject_by_ref, subject_for

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NUMBER = "094185001234"


def test_person_needs_only_a_name() -> None:
    monk = create_person(organiser=UnitFactory(), honorific="Hòa thượng", name="Danh Nhưỡng", actor=None)
    assert str(monk) == "Hòa thượng Danh Nhưỡng"
    assert monk.unit_ids == {monk.organiser_id}


def test_names_sort_by_the_given_name() -> None:
    unit = UnitFactory()
    for name in ("Nguyễn Văn Ân", "Trần Bình", "Lê Áng", "Kim An"):
        PersonFactory(organiser=unit, name=name)
    ordered = list(Person.objects.by_given_name().values_list("name", flat=True))
    assert ordered == ["Kim An", "Lê Áng", "Nguyễn Văn Ân", "Trần Bình"]


def test_year_follows_the_date_and_must_agree_with_it() -> None:
    unit = UnitFactory()
    person = create_person(organiser=unit, name="Lý Hà", birth_date=date(1980, 5, 1), actor=None)
    assert person.birth_year == 1980
    with pytest.raises(ServiceError) as refusal:
        create_person(organiser=unit, name="Lý Hà", birth_date=date(1980, 5, 1), birth_year=1981, actor=None)
    assert refusal.value.field == "birth_year"
    with pytest.raises(ServiceError):
        create_person(organiser=unit, name="Lý Hà", birth_year=2999, actor=None)


def test_same_name_and_year_must_be_said_to_be_another(world: World) -> None:
    actor, unit = world.user("north.unit_officer"), world.unit("north.a.hamlet")
    known = world.persons["north.a.hamlet"]
    with pytest.raises(SameName):
        create_person(organiser=unit, name=known.name.lower(), birth_year=known.birth_year, actor=actor)
    create_person(organiser=unit, name=known.name, birth_year=known.birth_year, another=True, actor=actor)
    create_person(organiser=unit, name=known.name, birth_year=1950, actor=actor)


def test_same_name_elsewhere_is_not_given_away(world: World) -> None:
    """Else the warning would tell who is on record in another's unit."""
    hidden = world.persons["south.a"]
    create_person(
        organiser=world.unit("north.a.hamlet"), name=hidden.name, birth_year=hidden.birth_year,
        actor=world.user("north.unit_officer"),
    )  # fmt: skip


def test_rights_over_persons_follow_the_unit(world: World) -> None:
    person = world.persons["north.a.hamlet"]
    values: dict[str, Any] = {
        "name": "Lý Thị Mới", "honorific": "Bà", "birth_year": 1985, "birth_date": None, "residence": "",
    }  # fmt: skip
    for name in ("north.unit_officer", "north.commune_head", "north.standing_officer", "deputy"):
        edit_person(person_id=person.pk, actor=world.user(name), **{**values, "name": f"Lý Thị {name}"})
    for name in ("north.observer", "north.approver"):
        with pytest.raises(NotAllowed):
            edit_person(person_id=person.pk, actor=world.user(name), **values)
        with pytest.raises(NotAllowed):
            create_person(organiser=world.unit("north.a.hamlet"), name="Lý Thị Mới", actor=world.user(name))
    for name in ("south.unit_officer", "north.office_officer", "administrator", "former", "north.reviewer"):
        with pytest.raises(Person.DoesNotExist):
            edit_person(person_id=person.pk, actor=world.user(name), **values)


def test_successor_reads_persons_of_the_old_unit_and_its_own_keeper_writes(world: World) -> None:
    retired = world.persons["north.retired"]
    assert world.user("north.commune_officer").has_perm("units.manage_person", retired), "kept by the commune"
    old_only = PersonFactory(organiser=world.unit("north.old"))
    assert Person.objects.visible_to(world.user("north.commune_officer")).filter(pk=old_only.pk).exists()
    assert not world.user("north.commune_officer").has_perm("units.manage_person", old_only)


def test_edit_from_a_stale_page_is_refused() -> None:
    person = PersonFactory()
    values: dict[str, Any] = {"honorific": "", "birth_year": None, "birth_date": None, "residence": ""}
    edit_person(person_id=person.pk, name="Một", version=0, actor=None, **values)
    with pytest.raises(MovedOn):
        edit_person(person_id=person.pk, name="Hai", version=0, actor=None, **values)


# --- Identity numbers ---


def test_number_is_stored_ciphered_and_found_by_its_code() -> None:
    person = PersonFactory()
    identity.set_identity(person_id=person.pk, number=" 094 185 001 234 ", actor=None)
    person.refresh_from_db()
    assert NUMBER not in person.id_cipher
    assert identity.decipher(person.id_cipher) == NUMBER
    assert person.id_hmac == identity.match_code(NUMBER)
    assert NUMBER not in str(list(Person.objects.values()))


def test_two_people_do_not_share_a_number() -> None:
    identity.set_identity(person_id=PersonFactory().pk, number=NUMBER, actor=None)
    with pytest.raises(ServiceError) as refusal:
        identity.set_identity(person_id=PersonFactory().pk, number=NUMBER, actor=None)
    assert refusal.value.field == "identity"
    assert NUMBER not in str(refusal.value)


@pytest.mark.parametrize("typed", ["12345", "94185001234", "abc", "0941850012345", "٠٩٤١٨٥٠٠١٢٣٤"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ServiceError) as refusal:
        identity.normal_number(typed)
    assert refusal.value.field == "identity"


def test_reading_needs_a_right_and_a_reason_and_leaves_a_trace(world: World) -> None:
    person = world.persons["north.a.hamlet"]
    identity.set_identity(person_id=person.pk, number=NUMBER, actor=world.user("north.unit_officer"))
    reader = world.user("north.unit_head")
    with pytest.raises(ServiceError):
        identity.read_identity(person_id=person.pk, reason="  ", actor=reader)
    with pytest.raises(NotAllowed):
        identity.read_identity(person_id=person.pk, reason="Xem", actor=world.user("north.observer"))
    with pytest.raises(Person.DoesNotExist):
        identity.read_identity(person_id=person.pk, reason="Xem", actor=world.user("south.unit_head"))
    assert not audit.entries_for(person).filter(action="person.identity_read").exists()
    assert identity.read_identity(person_id=person.pk, reason="Lập danh sách", actor=reader) == NUMBER
    entry = audit.entries_for(person).filter(action="person.identity_read").get()
    assert (entry.actor, entry.reason) == (reader, "Lập danh sách")
    assert NUMBER not in str(list(audit.entries_for(person).values()))


def test_number_of_another_key_is_said_to_be_unreadable(settings: Any) -> None:
    text = identity.cipher(NUMBER)
    settings.FIELD_KEY = "another-key"
    with pytest.raises(identity.UnreadableIdentity):
        identity.decipher(text)


# --- Doubles ---


def test_double_gives_everything_to_the_record_kept() -> None:
    kept, double = PersonFactory(), PersonFactory(user=UserFactory())
    post = AppointmentFactory(person=double)
    household = HouseholdFactory(head=double)
    identity.set_identity(person_id=double.pk, number=NUMBER, actor=None)
    subject = subject_for(person=double)
    merge_persons(kept_id=kept.pk, double_id=double.pk, reason="Trùng", actor=None)
    for row in (kept, double, post, household, subject):
        row.refresh_from_db()
    assert (post.person, household.head, subject.person) == (kept, kept, kept)
    assert identity.decipher(kept.id_cipher) == NUMBER
    assert kept.user is not None
    assert (double.merged_into, double.user, double.id_hmac) == (kept, None, None)
    assert list(Person.objects.live()) == [kept]
    assert subject_for(person=double) == subject


def test_merging_two_subjects_is_told_to_the_floors_above() -> None:
    told = []
    SUBJECT_MERGERS.add("test", lambda kept, double: told.append((kept, double)))
    try:
        kept, double = PersonFactory(), PersonFactory()
        mine, theirs = subject_for(person=kept), subject_for(person=double)
        merge_persons(kept_id=kept.pk, double_id=double.pk, reason="Trùng", actor=None)
    finally:
        del SUBJECT_MERGERS._entries["test"]
    assert told == [(mine, theirs)]


def test_people_of_different_numbers_are_not_one() -> None:
    kept, double = PersonFactory(), PersonFactory()
    identity.set_identity(person_id=kept.pk, number=NUMBER, actor=None)
    identity.set_identity(person_id=double.pk, number="094185009999", actor=None)
    with pytest.raises(ServiceError) as refusal:
        merge_persons(kept_id=kept.pk, double_id=double.pk, reason="Trùng", actor=None)
    assert refusal.value.field == "double"


# --- Posts ---


def test_same_post_twice_at_a_time_is_refused_and_another_post_is_not() -> None:
    person, unit = PersonFactory(), UnitFactory()
    given: dict[str, Any] = {"person_id": person.pk, "unit": unit, "subject_class": "direct", "actor": None}
    appoint(post="Phó Chủ tịch", valid_from=date(2021, 1, 1), valid_to=date(2023, 1, 1), **given)
    with pytest.raises(ServiceError) as refusal:
        appoint(post="Phó Chủ tịch", valid_from=date(2022, 12, 31), **given)
    assert refusal.value.field == "valid_from"
    appoint(post="Phó Chủ tịch", valid_from=date(2023, 1, 1), **given)
    appoint(post="Bí thư chi bộ", valid_from=date(2022, 1, 1), **given)


def test_post_needs_an_existing_unit_and_a_right_there(world: World) -> None:
    person = world.persons["north.a.hamlet"]
    given: dict[str, Any] = {"person_id": person.pk, "post": "Trưởng ấp", "subject_class": "direct"}
    with pytest.raises(ServiceError) as refusal:
        appoint(unit=world.unit("north.old"), valid_from=date(2025, 8, 1), actor=None, **given)
    assert refusal.value.field == "valid_from"
    with pytest.raises(NotAllowed):
        appoint(
            unit=world.unit("north.b"), valid_from=date(2025, 8, 1), actor=world.user("north.unit_officer"), **given
        )


def test_end_of_a_post_is_checked_and_recorded() -> None:
    post = AppointmentFactory()
    with pytest.raises(ServiceError) as refusal:
        end_appointment(appointment_id=post.pk, on=post.valid_from, actor=None)
    assert refusal.value.field == "on"
    end_appointment(appointment_id=post.pk, on=date(2024, 1, 1), actor=None)
    with pytest.raises(ServiceError):
        end_appointment(appointment_id=post.pk, on=date(2024, 6, 1), actor=None)
    assert audit.entries_for(post.person).first().action == "person.post_ended"


# --- Households, groups, subjects ---


def test_household_may_not_be_put_where_one_has_no_right(world: World) -> None:
    actor, household = world.user("north.unit_officer"), world.households["north.a.hamlet"]
    edit_household(
        household_id=household.pk, unit=world.unit("north.a.hamlet"), name="Hộ bà Sơn Thị Rotha", head=None, actor=actor
    )
    with pytest.raises(NotAllowed):
        edit_household(household_id=household.pk, unit=world.unit("north.b.hamlet"), name="Hộ", head=None, actor=actor)
    with pytest.raises(NotAllowed):
        create_household(unit=world.unit("north.b.hamlet"), name="Hộ", actor=actor)


def test_group_names_are_unique_within_their_keeper() -> None:
    unit = UnitFactory()
    made = create_group(organiser=unit, name="Nhân dân và cán bộ xã An Ninh", group_kind="people", actor=None)
    other = create_group(organiser=unit, name="Vợ chồng ông bà Quách", group_kind="couple", actor=None)
    for name in (made.group_name, "nhân dân và cán bộ  XÃ An Ninh"):
        with pytest.raises(ServiceError) as refusal:
            create_group(organiser=unit, name=name, group_kind="people", actor=None)
        assert refusal.value.field == "name"
    create_group(organiser=unit, name="Nhân dân và cán bộ xã Ấn Ninh", group_kind="people", actor=None)
    with pytest.raises(ServiceError):
        rename_group(subject_id=other.pk, name=made.group_name, group_kind="people", actor=None)


def test_subject_is_one_for_each_record() -> None:
    person = PersonFactory()
    assert subject_for(person=person) == subject_for(person=person)
    assert Subject.objects.count() == 1
    with pytest.raises(ValueError, match="exactly one"):
        subject_for()


@pytest.mark.parametrize("broken", ["two", "none", "group without name", "group with person"])
def test_database_refuses_a_subject_of_two_things_or_none(broken: str) -> None:
    person, unit = PersonFactory(), UnitFactory()
    rows: dict[str, dict[str, Any]] = {
        "two": {"kind": "person", "person": person, "unit": unit},
        "none": {"kind": "unit"},
        "group without name": {"kind": "group", "organiser": unit},
        "group with person": {"kind": "group", "organiser": unit, "group_name": "X", "person": person},
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Subject.objects.create(**rows[broken])


def test_search_over_subjects_tells_people_of_one_name_apart(world: World) -> None:
    unit = world.unit("north.a.hamlet")
    for year in (1970, 1990):
        PersonFactory(organiser=unit, name="Đặng Thị Hoà", birth_year=year, residence="Ấp Hòa Long")
    actor = world.user("north.unit_officer")
    found = find_subjects(actor, "dang hòa", day=date(2025, 8, 1), kinds=["person"])
    assert [(row.text, row.note) for row in found] == [
        ("Đặng Thị Hoà", "1970 · Ấp Hòa Long"),
        ("Đặng Thị Hoà", "1990 · Ấp Hòa Long"),
    ]
    assert subject_by_ref(found[0].ref, actor=actor).printed_name == "Đặng Thị Hoà"


def test_choice_outside_the_scope_is_refused(world: World) -> None:
    actor = world.user("north.unit_officer")
    hidden = (
        f"person:{world.persons['south.a'].pk}",
        f"unit:{world.unit('south.a').pk}",
        f"household:{world.households['south.a.hamlet'].pk}",
        f"group:{world.groups['south.a'].pk}",
        "person:abc", "person:", "user:1", "",
    )  # fmt: skip
    for ref in hidden:
        with pytest.raises(ServiceError):
            subject_by_ref(ref, actor=actor)
