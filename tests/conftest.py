"""Fixtures every test may use."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from tests.emptying import _audit_may_be_emptied  # noqa: F401 -- used by every test


def pytest_configure() -> None:
    # Texts are compared in Vietnamese; compiled catalogues are not committed.
    call_command("messages", "--compile")
    # WhiteNoise warns about a folder that set-up has not made yet, and warnings are errors here.
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What only PostgreSQL can show is skipped elsewhere."""
    if connection.vendor == "postgresql":
        return
    skip = pytest.mark.skip(reason="PostgreSQL only: SQLite has no row locks")
    for item in items:
        if item.get_closest_marker("postgres_only"):
            item.add_marker(skip)


@pytest.fixture(autouse=True)
def _own_folders(settings: Settings, tmp_path: Path) -> None:
    """Files written by a test stay in its own folder."""
    settings.VAR_DIR = tmp_path
    settings.FILES_DIR = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }
