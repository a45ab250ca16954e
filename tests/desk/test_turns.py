"""Whose turn it is: for every state of every table exactly those who may move the record see its item."""

from typing import Any

import pytest
from django.test import Client, TestCase

from accounts.models import User
from campaigns.models import Campaign
from core.errors import ServiceError
from core.turns import DESKS, Desk
from core.workflow import WORKFLOWS, Step
from desk.items import in_words
from tests.accounts.factories import AdministratorFactory
from tests.desk.records import HAVE_PAPER, MAKERS, PAPER, Place, build_place

pytestmark = pytest.mark.postgres
STATES = [
    (code, state) for code, workflow in ((code, WORKFLOWS[code]) for code in WORKFLOWS if "." in code)
    for state in dict.fromkeys(step.source for step in workflow.steps)
    if workflow.model in MAKERS
]  # fmt: skip
CASES = [
    (code, str(state), paper) for code, state in STATES
    for paper in ((False, True) if WORKFLOWS[code].model in HAVE_PAPER else (False,))
]  # fmt: skip


def guarded(step: Step, record: Any, actor: User) -> bool:
    try:
        if step.guard is not None:
            step.guard(record, actor)
    except ServiceError:
        return False
    return True


def carrier_of(desk: Desk, record: Any) -> tuple[Desk, str]:
    """The desk whose item stands for the record, and the state it waits in: its own, or the carrying record's."""
    state = getattr(record, desk.workflow.field)
    if state not in desk.carried:
        return desk, state
    on, through = desk.carried[state]
    return DESKS[f"{on.model._meta.label}.{on.field}"], getattr(getattr(record, through), on.field)


def moves(desk: Desk, record: Any, user: User) -> bool:
    """By the table, the grants, the scope and the guards, record by record: what the desk's query must equal."""
    if not type(record)._default_manager.visible_to(user).filter(pk=record.pk).exists():
        return False
    state = getattr(record, desk.workflow.field)
    carrier, its_state = carrier_of(desk, record)
    also = {name for turn in carrier.turns if turn.state == its_state for name in turn.also}
    if any(user.has_perm(name, record) for name in also):
        return True
    steps = [step for step in desk.workflow.steps if step.source == state and not desk.is_resting(step)]
    return any(user.has_perm(step.permission, record) and guarded(step, record, user) for step in steps)


def seen(desk: Desk, record: Any, user: User) -> bool:
    """Whether an item for the record, or for the record that carries it, stands on the user's desk."""
    state = getattr(record, desk.workflow.field)
    key = getattr(record, desk.carried[state][1]).pk if state in desk.carried else record.pk
    desk, state = carrier_of(desk, record)
    return any(entry.first == key and entry.turn.state == state for entry in desk.entries(user))


def test_every_table_of_the_product_has_a_desk() -> None:
    ours = {code for code in WORKFLOWS if WORKFLOWS[code].model._meta.app_label in ("campaigns", "awards")}
    assert ours == set(DESKS) & ours
    assert {WORKFLOWS[code].model for code in ours} == set(MAKERS)


@pytest.mark.parametrize("code", [code for code in WORKFLOWS if WORKFLOWS[code].model in MAKERS])
def test_every_step_is_somebodys_turn_or_says_why_not(code: str) -> None:
    desk = DESKS[code]
    assert desk.unheard() == []
    assert all(str(because) for because in desk.resting.values())
    guards = {step.guard for step in desk.workflow.steps if step.guard is not None and not desk.is_resting(step)}
    assert guards - set(desk.guards) == set()
    for turn in desk.turns:
        assert turn.by & {step.permission for step in desk.steps(turn.state)}, turn.state


class Turns(TestCase):
    """One test a state, at one committee that is built once."""

    place: Place

    @classmethod
    def setUpTestData(cls) -> None:
        cls.place = build_place()
        cls.place.people["administrator"] = AdministratorFactory()

    def check(self, code: str, state: str, paper: bool) -> None:
        """Exactly those who may move the record see its item, and what the item leads to opens for them."""
        desk = DESKS[code]
        record = MAKERS[desk.workflow.model](self.place, state, **(PAPER if paper else {}))
        people = self.place.people
        expected = {name for name, user in people.items() if moves(desk, record, user)}
        assert {name for name, user in people.items() if seen(desk, record, user)} == expected
        waits = state in desk.carried or any(turn.state == state for turn in desk.turns)
        assert bool(expected) == waits
        carrier, _state = carrier_of(desk, record)
        for name in expected:
            client = Client()
            client.force_login(people[name])
            for item in in_words(carrier.entries(people[name])):
                assert item.title, name
                assert item.act, name
                assert client.get(item.url, follow=True).status_code == 200, (name, item)

    def test_a_campaign_that_runs_is_not_to_be_closed_yet(self) -> None:
        row = MAKERS[Campaign](self.place)
        Campaign.objects.filter(pk=row.pk).update(ends_on="2999-12-31")
        assert not DESKS["campaigns.Campaign.state"].entries(self.place.people["standing_officer"])


def add_tests() -> None:
    for code, state, paper in CASES:

        def test(self: Turns, code: str = code, state: str = state, paper: bool = paper) -> None:
            self.check(code, state, paper)

        name = f"{code.split('.')[1].lower()}_{state}{'_on_paper' if paper else ''}"
        setattr(Turns, f"test_{name}", test)


add_tests()
