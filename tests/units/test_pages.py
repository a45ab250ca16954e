"""Every page of the room opens for whom it is meant, and its list shows exactly the visible rows."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.units.world import World
from units.models import Delegation, Membership, Person, Unit
from units.services.appointments import appoint
from units.services.units import rename_unit

pytestmark = pytest.mark.django_db


def client_of(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.user(name))
    return client


LISTS = ("unit_list", "person_list", "household_list", "group_list", "membership_list")


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize("name", ["north.standing_officer", "north.unit_officer", "north.reviewer", "north.observer"])
def test_lists_open(world: World, url: str, name: str) -> None:
    response = client_of(world, name).get(reverse(f"units:{url}"))
    assert response.status_code == 200
    assert "south" not in response.content.decode()


@pytest.mark.parametrize("name", ["unit_create", "unit_succession", "membership_create", "person_create"])
def test_forms_open_for_whom_they_are_meant(world: World, name: str) -> None:
    who = "north.commune_officer" if name == "person_create" else "administrator"
    assert client_of(world, who).get(reverse(f"units:{name}")).status_code == 200
    assert client_of(world, "north.reviewer").get(reverse(f"units:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["unit_detail", "unit_edit", "unit_rename", "unit_move", "unit_close"])
def test_pages_of_a_unit_open_for_the_administrator(world: World, name: str) -> None:
    address = reverse(f"units:{name}", args=[world.unit("north.a").pk])
    assert client_of(world, "administrator").get(address).status_code == 200
    if name != "unit_detail":
        assert client_of(world, "north.commune_head").get(address).status_code == 403
    assert client_of(world, "south.commune_head").get(address).status_code == 404


PERSON_PAGES = ("person_detail", "person_edit", "person_identity", "person_reveal", "person_merge", "person_appoint")


@pytest.mark.parametrize("name", PERSON_PAGES)
def test_pages_of_a_person(world: World, name: str) -> None:
    address = reverse(f"units:{name}", args=[world.persons["north.a.hamlet"].pk])
    assert client_of(world, "north.unit_officer").get(address).status_code == 200
    for other in ("south.unit_officer", "north.office_officer", "administrator", "north.b_standing_officer"):
        assert client_of(world, other).get(address).status_code in {403, 404}, other
    refused = client_of(world, "north.observer").get(address).status_code
    assert refused == (200 if name == "person_detail" else 403)


def test_person_who_served_in_a_unit_that_ended_is_read_by_its_successor(world: World) -> None:
    address = reverse("units:person_detail", args=[world.persons["north.retired"].pk])
    assert client_of(world, "north.commune_officer").get(address).status_code == 200
    assert client_of(world, "north.unit_officer").get(address).status_code == 404


@pytest.mark.parametrize("url", ["unit_suggest", "person_suggest", "subject_suggest"])
def test_suggestions_stay_inside_the_scope(world: World, url: str) -> None:
    found = client_of(world, "north.standing_officer").get(reverse(f"units:{url}"), {"q": "a"}).json()["results"]
    assert found
    assert "south" not in str(found)


def test_search_without_accents_tells_units_of_the_same_name_apart(world: World) -> None:
    page = client_of(world, "administrator").get(reverse("units:unit_list"), {"q": "chau thanh"}).content.decode()
    assert page.count("Xã Châu Thành") >= 2
    assert "Tỉnh North" in page
    assert "Tỉnh South" in page
    assert "Phường Long Đức" not in page.split("<tbody>")[1]


def test_list_shows_units_as_they_stood_on_a_day(world: World) -> None:
    client = client_of(world, "administrator")
    body = client.get(reverse("units:unit_list"), {"on": "30/06/2025", "state": "open"}).content.decode()
    rows = body.split("<tbody>")[1]
    assert "Xã Phú Mỹ" in rows
    assert "Xã Châu Thành" not in rows


def test_signed_out_is_sent_to_sign_in(client: Client, world: World) -> None:
    for url in LISTS:
        assert client.get(reverse(f"units:{url}")).status_code == 302


def test_old_name_finds_the_unit(world: World) -> None:
    rename_unit(unit_id=world.unit("north.b").pk, name="Phường Sông Hậu", on=date(2024, 1, 1), actor=None)
    page = client_of(world, "administrator").get(reverse("units:unit_list"), {"q": "long duc"}).content.decode()
    assert "Phường Sông Hậu" in page


def test_history_of_a_person_reads_in_words(world: World) -> None:
    """Names of changes that are no columns of a person must be words too, and days written the Vietnamese way."""
    person = world.persons["north.a.hamlet"]
    appoint(
        person_id=person.pk, unit=world.unit("north.a.hamlet"), post="Trưởng ấp", valid_from=date(2025, 8, 1),
        subject_class="direct", actor=None,
    )  # fmt: skip
    page = client_of(world, "north.unit_officer").get(reverse("units:person_detail", args=[person.pk]))
    text = page.content.decode()
    assert "01/08/2025" in text
    assert "2025-08-01" not in text
    assert "Valid from" not in text
    assert "Từ ngày" in text


def post(client: Client, name: str, args: list[int], **data: Any) -> Any:
    return client.post(reverse(f"units:{name}", args=args), {"_once": "k" * 20, **data})


def test_identity_number_is_shown_once_and_never_stored_in_the_page(world: World) -> None:
    person = world.persons["north.a.hamlet"]
    client = client_of(world, "north.unit_officer")
    assert post(client, "person_identity", [person.pk], identity="094185001234", version="0").status_code == 302
    detail = client.get(reverse("units:person_detail", args=[person.pk])).content.decode()
    assert "094185001234" not in detail
    refused = post(client, "person_reveal", [person.pk], reason="")
    assert "094185001234" not in refused.content.decode()
    answer = client.post(reverse("units:person_reveal", args=[person.pk]), {"reason": "Lập danh sách", "_once": "x"})
    assert "094185001234" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    again = client.post(reverse("units:person_reveal", args=[person.pk]), {"reason": "Lập danh sách", "_once": "x"})
    assert again.status_code == 303, "going back and sending again shows nothing"
    assert "Lập danh sách" in client.get(reverse("units:person_detail", args=[person.pk])).content.decode()


def test_person_is_entered_with_a_post_by_form(world: World) -> None:
    client, unit = client_of(world, "north.unit_officer"), world.unit("north.a.hamlet")
    page = client.get(reverse("units:person_create")).content.decode()
    assert 'type="hidden" name="another"' in page, "the question comes up only where it arises"
    given = {
        "honorific": "Bà", "name": "Sơn Thị Rotha", "birth_year": "1990", "organiser": unit.pk, "post": "Trưởng ấp",
        "subject_class": "direct", "valid_from": "01/08/2025",
    }  # fmt: skip
    answer = client.post(reverse("units:person_create"), given)
    person = Person.objects.get(name="Sơn Thị Rotha")
    assert answer.url == reverse("units:person_detail", args=[person.pk])
    assert person.appointments.get().valid_from == date(2025, 8, 1)
    again = client.post(reverse("units:person_create"), given)
    assert again.status_code == 200
    assert 'type="checkbox" name="another"' in again.content.decode()
    outside = client.post(reverse("units:person_create"), {**given, "organiser": world.unit("north.b").pk})
    assert outside.status_code == 200
    assert Person.objects.filter(name="Sơn Thị Rotha").count() == 1


def test_unit_is_entered_renamed_moved_and_closed_by_forms(world: World) -> None:
    client = client_of(world, "administrator")
    given = {
        "name": "Ấp Mới", "kind": "hamlet", "level": "base", "official_order": "9", "opened_on": "01/01/2026",
        "parent": world.unit("north.a").pk,
    }  # fmt: skip
    assert client.post(reverse("units:unit_create"), given).status_code == 302
    unit = Unit.objects.get(name="Ấp Mới")
    client.post(
        reverse("units:unit_rename", args=[unit.pk]), {"name": "Ấp Đổi", "on": "01/02/2026", "version": unit.version}
    )
    unit.refresh_from_db()
    client.post(
        reverse("units:unit_move", args=[unit.pk]),
        {"parent": world.unit("north.b").pk, "on": "01/03/2026", "version": unit.version},
    )
    unit.refresh_from_db()
    assert (unit.name, unit.parent) == ("Ấp Đổi", world.unit("north.b"))
    stale = client.post(reverse("units:unit_close", args=[unit.pk]), {"on": "01/04/2026", "version": 0})
    assert stale.status_code == 409
    client.post(reverse("units:unit_close", args=[unit.pk]), {"on": "01/04/2026", "version": unit.version})
    unit.refresh_from_db()
    assert unit.closed_on == date(2026, 4, 1)


def test_role_is_granted_and_ended_by_forms(world: World) -> None:
    client, user = client_of(world, "administrator"), world.users["nobody"]
    client.post(
        reverse("units:membership_create"),
        {"user": user.pk, "role": "unit_head", "unit": world.unit("north.b").pk, "valid_from": "01/01/2026"},
    )
    row = Membership.objects.get(user=user)
    assert client.get(reverse("units:membership_detail", args=[row.pk])).status_code == 200
    answer = client.post(
        reverse("units:membership_end", args=[row.pk]), {"on": "01/02/2026", "reason": "Nghỉ hưu", "version": "0"}
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.valid_to == date(2026, 2, 1)


def test_holder_names_and_recalls_a_deputy_by_forms(world: World) -> None:
    client = client_of(world, "north.unit_head")
    row = Membership.objects.get(user=world.users["north.unit_head"])
    deputy = world.users["north.unit_officer"]
    client.post(
        reverse("units:delegation_create", args=[row.pk]),
        {"to": deputy.pk, "valid_from": "01/01/2026", "valid_to": "01/02/2026"},
    )
    made = Delegation.objects.get(to=deputy)
    other = client_of(world, "north.commune_officer")
    assert other.get(reverse("units:delegation_end", args=[made.pk])).status_code == 403
    assert client_of(world, "south.unit_head").get(reverse("units:delegation_end", args=[made.pk])).status_code == 404
    given = {"on": "15/01/2026", "reason": "Đã về", "version": "0"}
    assert client.post(reverse("units:delegation_end", args=[made.pk]), given).status_code == 302
    made.refresh_from_db()
    assert made.valid_to == date(2026, 1, 15)


def test_post_is_ended_only_where_one_has_the_right(world: World) -> None:
    person = world.persons["north.a.hamlet"]
    held = person.appointments.get()
    address = reverse("units:appointment_end", args=[person.pk, held.pk])
    assert client_of(world, "north.observer").post(address, {"on": "01/01/2026"}).status_code == 403
    stranger = world.persons["north.a.office"].appointments.get()
    mixed = reverse("units:appointment_end", args=[person.pk, stranger.pk])
    assert client_of(world, "north.unit_officer").post(mixed, {"on": "01/01/2026"}).status_code == 404
    assert client_of(world, "north.unit_officer").post(address, {"on": "01/01/2026"}).status_code == 302
    held.refresh_from_db()
    assert held.valid_to == date(2026, 1, 1)


def test_succession_is_recorded_by_form(world: World) -> None:
    client = client_of(world, "administrator")
    given = {
        "kind": "replace", "predecessors": [world.unit("north.b.office").pk],
        "successors": [world.unit("north.a.office").pk], "on": "01/05/2026", "carry_people": "on",
    }  # fmt: skip
    assert client.post(reverse("units:unit_succession"), given).status_code == 302
    held = world.persons["north.b.office"].appointments.order_by("valid_from").last()
    assert held.unit == world.unit("north.a.office")


def test_suggestions_of_accounts_are_colleagues_only(world: World) -> None:
    address = reverse("units:account_suggest")
    found = client_of(world, "north.unit_head").get(address, {"q": "unit"}).json()["results"]
    assert {row["note"] for row in found} == {"north.unit_head", "north.unit_officer"}
    assert client_of(world, "nobody").get(address, {"q": "unit"}).json()["results"] == []


def test_a_succession_begins_from_the_page_of_the_unit_that_was(world: World) -> None:
    client, unit = client_of(world, "administrator"), world.unit("north.a")
    address = f"{reverse('units:unit_succession')}?unit={unit.pk}"
    assert address in client.get(reverse("units:unit_detail", args=[unit.pk])).content.decode()
    page = client.get(address).content.decode()
    assert page.count(f'<option value="{unit.pk}" selected>') == 1
    assert (
        " selected>"
        not in client.get(reverse("units:unit_succession"), {"unit": "x"})
        .content.decode()
        .split('name="predecessors"')[1]
        .split("</select>")[0]
    )
