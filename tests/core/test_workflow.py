"""The one writer of states: every pair of states, scope, right, version, guard."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import rules
from django.db import connections, models, transaction
from django.db.models import Count, Q

from accounts.models import User
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from core.workflow import WORKFLOWS, Workflow, write_versioned
from tests.factories import UserFactory
from tests.tables import table_of


class State(models.TextChoices):
    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: Any) -> "LetterQuerySet":
        # Annotated, ordered and distinct on purpose: PostgreSQL refuses to lock such rows directly.
        return self.filter(Q(writer=user) | Q(reader=user)).annotate(n=Count("pk")).order_by("-note").distinct()


class Letter(models.Model):
    """A letter that its writer sends and its reader judges."""

    # Without constraints in the database: emptying the accounts' table must not need this one.
    writer = models.ForeignKey(User, models.CASCADE, related_name="+", db_constraint=False)
    reader = models.ForeignKey(User, models.CASCADE, related_name="+", db_constraint=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    note = models.CharField(max_length=50, blank=True)
    version = models.PositiveIntegerField(default=0)
    objects = LetterQuerySet.as_manager()

    class Meta:
        app_label = "tests_workflow"


class HasNoNote(ServiceError):
    pass


def has_note(letter: Letter, _actor: Any) -> None:
    if not letter.note:
        raise HasNoNote("A letter needs a note.", field="note")


ROWS = [
    (State.DRAFT, State.SENT, "trial.send_letter", has_note),
    (State.RETURNED, State.SENT, "trial.send_letter", has_note),
    (State.SENT, State.RETURNED, "trial.judge_letter"),
    (State.SENT, State.ACCEPTED, "trial.judge_letter"),
    (State.DRAFT, State.WITHDRAWN, "trial.send_letter"),
    (State.SENT, State.WITHDRAWN, "trial.send_letter"),
    # Two ways to the same state: the reader may take a letter back without a note, the writer not.
    (State.ACCEPTED, State.SENT, "trial.judge_letter"),
    (State.ACCEPTED, State.SENT, "trial.send_letter", has_note),
]
WRITER_MAY = {
    (State.DRAFT, State.SENT), (State.RETURNED, State.SENT), (State.DRAFT, State.WITHDRAWN),
    (State.SENT, State.WITHDRAWN), (State.ACCEPTED, State.SENT),
}  # fmt: skip
READER_MAY = {(State.SENT, State.RETURNED), (State.SENT, State.ACCEPTED), (State.ACCEPTED, State.SENT)}
PAIRS = [(source, target) for source in State for target in State]
FLOW = Workflow(Letter, ROWS)

tables = table_of(Letter)
pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("tables", "_rights")]


@pytest.fixture(scope="module")
def _rights() -> Iterator[None]:
    rules.add_perm("trial.send_letter", rules.predicate(lambda user, letter: user.pk == letter.writer_id))
    rules.add_perm("trial.judge_letter", rules.predicate(lambda user, letter: user.pk == letter.reader_id))
    yield
    rules.remove_perm("trial.send_letter")
    rules.remove_perm("trial.judge_letter")


@pytest.fixture
def writer() -> User:
    return UserFactory()


@pytest.fixture
def reader() -> User:
    return UserFactory()


@pytest.fixture
def letter(writer: User, reader: User) -> Letter:
    return Letter.objects.create(writer=writer, reader=reader, note="Kính gửi")


def stored(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def put(letter: Letter, state: State) -> Letter:
    Letter.objects.filter(pk=letter.pk).update(state=state)
    return stored(letter)


@pytest.mark.parametrize(("source", "target"), PAIRS)
@pytest.mark.parametrize("role", ["writer", "reader"])
def test_every_pair_of_states(letter: Letter, role: str, source: State, target: State) -> None:
    record, actor = put(letter, source), getattr(letter, role)
    steps = WRITER_MAY | READER_MAY
    own_steps = WRITER_MAY if role == "writer" else READER_MAY
    assert (target in FLOW.open_to(record, actor)) == ((source, target) in own_steps)
    if (source, target) in own_steps:
        assert FLOW.advance(record, to=target, actor=actor) == source
        assert (record.state, record.version) == (target, 1)
        assert (stored(letter).state, stored(letter).version) == (target, 1)
        return
    refusal = NotAllowed if (source, target) in steps else WrongState
    with pytest.raises(refusal):
        FLOW.advance(record, to=target, actor=actor)
    assert (stored(letter).state, stored(letter).version) == (source, 0)


def test_step_writes_further_values_with_the_state(letter: Letter, writer: User) -> None:
    FLOW.advance(letter, to=State.SENT, actor=writer, note="đã ký")
    assert (letter.note, stored(letter).note) == ("đã ký", "đã ký")


def test_guard_refuses_in_its_own_words_and_nothing_is_written(letter: Letter, writer: User) -> None:
    letter.note = ""
    with pytest.raises(HasNoNote) as refused:
        FLOW.advance(letter, to=State.SENT, actor=writer)
    assert refused.value.field == "note"
    assert (letter.state, stored(letter).state, stored(letter).version) == (State.DRAFT, State.DRAFT, 0)


def test_right_is_asked_before_the_guard(letter: Letter, reader: User) -> None:
    """A guard's words may tell more than somebody without the right may know."""
    letter.note = ""
    with pytest.raises(NotAllowed):
        FLOW.advance(letter, to=State.SENT, actor=reader)


