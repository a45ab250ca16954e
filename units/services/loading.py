"""Units and persons read from a file of facts: the demo, and a new installation's first list."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import User
from units.enums import SubjectClass
from units.models import Appointment, Household, Person, Subject, Succession, Unit, UnitName, UnitParent
from units.permissions import require
from units.services.appointments import appoint
from units.services.households import create_household
from units.services.persons import create_person
from units.services.subjects import create_group
from units.services.successions import record_succession
from units.services.units import MANAGE, add_unit, close_unit, settle


class BadFile(ValueError):
    """The file does not hold together; the message names the entry."""


@transaction.atomic
def load_units(path: Path, *, actor: User | None) -> dict[str, Unit]:
    """Enter the units and successions of a TOML file; what is there already is left as it is.

    Returns the units by their key in the file. Raises BadFile for a parent or successor that no entry
    names. Running it again changes nothing.
    """
    require(actor, MANAGE)
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    units: dict[str, Unit] = {}
    added = []
    for position, entry in enumerate(facts.get("unit", []), start=1):
        above = named(units, entry.get("parent"), entry)
        unit = known_unit(entry, above)
        if unit is None:
            unit = enter_unit(entry, above, position=position, actor=actor)
            added.append(unit.pk)
        units[entry["key"]] = unit
    settle(added)
    happened = [*facts.get("succession", []), *facts.get("closure", [])]
    for entry in sorted(happened, key=lambda e: (e["on"], e.get("order", 0))):
        if "successors" in entry:
            enter_succession(entry, units, actor=actor)
        else:
            enter_closure(entry, units, actor=actor)
    return {key: Unit.objects.get(pk=unit.pk) for key, unit in units.items()}


def named(units: Mapping[str, Unit], key: str | None, entry: Mapping[str, Any]) -> Unit | None:
    """The unit of `key`, which must stand earlier in the file."""
    if key is None:
        return None
    if key not in units:
        raise BadFile(f"{entry.get('key', entry)!r} names {key!r}, which no entry before it defines.")
    return units[key]


def known_unit(entry: Mapping[str, Any], parent: Unit | None) -> Unit | None:
    """The unit entered earlier from this entry: of its name and day, first below the same unit."""
    names = UnitName.objects.filter(name=entry["name"], valid_from=entry["opened"], unit__opened_on=entry["opened"])
    found = Unit.objects.filter(names__in=names, kind=entry["kind"])
    if parent is not None:
        links = UnitParent.objects.filter(parent=parent, valid_from=entry["opened"])
        found = found.filter(parents__in=links)
    return found.first()


def enter_unit(entry: Mapping[str, Any], parent: Unit | None, *, position: int, actor: User | None) -> Unit:
    return add_unit(
        kind=entry["kind"], level=entry["level"], name=entry["name"], opened_on=entry["opened"], parent=parent,
        short_name=entry.get("short", ""), code=entry.get("code", ""), official_order=entry.get("order", position),
        document=entry.get("document", ""), actor=actor,
    )  # fmt: skip


def enter_closure(entry: Mapping[str, Any], units: Mapping[str, Unit], *, actor: User | None) -> None:
    for key in entry["units"]:
        unit = named(units, key, entry)
        if unit is not None and not Unit.objects.filter(pk=unit.pk, closed_on__isnull=False).exists():
            close_unit(unit_id=unit.pk, on=entry["on"], document=entry.get("document", ""), actor=actor)


def enter_succession(entry: Mapping[str, Any], units: Mapping[str, Unit], *, actor: User | None) -> None:
    before = [named(units, key, entry) for key in entry["predecessors"]]
    after = [named(units, key, entry) for key in entry["successors"]]
    day: date = entry["on"]
    if Succession.objects.filter(predecessor=before[0], successor=after[0], on=day).exists():
        return
    record_succession(
        kind=entry["kind"], predecessors=[unit for unit in before if unit], successors=[unit for unit in after if unit],
        on=day, document=entry.get("document", ""), heir=named(units, entry.get("heir"), entry), actor=actor,
    )  # fmt: skip


@transaction.atomic
def load_people(
    path: Path, units: Mapping[str, Unit], *, actor: User | None
) -> dict[str, Person | Household | Subject]:
    """Enter persons with their posts, households and groups; what is there already is left as it is.

    `units` are those of `load_units`. Returns the records by their key in the file.
    """
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    found: dict[str, Person | Household | Subject] = {}
    for entry in facts.get("person", []):
        found[entry["key"]] = enter_person(entry, units, actor=actor)
    for entry in facts.get("household", []):
        unit = required(units, entry)
        head = found.get(entry.get("head", ""))
        known = Household.objects.filter(unit=unit, name=entry["name"]).first()
        found[entry["key"]] = known or create_household(
            unit=unit, name=entry["name"], head=head if isinstance(head, Person) else None, actor=actor
        )
    for entry in facts.get("group", []):
        unit = required(units, entry)
        group = Subject.objects.filter(organiser=unit, group_name=entry["name"]).first()
        found[entry["key"]] = group or create_group(
            organiser=unit, name=entry["name"], group_kind=entry["kind"], actor=actor
        )
    return found


def required(units: Mapping[str, Unit], entry: Mapping[str, Any]) -> Unit:
    unit = named(units, entry["unit"], entry)
    assert unit is not None  # noqa: S101 -- entry["unit"] is a key
    return unit


def enter_person(entry: Mapping[str, Any], units: Mapping[str, Unit], *, actor: User | None) -> Person:
    keeper = required(units, entry)
    year = entry.get("birth_year")
    person = Person.objects.filter(organiser=keeper, name=entry["name"], birth_year=year).first()
    if person is None:
        person = create_person(
            organiser=keeper, name=entry["name"], honorific=entry.get("honorific", ""), birth_year=year,
            residence=entry.get("residence", ""), another=True, actor=actor,
        )  # fmt: skip
    for post in entry.get("posts", []):
        unit = named(units, post["unit"], entry)
        assert unit is not None  # noqa: S101 -- post["unit"] is a key
        if not Appointment.objects.filter(
            person=person, unit=unit, post=post["post"], valid_from=post["from"]
        ).exists():
            appoint(
                person_id=person.pk, unit=unit, post=post["post"], valid_from=post["from"], valid_to=post.get("to"),
                is_leader=post.get("leader", False), subject_class=post.get("class", SubjectClass.DIRECT), actor=actor,
            )  # fmt: skip
    return person
