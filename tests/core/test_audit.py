"""Entries: written with the deed, never changed, proved by their hashes and the chain."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.state import ProjectState
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import User
from core import audit, clock
from core.audit import triggers
from core.audit.changes import Change, change_rows, storable_changes
from core.audit.hashing import GENESIS, link_hash, row_hash
from core.audit.models import Entry, InsertOnlyError, Link, Unsealed
from core.audit.sealing import LOCK_KEY, REQUEST_LIMIT, seal_waiting
from core.audit.verification import verify_all
from core.log import request_id
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

audit.register_actions({"trial.held": gettext_lazy("Reason")})


def entry(**given: Any) -> Entry:
    subject = given.pop("subject", None) or UserFactory(full_name="Đơn vị Thuận Hòa")
    return audit.record("trial.held", **{"actor": None, "subject": subject, **given})


def label(name: str) -> str:
    return capfirst(str(User._meta.get_field(name).verbose_name))


def tamper(sql: str, *params: Any) -> None:
    """Do what a hand in the database could do with the triggers off."""
    triggers.drop(connection, ("audit_entry", "audit_link"))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    triggers.create(connection, ("audit_entry", "audit_link"))


class TestRecord:
    def test_says_who_what_when_and_why(self) -> None:
        actor = UserFactory(full_name="Người Ghi")
        subject = UserFactory(full_name="Đơn vị Thuận Hòa")
        before = clock.real_now()
        token = request_id.set("req-12345678")
        try:
            with clock.on_day(date(2024, 10, 20)):
                made = audit.record(
                    "trial.held", actor=actor, subject=subject, changes={"full_name": ["A", "B"]},
                    reason="theo văn bản số 5", organiser_id=7,
                )  # fmt: skip
        finally:
            request_id.reset(token)
        made.refresh_from_db()
        assert before <= made.at <= clock.real_now(), "the time is the true one"
        assert made.business_day == date(2024, 10, 20), "the business day stands beside it"
        assert made.is_on_another_day
        assert (made.actor, made.actor_label) == (actor, "Người Ghi")
        assert (made.subject_type, made.subject_id) == ("accounts.user", str(subject.pk))
        assert made.subject_label == "Đơn vị Thuận Hòa"
        assert (made.reason, made.organiser_id, made.request_id) == ("theo văn bản số 5", 7, "req-12345678")
        assert made.changes == {"full_name": ["A", "B"]}
        assert made.row_hash == row_hash(made)

    def test_by_the_system(self) -> None:
        made = entry()
        assert made.actor is None
        assert made.actor_text == "Hệ thống"

    def test_takes_the_organiser_of_its_subject(self) -> None:
        subject = UserFactory()
        subject.organiser_id = 42
        assert entry(subject=subject).organiser_id == 42

    def test_of_an_unknown_action_fails_outside_production(self, settings: Settings) -> None:
        with pytest.raises(audit.UnknownAction):
            audit.record("trial.unheard_of", actor=None, subject=UserFactory())
        settings.MODE = "production"
        made = audit.record("trial.unheard_of", actor=None, subject=UserFactory())
        assert made.action_text == "trial.unheard_of"

    def test_goes_down_with_the_deed(self) -> None:
        def deed_that_fails() -> None:
            with transaction.atomic():
                entry()
                raise RuntimeError

        with pytest.raises(RuntimeError):
            deed_that_fails()
        assert not Entry.objects.exists()
        assert not Unsealed.objects.exists()

    def test_history_of_one_record_is_newest_first(self) -> None:
        subject, other = UserFactory(), UserFactory()
        first, _other, second = entry(subject=subject), entry(subject=other), entry(subject=subject)
        assert list(audit.entries_for(subject)) == [second, first]


class TestChanges:
    @pytest.mark.parametrize(
        "name", ["password", "new_Password", "secret_key", "id_cipher", "cccd", "so_cccd", "token", "id_hmac"]
    )
    def test_secrets_never_reach_the_table(self, name: str) -> None:
        made = entry(changes={name: ["canary", "canary"], "nested": {name: "canary"}})
        assert made.changes == {name: "***", "nested": {name: "***"}}
        with connection.cursor() as cursor:
            cursor.execute("SELECT changes FROM audit_entry")
            assert "canary" not in str(cursor.fetchall())

    def test_values_are_stored_so_that_they_read_back_the_same(self) -> None:
        made = entry(
            changes={
                "day": [None, date(2024, 2, 19)],
                "moment": [None, datetime(2024, 2, 19, 1, 2, 3, tzinfo=UTC)],
                "figure": [Decimal("1.10"), Decimal("1E+3")],
                "rate": [0.1, True],
                "words": [gettext_lazy("Reason"), "a\x00b\ud800"],
                "set": {3, 1, 2},
            }
        )
        made.refresh_from_db()
        assert made.row_hash == row_hash(made)
        assert made.changes == {
            "day": [None, "2024-02-19"],
            "moment": [None, "2024-02-19T01:02:03+00:00"],
            "figure": ["1.10", "1000"],
            "rate": ["0.1", True],
            "words": ["Lý do", "ab?"],
            "set": [1, 2, 3],
        }

    def test_strange_values_are_refused(self) -> None:
        with pytest.raises(TypeError):
            storable_changes({"a": [None, object()]})

    def test_are_read_in_words(self) -> None:
        rows = change_rows(
            "accounts.user",
            {
                "full_name": ["", "Lý Thị Sa Rươl"],
                "is_active": [True, False],
                "working_day": [None, "2024-10-20"],
                "created_at": [None, "2024-10-20T23:30:00+00:00"],
                "old_field": [None, ["a", {"b": 1}]],
                "password": "***",
            },
        )
        assert rows == [
            Change(label("full_name"), "", "Lý Thị Sa Rươl"),
            Change(label("is_active"), "Có", "Không"),
            Change(label("working_day"), "", "20/10/2024"),
            Change(label("created_at"), "", "21/10/2024 06:30"),
            Change("Old field", "", "a; b: 1"),
            Change(label("password"), "", "***"),
        ]

    def test_of_a_model_long_gone_are_still_read(self) -> None:
        assert change_rows("gone.model", {"state": ["a", "b"]}) == [Change("State", "a", "b")]

    def test_of_a_field_of_another_kind_since_are_read_as_stored(self) -> None:
        assert change_rows("accounts.user", {"working_day": [None, "bald"]}) == [
            Change(label("working_day"), "", "bald")
        ]


class TestInsertOnly:
    """Model, queryset and database each refuse by themselves."""

    @pytest.fixture(params=[Entry, Link])
    def model(self, request: pytest.FixtureRequest) -> Any:
        entry()
        audit.seal()
        return request.param

    def test_model_refuses(self, model: Any) -> None:
        row = model.objects.get()
        with pytest.raises(InsertOnlyError):
            row.save()
        with pytest.raises(InsertOnlyError):
            row.delete()

    @pytest.mark.parametrize("manager", ["objects", "_base_manager", "_default_manager"])
    def test_queryset_refuses(self, model: Any, manager: str) -> None:
        rows = getattr(model, manager).all()
        for refused in (
            lambda: rows.update(pk=5),
            lambda: rows.bulk_update(list(rows), ["pk"]),
            rows.delete,
            lambda: rows._raw_delete(None),
            lambda: rows.bulk_create([], update_conflicts=True),
            lambda: rows.bulk_create([], ignore_conflicts=True),
        ):
            with pytest.raises(InsertOnlyError):
                refused()

    @pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}"])
    def test_database_refuses(self, model: Any, act: str) -> None:
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act.format(model._meta.db_table))

    @pytest.mark.postgres_only
    def test_database_refuses_to_truncate(self, model: Any) -> None:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")

    def test_triggers_can_be_taken_off_by_a_migration_backwards(self) -> None:
        entry()
        editor: Any = SimpleNamespace(connection=connection)  # SQLite's own refuses to open in a test's transaction
        operation = triggers.InsertOnly("audit_entry")
        operation.database_backwards("audit", editor, ProjectState(), ProjectState())
        with connection.cursor() as cursor:
            cursor.execute("UPDATE audit_entry SET reason = 'x'")
        operation.database_forwards("audit", editor, ProjectState(), ProjectState())
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE audit_entry SET reason = 'y'")


class TestSealing:
    def test_happens_after_commit(self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            first, second = entry(), entry()
            assert not Link.objects.exists(), "the chain is not written in the transaction"
            assert audit.unsealed_count() == 2
        links = list(Link.objects.order_by("seq"))
        assert [(link.seq, link.entry_id) for link in links] == [(1, first.pk), (2, second.pk)]
        assert links[0].prev_hash == GENESIS
        assert links[1].prev_hash == links[0].hash
        assert audit.unsealed_count() == 0

    def test_asks_the_database_once_a_transaction(
        self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, django_assert_max_num_queries: Any
    ) -> None:
        with django_capture_on_commit_callbacks() as callbacks:
            for _ in range(20):
                entry()
        with django_assert_max_num_queries(12):
            for callback in callbacks:
                callback()
        assert audit.unsealed_count() == 0

    def test_of_a_request_is_bounded(self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
        subject = UserFactory()
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(REQUEST_LIMIT + 3):
                entry(subject=subject)
        assert audit.unsealed_count() == 3
        assert audit.seal() == 3

    def test_goes_on_where_it_stopped(self) -> None:
        for _ in range(5):
            entry()
        assert seal_waiting(2) == 2
        assert seal_waiting(2) == 2
        assert audit.seal() == 1
        assert audit.seal() == 0
        assert audit.verify().sound

    def test_finds_an_entry_whose_transaction_ended_late(self) -> None:
        """Its number is lower than that of one already chained."""
        late, early = entry(), entry()
        Unsealed.objects.filter(pk=late.pk).delete()
        assert audit.seal() == 1
        Unsealed.objects.create(entry=late)
        assert audit.seal() == 1
        assert list(Link.objects.order_by("seq").values_list("entry_id", flat=True)) == [early.pk, late.pk]
        assert audit.verify().sound

    def test_command_chains_and_finds_strays(self) -> None:
        entry()
        stray = entry()
        Unsealed.objects.filter(pk=stray.pk).delete()
        out, err = StringIO(), StringIO()
        call_command("seal_audit", stdout=out, stderr=err)
        assert "Đã nối 2 mục nhật ký" in out.getvalue()
        assert "1 mục nhật ký nằm ngoài hàng chờ" in err.getvalue()


class TestVerification:
    @pytest.fixture
    def chain(self) -> list[Entry]:
        made = [entry(reason=f"lần {n}") for n in range(4)]
        audit.seal()
        return made

    def test_proves_a_sound_trail(self, chain: list[Entry]) -> None:
        result = audit.verify()
        assert result.sound
        assert (result.entries, result.links, result.unsealed) == (4, 4, [])
        assert result.head == str(Link.objects.get(seq=4))

    def test_names_the_unsealed_tail(self, chain: list[Entry]) -> None:
        waiting = entry()
        result = audit.verify()
        assert result.sound
        assert result.unsealed == [waiting.pk]

    @pytest.mark.parametrize(
        "column",
        ["at = '2020-01-01 00:00:00+00:00'", "business_day = '2020-01-01'", "actor_label = 'x'", "action = 'x'",
         "subject_type = 'x'", "subject_id = 'x'", "subject_label = 'x'", "organiser_id = 9", "changes = '{\"a\": 1}'",
         "reason = 'x'", "request_id = 'x'", "row_hash = 'x'"],
    )  # fmt: skip
    def test_finds_a_changed_entry_in_every_column(self, chain: list[Entry], column: str) -> None:
        tamper(f"UPDATE audit_entry SET {column} WHERE id = %s", chain[2].pk)
        faults = audit.verify().faults
        assert faults
        assert {fault.entry_id for fault in faults} == {chain[2].pk}

    def test_finds_a_changed_actor(self, chain: list[Entry]) -> None:
        tamper("UPDATE audit_entry SET actor_id = %s WHERE id = %s", UserFactory().pk, chain[0].pk)
        assert [fault.entry_id for fault in audit.verify().faults] == [chain[0].pk]

    def test_finds_a_change_in_the_unsealed_tail(self, chain: list[Entry]) -> None:
        waiting = entry()
        tamper("UPDATE audit_entry SET reason = 'x' WHERE id = %s", waiting.pk)
        assert [(f.entry_id, f.seq) for f in audit.verify().faults] == [(waiting.pk, None)]

    def test_finds_an_entry_forged_with_its_own_hash(self, chain: list[Entry]) -> None:
        """Whoever also recomputes the row's hash is caught by the link."""
        forged = Entry.objects.get(pk=chain[1].pk)
        forged.reason = "khác"
        tamper("UPDATE audit_entry SET reason = 'khác', row_hash = %s WHERE id = %s", row_hash(forged), forged.pk)
        assert [f.entry_id for f in audit.verify().faults] == [forged.pk]

    def test_finds_a_removed_entry_with_its_link(self, chain: list[Entry]) -> None:
        tamper("DELETE FROM audit_link WHERE entry_id = %s", chain[1].pk)
        tamper("DELETE FROM audit_entry WHERE id = %s", chain[1].pk)
        assert {f.entry_id for f in audit.verify().faults} == {chain[2].pk}

    def test_finds_swapped_links(self, chain: list[Entry]) -> None:
        tamper("UPDATE audit_link SET seq = 99 WHERE seq = 2")
        assert {f.seq for f in audit.verify().faults} == {3, 99}

    def test_finds_a_gap_in_a_chain_that_was_hashed_anew(self, chain: list[Entry]) -> None:
        tamper("DELETE FROM audit_link WHERE seq = 2")
        prev = Link.objects.get(seq=1).hash
        for link in Link.objects.filter(seq__gt=2).order_by("seq"):
            own = link_hash(seq=link.seq, entry_id=link.entry_id, entry_hash=link.entry.row_hash, prev_hash=prev)
            tamper("UPDATE audit_link SET prev_hash = %s, hash = %s WHERE id = %s", prev, own, link.pk)
            prev = own
        assert [(f.entry_id, f.seq) for f in audit.verify().faults] == [(chain[2].pk, 3)]

    def test_finds_a_cut_end_by_a_noted_head(self, chain: list[Entry]) -> None:
        noted = audit.verify().head
        tamper("DELETE FROM audit_link WHERE seq = 4")
        tamper("DELETE FROM audit_entry WHERE id = %s", chain[3].pk)
        assert audit.verify().sound, "without a note nobody can tell"
        assert not verify_all(noted).sound

    def test_noted_head_still_in_the_chain_is_sound(self, chain: list[Entry]) -> None:
        noted = audit.verify().head
        entry()
        audit.seal()
        assert verify_all(noted).sound

    def test_command_succeeds_and_names_the_tail(self, chain: list[Entry]) -> None:
        waiting = entry()
        out = StringIO()
        call_command("verify_audit", stdout=out)
        assert "5 mục nhật ký, trong đó 4 mục đã nối" in out.getvalue()
        assert f"1 mục nhật ký chờ nối vào chuỗi: {waiting.pk}" in out.getvalue()
        assert "Nhật ký nguyên vẹn." in out.getvalue()

    def test_command_fails_and_names_the_entry(self, chain: list[Entry]) -> None:
        tamper("UPDATE audit_entry SET reason = 'x' WHERE id = %s", chain[2].pk)
        with pytest.raises(CommandError, match=re.escape(f"Mục {chain[2].pk} (mắt xích 3)")) as failed:
            call_command("verify_audit", stdout=StringIO())
        assert failed.value.returncode == 1


