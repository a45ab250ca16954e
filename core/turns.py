"""Whose turn it is: for each state of a transition table, what stands on the desk of those who move it.

A room gives each of its tables a `Desk` and enters one `Turn` for each state somebody is expected to
move, or says why a state, or one step out of it, is nobody's turn. Who sees a turn is not written here
a second time: it follows from the permissions of the table's own steps, the scope of the model and the
guards. The desk asks one grouped query a table, however many records wait.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateTimeField,
    F,
    Field,
    IntegerField,
    Min,
    Model,
    Q,
    Value,
    When,
)

from core import clock
from core.errors import Text
from core.registry import Registry
from core.workflow import Guard, Step, Workflow

Right = Callable[[Any, str], Q | None]
"""(user, permission) → the rows at which the user holds it; None where it is held at none."""
Condition = Callable[[Any, date], Q]
"""(user, today) → a condition on rows."""
Moment = Callable[[Any, date], Any]
"""(user, today) → an expression that gives a day or a moment."""


@dataclass(frozen=True)
class Item:
    """One thing to do: what, why, by when, and the one act that leads on. `count`: records it stands for."""

    code: str
    title: Text
    why: Text
    act: Text
    url: str
    icon: str
    due_on: date | None = None
    count: int = 1


@dataclass(frozen=True)
class Words:
    """What an item says: title, reason, name of the act and where it leads."""

    title: Text
    why: Text
    act: Text
    url: str


@dataclass(frozen=True)
class Bundle:
    """Records of one turn that make one item; `record` is the first, `since` the day of the oldest."""

    count: int
    record: Any
    since: date | None


def always(_user: Any, _day: date) -> Q:
    return Q()


@dataclass(frozen=True)
class Turn:
    """What waits in `state` for those who take a step of the table by one of the permissions `by`.

    `also` names permissions to work on the record without moving it (whoever writes a draft that another
    sends). `ready` narrows the rows: some states are nobody's turn before their day. Records alike in
    `group` make one item, whose day is the earliest `due` and whose age is told by the earliest `since`.
    """

    state: str
    by: frozenset[str]
    words: Callable[[Bundle], Words]
    icon: str
    also: frozenset[str] = frozenset()
    ready: Condition = always
    group: str = "pk"
    due: Moment | None = None
    since: str = ""


@dataclass(frozen=True)
class Entry:
    """One item before its words are made: cheap enough for all, so that only those shown are read."""

    desk: "Desk"
    turn: Turn
    first: int
    count: int
    due_on: date | None
    since: date | None


@dataclass
class Desk:
    """The turns of one table. `guards` states each guard of the table's steps as a condition on rows."""

    workflow: Workflow[Any]
    right: Right
    guards: Mapping[Guard, Q] = field(default_factory=dict)
    related: Sequence[str] = ()
    due_field: "type[Field[Any, Any]]" = DateTimeField
    turns: list[Turn] = field(default_factory=list)
    resting: dict[tuple[str, str, str], str] = field(default_factory=dict)
    carried: dict[str, tuple[Workflow[Any], str]] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return f"{self.workflow.model._meta.label}.{self.workflow.field}"

    def turn(self, state: str, *, by: str | Iterable[str], words: Callable[[Bundle], Words], icon: str,
             also: Iterable[str] = (), **rest: Any) -> None:  # fmt: skip
        """Enter the turn of `state`; of several that fit a record and a user the first one stands."""
        held = frozenset([by] if isinstance(by, str) else by)
        self.turns.append(Turn(str(state), held, words, icon, also=frozenset(also), **rest))

    def rest(self, *states: str, to: Iterable[str] = ("",), by: str = "", because: str) -> None:
        """Steps that nobody is waiting for: out of `states`, to the states `to` (by default all), by `by`."""
        for state in states:
            for target in to:
                self.resting[str(state), str(target), by] = because

    def carry(self, state: str, *, on: Workflow[Any], through: str) -> None:
        """Records in `state` move with the record of `on` that `through` leads to: its item stands for them."""
        self.carried[str(state)] = (on, through)

    def is_resting(self, step: Step) -> bool:
        """Whether the step was entered as one that nobody waits for."""
        keys = [(step.source, target, by) for target in ("", step.target) for by in ("", step.permission)]
        return any(key in self.resting for key in keys)

    def steps(self, state: str) -> list[Step]:
        """The steps out of `state` that are somebody's turn."""
        return [step for step in self.workflow.steps if step.source == state and not self.is_resting(step)]

    def unheard(self) -> list[Step]:
        """Steps that no turn, no rest and no carrying record answers for; a test wants none."""
        return [
            step for step in self.workflow.steps
            if step.source not in self.carried and not self.is_resting(step)
            and not any(t.state == step.source and step.permission in t.by for t in self.turns)
        ]  # fmt: skip

    def condition(self, turn: Turn, user: Any, day: date) -> Q | None:
        """The rows of `turn` that `user` may move or works on; None where there can be none."""
        held = Q()
        for step in self.steps(turn.state):
            rows = self.right(user, step.permission) if step.permission in turn.by else None
            if rows is not None:
                held |= rows & (self.guards[step.guard] if step.guard is not None else Q())
        for permission in turn.also:
            rows = self.right(user, permission)
            held |= rows if rows is not None else Q()
        return Q(**{self.workflow.field: turn.state}) & held & turn.ready(user, day) if held else None

    def entries(self, user: Any) -> list[Entry]:
        """What waits for `user` by this table, in one query; none where the user moves nothing of it."""
        day = clock.today()
        found = [(turn, self.condition(turn, user, day)) for turn in self.turns]
        mine = [(number, turn, rows) for number, (turn, rows) in enumerate(found) if rows is not None]
        if not mine:
            return []
        any_of = Q()
        for _number, _turn, rows in mine:
            any_of |= rows
        visible = self.workflow.model._default_manager.visible_to(user)
        grouped = (
            visible.filter(any_of)
            .annotate(
                turn_number=Case(*(When(q, then=Value(n)) for n, _t, q in mine), output_field=IntegerField()),
            )
            .annotate(
                bundle_key=self.chosen(mine, lambda turn: F(turn.group), BigIntegerField()),
                due_then=self.chosen(mine, lambda turn: turn.due(user, day) if turn.due else None, self.due_field()),
                since_then=self.chosen(mine, lambda turn: F(turn.since) if turn.since else None, DateTimeField()),
            )
            .order_by()
            .values("turn_number", "bundle_key")
            .annotate(rows=Count("pk"), first=Min("pk"), due=Min("due_then"), since=Min("since_then"))
        )
        return [
            Entry(self, self.turns[row["turn_number"]], row["first"], row["rows"], day_of(row["due"]),
                  day_of(row["since"]))
            for row in grouped
        ]  # fmt: skip

    @staticmethod
    def chosen(mine: Any, value: Callable[[Turn], Any], output: "Field[Any, Any]") -> Case:
        """What each turn gives for its own rows."""
        given = [(number, value(turn)) for number, turn, _rows in mine]
        return Case(*(When(turn_number=n, then=v) for n, v in given if v is not None),
                    default=Value(None, output_field=output), output_field=output)  # fmt: skip

    def items(self, entries: Sequence[Entry]) -> list[Item]:
        """The words of `entries`, in one query."""
        rows = self.workflow.model._default_manager.select_related(*self.related)
        records = rows.in_bulk([entry.first for entry in entries])
        return [self.item(entry, records[entry.first]) for entry in entries]

    def item(self, entry: Entry, record: Model) -> Item:
        said = entry.turn.words(Bundle(entry.count, record, entry.since))
        return Item(
            f"{self.code}:{entry.turn.state}", said.title, said.why, said.act, said.url, entry.turn.icon,
            entry.due_on, entry.count,
        )  # fmt: skip


DESKS: Registry[Desk] = Registry("desk of a table")
BEGINNINGS: Registry[Callable[[Any], Iterable[Item]]] = Registry("desk item without a record")
"""What is to be done where there is no record yet, or about several: a constant number of queries each."""


def desk_for(workflow: Workflow[Any], **given: Any) -> Desk:
    """Give `workflow` its desk; called in ``AppConfig.ready()``."""
    desk: Desk = Desk(workflow, **given)
    return DESKS.add(desk.code, desk)


def day_of(moment: date | datetime | None) -> date | None:
    """The day in Việt Nam of a day or a moment."""
    return moment.astimezone(clock.ZONE).date() if isinstance(moment, datetime) else moment
