"""Copying a whole database into a file and back: SQLite by its online backup, PostgreSQL by pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.db.utils import ProgrammingError
from django.utils.translation import gettext as _

from config.backup import BackupError
from core.db import is_postgres, read_snapshot

Ask = Callable[[str], Iterable[tuple[Any, ...]]]
MADE_BY_MIGRATE = frozenset({"django_migrations", "django_content_type", "auth_permission"})
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}


@dataclass(frozen=True)
class Copy:
    """A database in a file, and a way to ask exactly the state that went into it."""

    path: Path
    ask: Ask


def member_name(vendor: str) -> str:
    """What the database is called inside an archive."""
    return "database.sqlite3" if vendor == "sqlite" else "database.dump"


@contextmanager
def copied(folder: Path) -> Iterator[Copy]:
    """The database of this installation in a file of `folder`. Writers are not held up. Raises BackupError."""
    path = folder / member_name(connection.vendor)
    with (_dumped if is_postgres() else _backed_up)(path) as ask:
        yield Copy(path, ask)


@contextmanager
def _backed_up(path: Path) -> Iterator[Ask]:
    source = sqlite_path()
    if not source.exists():
        raise BackupError(_("There is no database file at %(path)s.") % {"path": source})
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(path)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        yield new.execute


@contextmanager
def _dumped(path: Path) -> Iterator[Ask]:
    """The dump and every question see one and the same snapshot."""
    program = _program("pg_dump")
    with read_snapshot(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run(program, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={path}")
        yield _asking(cursor)


def _asking(cursor: Any) -> Ask:
    def ask(question: str) -> Iterable[tuple[Any, ...]]:
        cursor.execute(question)
        return list(cursor.fetchall())

    return ask


def sqlite_path() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def counts(ask: Ask) -> dict[str, int]:
    """How many rows each table has."""
    names = sorted(row[0] for row in ask(TABLES[connection.vendor]))
    return {name: next(iter(ask(f'SELECT count(*) FROM "{name}"')))[0] for name in names}  # noqa: S608 -- the catalogue's own names


def is_empty() -> bool:
    """Whether this installation's database holds nothing anybody could miss."""
    if not is_postgres():
        if not sqlite_path().exists():
            return True
        with closing(sqlite3.connect(sqlite_path())) as base:
            found = counts(base.execute)
    else:
        with connection.cursor() as cursor:
            found = counts(_asking(cursor))
    return not any(number for name, number in found.items() if name not in MADE_BY_MIGRATE)


def address_of(name: str, folder: Path) -> str:
    """The DATABASE_URL of the database `name` on the same server, or of a SQLite file in `folder`."""
    if not is_postgres():
        return f"sqlite:///{folder / name}"
    head, question, options = os.environ["DATABASE_URL"].partition("?")
    return f"{head.rpartition('/')[0]}/{name}{question}{options}"


@contextmanager
def loaded(source: Path, name: str, folder: Path) -> Iterator[Ask]:
    """`source` as the new database `name`; ask it inside the block. Raises BackupError."""
    if not is_postgres():
        shutil.copyfile(source, folder / name)
        with closing(sqlite3.connect(folder / name)) as base:
            yield base.execute
        return
    program = _program("pg_restore")
    create(name)
    _run(program, "--no-owner", "--no-privileges", "--no-comments", "--exit-on-error", str(source), database=name)
    parameters = {**connection.get_connection_params(), "dbname": name}
    with closing(psycopg.connect(**parameters)) as link, link.cursor() as cursor:
        yield _asking(cursor)


def create(name: str) -> None:
    """An empty PostgreSQL database like this one."""
    try:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    except ProgrammingError as error:
        text = _("The database role may not create databases, which a restore needs: ALTER ROLE %(role)s CREATEDB;")
        raise BackupError(text % {"role": connection.settings_dict["USER"]}) from error


def drop(name: str, folder: Path) -> None:
    """Remove a scratch database."""
    if is_postgres():
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
    else:
        (folder / name).unlink(missing_ok=True)


def rename(old: str, new: str) -> None:
    """Rename a PostgreSQL database; it refuses while anybody is connected to it."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{old}" RENAME TO "{new}"')


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(_("%(name)s is not on PATH: apt-get install postgresql-client") % {"name": name})
    return found


def _run(program: str, *arguments: str, database: str = "") -> None:
    """Run a program of PostgreSQL against this server; the password travels by the environment."""
    words, environment = connection.client.settings_to_cmd_args_env({**connection.settings_dict, "OPTIONS": {}}, [])
    name = database or words[-1]
    done = subprocess.run(
        [program, *words[1:-1], f"--dbname={name}", *arguments], env={**os.environ, **(environment or {})},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        raise BackupError(_("%(program)s failed: %(words)s") % {"program": Path(program).name, "words": last})
