"""Every page of the room opens for whom it is meant, and its list shows exactly the visible rows."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.units.factories import AppointmentFactory, GroupFactory, HouseholdFactory, MembershipFactory
from tests.units.world import World
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


@pytest.mark.parametrize("count", [1, 3, 30])
@pytest.mark.parametrize(
    ("url", "queries"),
    [("unit_list", 12), ("person_list", 12), ("household_list", 12), ("group_list", 11), ("membership_list", 10)],
)
def test_list_query_count(world: World, count: int, url: str, queries: int, django_assert_num_queries: Any) -> None:
    add_rows(world, count)
    client = client_of(world, "north.standing_officer")
    client.get(reverse("units:unit_list"))
    with django_assert_num_queries(queries):
        assert client.get(reverse(f"units:{url}")).status_code == 200


def add_rows(world: World, count: int) -> None:
    office = world.unit("north.a.office")
    for _ in range(count):
        AppointmentFactory(person__organiser=office, unit=office)
        HouseholdFactory(unit=office)
        GroupFactory(organiser=office)
        MembershipFactory(unit=office)
