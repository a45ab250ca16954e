"""The settings refuse what would be unsafe, and docs/configure.md names every variable."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COMPLETE = {
    "MODE": "production",
    "SECRET_KEY": "x" * 60,
    "FIELD_KEY": "y" * 40,
    "ALLOWED_HOSTS": "thidua.example.vn",
    "DATABASE_URL": "sqlite:///:memory:",
}

SHOWN = "import config.settings as s; print(s.DEBUG, s.DEMO, s.SESSION_COOKIE_SECURE, *s.SECOND_FACTOR_ROLES)"


def load(environment):
    """Read the settings in a process of their own."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, "-c", SHOWN],
        cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("missing", ["SECRET_KEY", "FIELD_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_refuses_to_start_without(missing):
    result = load({name: value for name, value in COMPLETE.items() if name != missing})
    assert result.returncode != 0
    assert f"{missing} is not set" in result.stderr


def test_production_is_the_default_and_safe():
    result = load({name: value for name, value in COMPLETE.items() if name != "MODE"})
    roles = ["administrator", "standing_officer", "approver"]
    assert result.stdout.split() == ["False", "False", "True", *roles], result.stderr


def test_unknown_mode_is_refused():
    assert "MODE is 'debug'" in load({**COMPLETE, "MODE": "debug"}).stderr


def test_configure_page_names_every_variable_and_no_other():
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in [ROOT / "config" / "settings.py", ROOT / "config" / "management" / "commands" / "serve.py"]
    )
    read = set(re.findall(r"(?:env\.\w+|required|Env\(\)\.\w+)\(\s*\"([A-Z_]+)\"", source))
    page = (ROOT / "docs" / "configure.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)`", page, flags=re.MULTILINE)) == read


def test_production_settings_pass_the_deployment_checks():
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env={**kept, **COMPLETE, "SECRET_KEY": os.urandom(40).hex()},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
