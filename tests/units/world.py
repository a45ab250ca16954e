"""A small country on which every question of right is tried: two sides that must never see each other.

On each side stands a province with two communes, each with an office and a hamlet; the first commune (`a`)
is the committee in which every role is held by somebody of its own, and it succeeds a commune that ended
on 01/07/2025. Users are called ``<side>.<role>``; those who are peculiar have a name of their own.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from accounts.models import User
from core.clock import today
from tests.factories import UserFactory
from units.enums import Role, SuccessionKind, UnitKind, UnitLevel
from units.models import Appointment, Delegation, Household, Membership, Person, Subject, Unit
from units.services.households import create_household
from units.services.persons import create_person
from units.services.subjects import create_group
from units.services.successions import record_succession
from units.services.units import add_unit, settle

SIDES = ("north", "south")
START = date(2020, 1, 1)
REFORM = date(2025, 7, 1)

# key, name, kind, level, key of the unit above, first day, code. Both sides bear the same names and codes
# of their own, as communes of different provinces do.
UNITS = (
    ("province", "Tỉnh {Side}", UnitKind.PROVINCE, UnitLevel.PROVINCE, None, START, "{s}00"),
    ("old", "Xã Phú Mỹ", UnitKind.COMMUNE, UnitLevel.COMMUNE, "province", START, "{s}10"),
    ("old.hamlet", "Ấp Bờ Kênh", UnitKind.HAMLET, UnitLevel.BASE, "old", START, ""),
    ("a", "Xã Châu Thành", UnitKind.COMMUNE, UnitLevel.COMMUNE, "province", REFORM, "{s}10"),
    ("a.office", "Phòng Văn hóa – Xã hội", UnitKind.AGENCY, UnitLevel.COMMUNE, "a", REFORM, ""),
    ("a.hamlet", "Ấp Hòa Long", UnitKind.HAMLET, UnitLevel.BASE, "a", REFORM, ""),
    ("b", "Phường Long Đức", UnitKind.COMMUNE, UnitLevel.COMMUNE, "province", START, "{s}20"),
    ("b.office", "Phòng Kinh tế", UnitKind.AGENCY, UnitLevel.COMMUNE, "b", START, ""),
    ("b.hamlet", "Ấp Đầu Giồng", UnitKind.HAMLET, UnitLevel.BASE, "b", START, ""),
)

# role by the unit in which it is held on each side
POSTS = (
    ("standing_officer", Role.STANDING_OFFICER, "a"),
    ("reviewer", Role.REVIEWER, "a"),
    ("indicator_office", Role.INDICATOR_OFFICE, "a.office"),
    ("council_member", Role.COUNCIL_MEMBER, "a"),
    ("council_secretary", Role.COUNCIL_SECRETARY, "a"),
    ("approver", Role.APPROVER, "a"),
    ("unit_officer", Role.UNIT_OFFICER, "a.hamlet"),
    ("unit_head", Role.UNIT_HEAD, "a.hamlet"),
    ("block_lead", Role.BLOCK_LEAD, "a.office"),
    ("observer", Role.OBSERVER, "a"),
    # more of the same, elsewhere
    ("office_officer", Role.UNIT_OFFICER, "a.office"),
    ("office_head", Role.UNIT_HEAD, "a.office"),
    ("commune_officer", Role.UNIT_OFFICER, "a"),
    ("commune_head", Role.UNIT_HEAD, "a"),
    ("b_standing_officer", Role.STANDING_OFFICER, "b"),
    ("b_head", Role.UNIT_HEAD, "b.hamlet"),
    ("province_standing_officer", Role.STANDING_OFFICER, "province"),
    ("province_observer", Role.OBSERVER, "province"),
)

ROLE_NAMES = tuple(name for name, role, _unit in POSTS if name == role)
"""The users of the ten roles of the committee, by the name of their role."""


@dataclass
class World:
    """The country: everything by key, units as ``north.a.hamlet``, users as ``south.unit_head``."""

    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    households: dict[str, Household] = field(default_factory=dict)
    groups: dict[str, Subject] = field(default_factory=dict)

    def unit(self, key: str) -> Unit:
        return self.units[key]

    def user(self, key: str) -> User:
        """A fresh copy, as a request has it: nothing of earlier days or roles is remembered on it."""
        return User.objects.get(pk=self.users[key].pk)

    def keys_of(self, units: object) -> set[str]:
        """The keys of unit ids or units, for reading a set of rows."""
        by_pk = {unit.pk: key for key, unit in self.units.items()}
        return {by_pk[getattr(unit, "pk", unit)] for unit in units}  # type: ignore[attr-defined]


def build_world() -> World:
    """Make the country through the services, as the system."""
    world = World()
    for side in SIDES:
        add_units(world, side)
    settle(None)
    for side in SIDES:
        merge_old_commune(world, side)
    for unit in world.units.values():
        unit.refresh_from_db()
    for side in SIDES:
        add_users(world, side)
        add_records(world, side)
    add_peculiar_users(world)
    return world


def add_units(world: World, side: str) -> None:
    for order, (key, name, kind, level, above, opened, code) in enumerate(UNITS, start=1):
        world.units[f"{side}.{key}"] = add_unit(
            kind=kind, level=level, name=name.format(Side=side.title()), opened_on=opened,
            parent=world.units[f"{side}.{above}"] if above else None, short_name="",
            code=code.format(s=side[0].upper()), official_order=order, document="", actor=None,
        )  # fmt: skip


def merge_old_commune(world: World, side: str) -> None:
    """The old hamlet ends with its commune; only then can the commune be merged."""
    old, new = world.units[f"{side}.old"], world.units[f"{side}.a"]
    hamlet = world.units[f"{side}.old.hamlet"]
    record_succession(
        kind=SuccessionKind.MERGE, predecessors=[hamlet], successors=[world.units[f"{side}.a.hamlet"]], on=REFORM,
        actor=None,
    )  # fmt: skip
    record_succession(kind=SuccessionKind.MERGE, predecessors=[old], successors=[new], on=REFORM, actor=None)


def new_users(names: dict[str, str]) -> dict[str, User]:
    """Accounts by key, with one password for all of them: hashing it for each would cost more than the rest."""
    users = UserFactory.build_batch(len(names))
    for user, (key, full_name) in zip(users, names.items(), strict=True):
        user.username, user.full_name, user.password = key, full_name, users[0].password
    User.objects.bulk_create(users)
    return {user.username: user for user in users}


def add_users(world: World, side: str) -> None:
    world.users |= new_users({f"{side}.{name}": f"{side} {name}" for name, _role, _unit in POSTS})
    Membership.objects.bulk_create(
        Membership(
            user=world.users[f"{side}.{name}"], role=role, unit=world.units[f"{side}.{unit}"],
            valid_from=world.units[f"{side}.{unit}"].opened_on,
        )
        for name, role, unit in POSTS
    )  # fmt: skip


def add_peculiar_users(world: World) -> None:
    """Those on whom scope is most easily got wrong."""
    day = today()
    names = ("administrator", "nobody", "disabled", "moved", "former", "deputy", "late_deputy")
    world.users |= new_users({name: name for name in names})
    User.objects.filter(pk=world.users["administrator"].pk).update(is_administrator=True)
    User.objects.filter(pk=world.users["disabled"].pk).update(is_active=False)
    for name in ("administrator", "disabled"):
        world.users[name].refresh_from_db()
    a, b = world.units["north.a"], world.units["north.b.office"]
    held = Membership.objects
    held.create(user=world.users["disabled"], role=Role.STANDING_OFFICER, unit=a, valid_from=REFORM)
    # moved from the office of one commune to that of the other
    held.create(
        user=world.users["moved"], role=Role.UNIT_OFFICER, unit=world.units["north.a.office"],
        valid_from=REFORM, valid_to=day - timedelta(days=30),
    )  # fmt: skip
    held.create(user=world.users["moved"], role=Role.UNIT_OFFICER, unit=b, valid_from=day - timedelta(days=30))
    # ends today: the last day on which it held was yesterday
    held.create(user=world.users["former"], role=Role.STANDING_OFFICER, unit=a, valid_from=REFORM, valid_to=day)
    head = held.get(user=world.users["north.unit_head"])
    Delegation.objects.create(
        membership=head, to=world.users["deputy"], valid_from=day - timedelta(days=5), valid_to=day + timedelta(days=5)
    )
    Delegation.objects.create(
        membership=head, to=world.users["late_deputy"], valid_from=day - timedelta(days=9), valid_to=day
    )


def add_records(world: World, side: str) -> None:
    """A person serving in each unit, one who served in the commune that ended, outsiders, a household, a group."""
    a, old = world.units[f"{side}.a"], world.units[f"{side}.old"]
    serving = {key: u for key, u in world.units.items() if key.startswith(f"{side}.") and not u.closed_on}
    persons = {key: Person(organiser=u, name=f"Lý Thị {key}", birth_year=1985) for key, u in serving.items()}
    persons[f"{side}.retired"] = Person(organiser=a, name=f"Thạch Sa Rươl {side}", birth_year=1960)
    Person.objects.bulk_create(persons.values())
    Appointment.objects.bulk_create(
        Appointment(person=persons[key], unit=unit, post="Công chức", valid_from=unit.opened_on)
        for key, unit in serving.items()
    )
    Appointment.objects.create(
        person=persons[f"{side}.retired"], unit=old, post="Công chức", valid_from=START, valid_to=REFORM
    )
    world.persons |= persons
    monk = create_person(organiser=a, honorific="Hòa thượng", name=f"Danh Sóc Kha {side}", another=True, actor=None)
    world.persons[f"{side}.monk"] = monk
    world.households[f"{side}.a.hamlet"] = create_household(
        unit=world.units[f"{side}.a.hamlet"], name=f"Hộ ông Tăng Chí Hào {side}", actor=None
    )
    world.groups[f"{side}.a"] = create_group(
        organiser=a, name=f"Nhân dân và cán bộ xã Châu Thành {side}", group_kind="people", actor=None
    )
