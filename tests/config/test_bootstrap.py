"""Set-up and start: what is missing is said in one line with its remedy, before anything is waited for."""

import ast
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from config.bootstrap import environment
from config.serve.ports import HOST, usable_port

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = Path("config") / "bootstrap" / "environment.py"


def set_up(folder, **more):
    """Run the set-up of a copy that holds nothing else."""
    (folder / SCRIPT).parent.mkdir(parents=True)
    shutil.copy(ROOT / SCRIPT, folder / SCRIPT)
    return subprocess.run(
        [sys.executable, str(folder / SCRIPT)], env={**os.environ, **more}, capture_output=True, text=True, check=False
    )


def test_the_set_up_can_be_read_by_an_old_python():
    ast.parse((ROOT / SCRIPT).read_text(encoding="utf-8"), feature_version=(3, 5))


def test_an_old_python_is_refused(monkeypatch):
    monkeypatch.setattr(environment, "OLDEST", (99, 0))
    with pytest.raises(SystemExit, match=r"^Python 3\.\d+ is too old\. Install Python 3\.11 or newer"):
        environment.main("runtime")


def test_a_python_without_venv_is_told_the_package_to_install(tmp_path):
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "ensurepip.py").write_text("raise ImportError")
    result = set_up(tmp_path / "clone", PYTHONPATH=str(tmp_path / "without"))
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert f"apt install python3.{sys.version_info.minor}-venv" in line


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "taken").write_text("a file where the folder should be")
    result = set_up(tmp_path / "clone", VAR_DIR=str(tmp_path / "taken"))
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"Nothing can be written to {tmp_path / 'taken'} (")
    assert line.endswith("VAR_DIR=/path make demo")


def test_make_without_python_names_the_remedy():
    # As a person types it: the suite itself is run by make, which tells the makes below it so.
    alone = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    result = subprocess.run(
        ["make", "demo", "PYTHON=python3.99"], cwd=ROOT, env=alone, capture_output=True, text=True, check=False
    )
    assert result.stdout.splitlines() == [
        "python3.99 is missing. Install Python 3.11 or newer, or name it: make demo PYTHON=python3.12"
    ]


@pytest.mark.parametrize("text", ["abc", "", "0", "65536", "-1", "８０８０"])
def test_a_port_that_is_none_is_refused(text):
    with pytest.raises(CommandError, match=r"is not a port between 1 and 65535\. Choose another: PORT=8001"):
        usable_port(HOST, text)


def test_a_taken_port_is_refused_until_it_is_free():
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} cannot be used .*PORT=8001 make demo"):
            usable_port(HOST, str(port))
    assert usable_port(HOST, str(port)) == port


def test_the_demo_judges_the_port_before_it_touches_anything(tmp_path):
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = str(other.getsockname()[1])
        result = subprocess.run(
            [sys.executable, "manage.py", "demo"], cwd=ROOT, capture_output=True, text=True, check=False,
            env={**os.environ, "MODE": "demo", "VAR_DIR": str(tmp_path), "PORT": port},
        )  # fmt: skip
    assert f"Port {port} cannot be used" in result.stderr
    assert not (tmp_path / "db.sqlite3").exists()