def test_of_two_ways_the_one_counts_whose_right_the_actor_holds(letter: Letter, writer: User, reader: User) -> None:
    record = put(letter, State.ACCEPTED)
    record.note = ""
    with pytest.raises(HasNoNote):
        FLOW.advance(record, to=State.SENT, actor=writer)
    assert FLOW.open_to(record, reader) == [State.SENT]
    FLOW.advance(record, to=State.SENT, actor=reader)
    assert stored(letter).state == State.SENT


def test_inactive_account_takes_no_step(letter: Letter, writer: User) -> None:
    writer.is_active = False
    assert FLOW.open_to(letter, writer) == []
    with pytest.raises(NotAllowed):
        FLOW.advance(letter, to=State.SENT, actor=writer)


def test_step_from_a_stale_record_is_refused(letter: Letter, writer: User) -> None:
    stale = stored(letter)
    FLOW.advance(letter, to=State.SENT, actor=writer)
    with pytest.raises(MovedOn) as refused:
        FLOW.advance(stale, to=State.WITHDRAWN, actor=writer)
    assert refused.value.subject == stale
    assert (stored(letter).state, stored(letter).version) == (State.SENT, 1)


def test_versioned_write_counts_up_once(letter: Letter) -> None:
    write_versioned(letter, note="một")
    write_versioned(letter, note="hai")
    assert (letter.version, stored(letter).version, stored(letter).note) == (2, 2, "hai")


def test_versioned_write_to_a_removed_record_is_refused(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).delete()
    with pytest.raises(MovedOn):
        write_versioned(letter, note="một")


class TestLock:
    def test_gives_the_record_as_stored(self, letter: Letter, writer: User, reader: User) -> None:
        for actor in (writer, reader):
            assert FLOW.lock(letter.pk, actor=actor, version=0) == letter
            assert FLOW.lock(letter.pk, actor=actor) == letter

    def test_outside_the_scope_there_is_no_record(self, letter: Letter) -> None:
        with pytest.raises(Letter.DoesNotExist):
            FLOW.lock(letter.pk, actor=UserFactory(), version=0)

    @pytest.mark.parametrize("pk", [0, -1, 2**40])
    def test_guessed_number_finds_no_record(self, letter: Letter, writer: User, pk: int) -> None:
        with pytest.raises(Letter.DoesNotExist):
            FLOW.lock(pk, actor=writer, version=0)

    @pytest.mark.parametrize("version", [0, 2])
    def test_other_version_than_the_page_showed(self, letter: Letter, writer: User, version: int) -> None:
        FLOW.advance(letter, to=State.SENT, actor=writer)
        with pytest.raises(MovedOn) as refused:
            FLOW.lock(letter.pk, actor=writer, version=version)
        assert refused.value.subject == letter
        assert "người khác thay đổi" in str(refused.value)

    @pytest.mark.postgres_only
    def test_asks_the_database_for_the_lock(self, letter: Letter, writer: User, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(1) as asked:
            FLOW.lock(letter.pk, actor=writer)
        assert "FOR UPDATE OF" in asked[0]["sql"]


def test_workflow_is_registered_once() -> None:
    assert WORKFLOWS["tests_workflow.Letter.state"] is FLOW
    with pytest.raises(ValueError, match="registered twice"):
        Workflow(Letter, ROWS)


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_succeeds(writer: User, reader: User) -> None:
    """Each of them saw version 0 on the page."""
    letter = Letter.objects.create(writer=writer, reader=reader, note="Kính gửi", state=State.SENT)
    start = Barrier(8)

    def judge(number: int) -> str:
        start.wait(timeout=20)
        try:
            with transaction.atomic():
                record = FLOW.lock(letter.pk, actor=reader, version=0)
                FLOW.advance(record, to=State.ACCEPTED if number % 2 else State.RETURNED, actor=reader)
        except MovedOn:
            return "moved on"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(8) as pool:
        outcomes = sorted(pool.map(judge, range(8)))
    assert outcomes == ["done"] + ["moved on"] * 7
    assert stored(letter).version == 1
    Letter.objects.all().delete()