@pytest.mark.django_db(transaction=True)
class TestWithRealTransactions:
    def test_commit_seals(self) -> None:
        entry()
        assert Link.objects.count() == 1

    def test_failure_to_seal_is_logged_and_left_to_the_next_run(self, caplog: pytest.LogCaptureFixture) -> None:
        user = UserFactory()
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_link RENAME TO audit_link_away")
        try:
            made = entry(subject=user)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE audit_link_away RENAME TO audit_link")
        assert Entry.objects.get() == made, "the deed and its entry stand"
        assert caplog.records
        assert audit.unsealed_count() == 1
        assert audit.seal() == 1
        assert User.objects.filter(pk=user.pk).exists()


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_chain() -> None:
    """Every commit tries to seal; one writer at a time keeps the chain whole."""
    subject = UserFactory()
    start = Barrier(6)

    def work(_number: int) -> None:
        start.wait(timeout=20)
        try:
            for _ in range(20):
                entry(subject=subject)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    audit.seal()
    result = audit.verify()
    assert result.sound
    assert (result.entries, result.links, result.unsealed) == (120, 120, [])


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_sealer_leaves_the_work_to_the_one_who_is_at_it() -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_KEY])
        waiting = entry()
        assert audit.seal() == 0
        assert audit.unsealed_count() == 1
        # Let go by name: the server ends a closed session in its own time.
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_KEY])
    finally:
        other.close()
    assert audit.seal() == 1
    assert Link.objects.filter(entry=waiting).exists()
