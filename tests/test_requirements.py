"""What the product is built from is pinned to the byte: every package one version, every version its hashes."""

import re
from pathlib import Path

import pytest

from tests import vulnerabilities

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
ENTRY = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries(name: str) -> list[str]:
    """The blocks of a lock file, each with its hashes."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return re.split(r"\n(?=\S)", "\n".join(lines))


def folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.split("[", maxsplit=1)[0]).lower()


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.in")))
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    loose = [entry.splitlines()[0] for entry in entries(name) if not (ENTRY.match(entry) and HASH.search(entry))]
    assert loose == []


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.in")))
def test_the_lock_holds_what_is_asked_for(name: str) -> None:
    lines = (FOLDER / f"{name}.in").read_text(encoding="utf-8").splitlines()
    asked = {folded(re.split(r"[~=<>!;\[ ]", line)[0]) for line in lines if line and line[0].isalpha()}
    assert asked <= {folded(found.group(1)) for found in map(ENTRY.match, entries(name)) if found}


def test_each_lock_is_looked_up() -> None:
    assert {*vulnerabilities.LOCKS, "audit"} == {path.stem for path in FOLDER.glob("*.in")}


def test_a_flaw_is_told_in_one_line() -> None:
    packages = [
        {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2", "3"]}]},
        {"name": "b", "version": "1", "vulns": []},
        {"name": "c", "version": "1", "skip_reason": "unknown"},
    ]
    assert vulnerabilities.lines_of(packages) == ["a 1: PYSEC-1, mended in 2, 3"]
