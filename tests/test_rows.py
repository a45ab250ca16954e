"""Exactly which rows each user of the world finds in each list, choice and search: tables, from the roles.

Status codes cannot see a leak, nor a row that is missing. Keys are those of `tests.units.world` without the
side; where a user is not named the page is refused.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from unittest.mock import patch

from django.core.management import call_command
from django.db.models import Model
from django.template.response import SimpleTemplateResponse
from django.test import Client, TestCase
from django.urls import reverse

from accounts.models import User
from awards.models import Commendation, Decision, ReviewRound
from campaigns.models import Campaign, Participation
from reports.registration import REPORTS
from tests.canary.papers import plant_papers
from tests.canary.planting import Planter, word
from tests.units.world import POSTS, SIDES, World, build_world
from units.models import Household, Membership, Person, Subject, Unit

COMMITTEE = "standing_officer approver observer"  # of commune `a`
SEATED = "reviewer council_member council_secretary"  # in commune `a`, for what is given to them alone
COMMUNE = "commune_officer commune_head"
HAMLET = "unit_officer unit_head deputy"
OFFICE = "office_officer office_head"
BESIDE = "indicator_office block_lead"  # in the office, for their own subject alone
PROVINCE = "province_standing_officer province_observer"
ENDED = "nobody former late_deputy"  # hold nothing today
PECULIAR = {"deputy", "moved", "administrator", "disabled", "nobody", "former", "late_deputy"}

NOTHING = ""
NORTH_UNITS = "province old old.hamlet a a.office a.hamlet b b.office b.hamlet"
COMMUNE_PERSONS = "a a.office a.hamlet retired monk"
OFFICE_ROLES = "indicator_office block_lead office_officer office_head"
HAMLET_ROLES = "unit_officer unit_head"
COMMUNE_ROLES = f"{COMMITTEE} {SEATED} {COMMUNE} {OFFICE_ROLES} {HAMLET_ROLES}"
B_ROLES = "b_standing_officer b_head"
EVERYBODY = f"{COMMUNE_ROLES} {B_ROLES} {PROVINCE}"

# One's own units with what is below them and what they succeeded, and the line above.
UNITS = {
    f"{COMMITTEE} {SEATED} {COMMUNE}": "province old old.hamlet a a.office a.hamlet",
    HAMLET: "province a a.hamlet old.hamlet",
    f"{OFFICE} {BESIDE}": "province a a.office",
    PROVINCE: NORTH_UNITS,
    "b_standing_officer": "province b b.office b.hamlet",
    "b_head": "province b b.hamlet",
    "moved": "province b b.office",
}
# Who serves or served in a unit in reach, or is kept by one. Who has a narrow task reads no register.
PERSONS = {
    f"{COMMITTEE} {COMMUNE}": COMMUNE_PERSONS,
    HAMLET: "a.hamlet",
    OFFICE: "a.office",
    PROVINCE: f"province {COMMUNE_PERSONS} b b.office b.hamlet",
    "b_standing_officer": "b b.office b.hamlet",
    "b_head": "b.hamlet",
    "moved": "b.office",
    f"{SEATED} {BESIDE} administrator": NOTHING,
}
HOUSEHOLDS = {
    f"{COMMITTEE} {COMMUNE} {HAMLET} {PROVINCE}": "a.hamlet planted",
    f"{OFFICE} {SEATED} {BESIDE} {B_ROLES} moved administrator": NOTHING,
}
GROUPS = {
    f"{COMMITTEE} {COMMUNE} {PROVINCE}": "a planted",
    f"{HAMLET} {OFFICE} {SEATED} {BESIDE} {B_ROLES} moved administrator": NOTHING,
}
# One's own roles, and those in the units one reads, ended ones as well.
MEMBERSHIPS = {
    f"{COMMITTEE} {COMMUNE}": f"{COMMUNE_ROLES} disabled former moved@a.office",
    HAMLET: HAMLET_ROLES,
    OFFICE: f"{OFFICE_ROLES} moved@a.office",
    PROVINCE: f"{EVERYBODY} disabled former moved@a.office moved@b.office",
    "b_standing_officer": f"{B_ROLES} moved@b.office",
    "moved": "moved@a.office moved@b.office",
    "nobody late_deputy": NOTHING,
    **{name: name for name in f"{SEATED} {BESIDE} b_head former".split()},
}
# Colleagues who could be deputies: those who hold a role today in a unit one reads.
COLLEAGUES = {
    f"{COMMITTEE} {COMMUNE}": COMMUNE_ROLES,
    HAMLET: HAMLET_ROLES,
    OFFICE: OFFICE_ROLES,
    PROVINCE: f"{EVERYBODY} moved",
    "b_standing_officer": f"{B_ROLES} moved",
    "b_head": "b_head",
    "moved": "moved",
    f"{SEATED} {BESIDE} {ENDED}": NOTHING,
}
LAUNCHED = {
    f"{COMMITTEE} {COMMUNE} {HAMLET} {OFFICE} indicator_office": "campaign",
    PROVINCE: "campaign bcampaign",
    f"{B_ROLES} moved": "bcampaign",
    f"{SEATED} block_lead": NOTHING,
}
CAMPAIGNS = {
    COMMITTEE: "draft campaign",
    f"{COMMUNE} {HAMLET} {OFFICE} indicator_office": "campaign",
    PROVINCE: "campaign bcampaign",
    f"{B_ROLES} moved": "bcampaign",
    f"{SEATED} block_lead": NOTHING,
}
REGISTRATIONS = {
    f"{COMMITTEE} {COMMUNE} {HAMLET} {PROVINCE}": "a.hamlet",
    f"{OFFICE} {SEATED} {BESIDE} {B_ROLES} moved": NOTHING,
}
WORK = {HAMLET: "a.hamlet", OFFICE: "a.office", COMMUNE: "a.hamlet a.office", "b_head": "b.hamlet", "moved": "b.office"}
# What an office follows, of a campaign that was launched.
FOLLOWED = {"indicator_office": "campaign"}
FOLLOWED_UNITS = {"indicator_office": "a.hamlet a.office"}
# The committee itself, and whoever observes it from above.
BOARD = {f"{COMMITTEE} province_observer": "a.hamlet a.office"}
REGISTER_FOR = {
    "standing_officer": "a a.office a.hamlet",
    COMMUNE: "a a.office a.hamlet",
    HAMLET: "a.hamlet",
    OFFICE: "a.office",
    "province_standing_officer": "province a a.office a.hamlet b b.office b.hamlet",
    "b_standing_officer": "b b.office b.hamlet",
    "b_head": "b.hamlet",
    "moved": "b.office",
}
# Whoever holds a role in the commune or below it is told of its rounds.
ROUNDS = {f"{COMMITTEE} {SEATED} {COMMUNE} {HAMLET} {OFFICE} {BESIDE}": "round", f"{PROVINCE} {B_ROLES} moved": NOTHING}
# Decisions of one's committee; once given, also where a unit in reach stands in them.
DECISIONS = {
    COMMITTEE: "drafted decided",
    f"{COMMUNE} {HAMLET} {PROVINCE}": "decided",
    f"{SEATED} {OFFICE} {BESIDE} {B_ROLES} moved": NOTHING,
}
AWARDED = {
    f"{COMMITTEE} {COMMUNE} {HAMLET} {PROVINCE}": "awarded",
    f"{SEATED} {OFFICE} {BESIDE} {B_ROLES} moved": NOTHING,
}
# Drafts stay inside the unit; a reviewer sees what is given to them. By the nominating unit.
LINES = {
    f"{COMMITTEE} {PROVINCE} {OFFICE} reviewer": "a.office",
    COMMUNE: "a.hamlet a.office",
    HAMLET: "a.hamlet",
    f"council_member council_secretary {BESIDE} {B_ROLES} moved": NOTHING,
}
FOUND = {
    "phongtrao": CAMPAIGNS, "donvi": UNITS, "canhan": PERSONS,
    "denghi": LINES, "quyetdinh": DECISIONS, "so": AWARDED,
}  # fmt: skip
Table = dict[str, str]


def of_table(answer: Any) -> Iterable[Any]:
    return answer.context_data["table"].data.data


def of_choices(model: type[Model]) -> Callable[[Any], Iterable[Any]]:
    return lambda answer: model._default_manager.filter(pk__in=[row["value"] for row in answer.json()["results"]])


def of_work(answer: Any) -> Iterable[Any]:
    return [duty.participation for group in answer.context_data["groups"] for duty in group.duties]


def of_followed(answer: Any) -> Iterable[Any]:
    return [indicator.campaign for indicator in of_table(answer)]


def of_followed_units(answer: Any) -> Iterable[Any]:
    return [row.participation for row in answer.context_data["sheet"].rows]


def of_board(answer: Any) -> Iterable[Any]:
    return [row.participation for row in answer.context_data["table"].data.data]


def of_unit_field(answer: Any) -> Iterable[Any]:
    return answer.context_data["form"].fields["unit"].queryset


LISTS: dict[str, tuple[Table, Callable[[Any], Iterable[Any]]]] = {
    "units:unit_list": (UNITS, of_table),
    "units:unit_suggest": (UNITS, of_choices(Unit)),
    "units:person_list": (PERSONS, of_table),
    "units:person_suggest": (PERSONS, of_choices(Person)),
    "units:household_list": (HOUSEHOLDS, of_table),
    "units:group_list": (GROUPS, of_table),
    "units:membership_list": (MEMBERSHIPS, of_table),
    "units:account_suggest": (COLLEAGUES, of_choices(User)),
    "campaigns:campaign_list": (CAMPAIGNS, of_table),
    "campaigns:unit_work": (WORK, of_work),
    "campaigns:followed_list": (FOLLOWED, of_followed),
    "campaigns:followed_indicator": (FOLLOWED_UNITS, of_followed_units),
    "campaigns:campaign_units": (BOARD, of_board),
    "awards:registration_list": (REGISTRATIONS, of_table),
    "awards:round_list": (ROUNDS, of_table),
    "awards:decision_list": (DECISIONS, of_table),
    "awards:ledger_list": (AWARDED, of_table),
    "awards:nomination_list": (LINES, of_table),
    "awards:registration_create": (REGISTER_FOR, of_unit_field),
}
OBJECTS: dict[str, Callable[[Campaign], list[int]]] = {
    "campaigns:campaign_units": lambda campaign: [campaign.pk],
    "campaigns:followed_indicator": lambda campaign: [campaign.indicators.get().pk],
}
ALL_USERS = [*(name for name, _role, _unit in POSTS), "deputy", "moved", *ENDED.split()]


def expected_of(table: Table, name: str) -> set[str] | None:
    """The keys for the user called `name`; None where the page is refused."""
    found = [set(keys.split()) for users, keys in table.items() if name in users.split()]
    assert len(found) <= 1, name
    return found[0] if found else None


class Rows(TestCase):
    """One test a list, added below."""

    world: World
    keys: dict[tuple[type[Model], Any], str]
    campaigns: dict[str, Campaign]

    @classmethod
    def setUpClass(cls) -> None:
        # Rows are read from the page's context; how they are drawn is tried elsewhere.
        cls.enterClassContext(patch.object(SimpleTemplateResponse, "rendered_content", ""))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_catalogue", verbosity=0)
        cls.world = build_world()
        cls.campaigns = {}
        for side in SIDES:
            planter = Planter(cls.world, side)
            cls.campaigns[side] = planter.plant()["launched_campaign"][0]
            plant_papers(planter)
        world = cls.world
        cls.keys = {(Unit, row.pk): key for key, row in world.units.items()}
        cls.keys |= {(Person, row.pk): key for key, row in world.persons.items()}
        cls.keys |= {(Household, row.pk): key for key, row in world.households.items()}
        cls.keys |= {(Subject, row.pk): key for key, row in world.groups.items()}
        cls.keys |= {(User, row.pk): key for key, row in world.users.items()}
        for side in SIDES:
            for secret in ("draft", "campaign", "bcampaign"):
                cls.keys[Campaign, Campaign.objects.get(title__contains=word(side, secret)).pk] = f"{side}.{secret}"
            for model_of, field_of, secrets in (
                (ReviewRound, "title", ("round",)), (Decision, "title", ("drafted", "decided")),
                (Commendation, "printed_name", ("awarded",)),
            ):  # fmt: skip
                for secret in secrets:
                    found = model_of._default_manager.get(**{f"{field_of}__contains": word(side, secret)})
                    cls.keys[model_of, found.pk] = f"{side}.{secret}"
            for model, field in ((Household, "name"), (Subject, "group_name")):
                secret = "household" if model is Household else "group"
                row = model._default_manager.get(**{f"{field}__contains": word(side, secret)})
                cls.keys[model, row.pk] = f"{side}.planted"

    def key_of(self, row: Any) -> str:
        if isinstance(row, Membership):
            user = self.keys[User, row.user_id]
            return f"{user}@{self.keys[Unit, row.unit_id].partition('.')[2]}" if user == "moved" else user
        if isinstance(row, Participation):
            return self.keys[Unit, row.unit_id]
        return self.keys[type(row), row.pk] if (type(row), row.pk) in self.keys else self.keys[Unit, row.unit_id]

    def users(self) -> Iterator[tuple[str, str, str]]:
        """(side, name in the tables, key in the world) of everybody who is asked."""
        for name in ALL_USERS:
            yield "north", name, name if name in PECULIAR else f"north.{name}"
        for name in ("standing_officer", "unit_head", "observer"):
            yield "south", name, f"south.{name}"

    def check(self, url_name: str, table: Table, rows_of: Callable[[Any], Iterable[Any]]) -> None:
        wrong = {}
        for side, name, user in self.users():
            client = Client()
            client.force_login(self.world.user(user))
            arguments = OBJECTS[url_name](self.campaigns[side]) if url_name in OBJECTS else []
            answer = client.get(reverse(url_name, args=arguments))
            found = {self.key_of(row) for row in rows_of(answer)} if answer.status_code == 200 else None
            keys = expected_of(table, name)
            expected = keys and {key if key.split("@")[0] in PECULIAR else f"{side}.{key}" for key in keys}
            if side == "south" and expected:
                expected = {key for key in expected if key.split("@")[0] not in PECULIAR}
            if found != expected:
                wrong[user] = (sorted(found or ()), "instead of", sorted(expected or ()), answer.status_code)
        assert wrong == {}

    def test_the_administrator_finds_all_accounts_units_and_roles(self) -> None:
        client = Client()
        client.force_login(self.world.user("administrator"))
        for url_name, model in (("units:unit_list", Unit), ("units:membership_list", Membership),
                                ("accounts:account_list", User)):  # fmt: skip
            rows = of_table(client.get(reverse(url_name)))
            assert set(rows) == set(model._default_manager.all())

    def test_everybody_and_everything_that_can_be_nominated(self) -> None:
        """The search over all registers finds what the registers show, without units that ceased."""
        wrong = {}
        models = {"unit": Unit, "person": Person, "household": Household, "group": Subject}
        ceased = {"old", "old.hamlet"}
        for side, name, user in self.users():
            client = Client()
            client.force_login(self.world.user(user))
            answer = client.get(reverse("units:subject_suggest"))
            expected = set()
            for kind, table in (("unit", UNITS), ("person", PERSONS), ("household", HOUSEHOLDS), ("group", GROUPS)):
                keys = (expected_of(table, name) or set()) - (ceased if kind == "unit" else set())
                expected |= {f"{kind}:{side}.{key}" for key in keys}
            found = set()
            for row in answer.json()["results"] if answer.status_code == 200 else ():
                kind, _colon, number = row["value"].partition(":")
                found.add(f"{kind}:{self.keys[models[kind], int(number)]}")
            if found != expected:
                wrong[user] = sorted(found ^ expected)
        assert wrong == {}

    def test_search_finds_what_the_registers_show(self) -> None:
        """Of every kind exactly the rows of its register, for everybody; nothing where that one is refused."""
        wrong = {}
        for side, name, user in self.users():
            client = Client()
            client.force_login(self.world.user(user))
            answer = client.get(reverse("desk:search"), {"q": " ".join(f"loai:{code}" for code in FOUND)})
            assert answer.status_code == (302 if name == "disabled" else 200)
            groups = answer.context_data["found"] if answer.status_code == 200 else []
            found = {(group.provider.code, self.key_of(row)) for group in groups for row in group.rows}
            expected = {
                (code, f"{side}.{key}") for code, table in FOUND.items() for key in expected_of(table, name) or ()
            }
            if found != expected:
                wrong[user] = sorted(found ^ expected)
        assert wrong == {}

    def test_reports_offer_the_launched_campaigns_in_scope(self) -> None:
        wrong = {}
        for side, name, user in self.users():
            form = REPORTS["pledge-register"].parameters(user=self.world.user(user))
            found = {self.key_of(row) for row in form.fields["campaign"].queryset}  # type: ignore[attr-defined]
            expected = {f"{side}.{key}" for key in expected_of(LAUNCHED, name) or ()}
            if found != expected:
                wrong[user] = sorted(found ^ expected)
        assert wrong == {}


def add_tests() -> None:
    for url_name, (table, rows_of) in LISTS.items():

        def test(self: Rows, url_name: str = url_name, table: Table = table, rows_of: Any = rows_of) -> None:
            self.check(url_name, table, rows_of)

        setattr(Rows, f"test_{url_name.replace(':', '_')}", test)


add_tests()
