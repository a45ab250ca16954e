"""`make guards`: take each guard of tests/guards.toml out, in a copy; its test must then fail.

    python -m tests.guards                    every guard
    python -m tests.guards --only TEXT …      those whose `what`, `file` or `test` holds one of the texts
    python -m tests.guards --copies N         so many at a time (2)

A guard whose test still passes proves nothing. Each entry: `file`, `text` (exact, found once),
`replacement`, `test` (a pytest id), `what` (the trap it stands against). Each outcome is printed as it
comes, with what pytest said of the failure: a guard that fails by a slip of its replacement is seen there.

Most of what a single test costs is its start. So each is run in a fork of a process that has already
imported what the copies import from elsewhere, and on a copy of a database that was migrated once, which
this module lends to the tests as a plugin of pytest (`-p tests.guards`).
"""

import argparse
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import Queue

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
COPIES = 2
TESTS_FAILED = 1  # pytest's exit code; others mean that the test could not even run
LONGEST = 300  # seconds; a test that hangs without its guard has failed too
DATABASE = "GUARDS_DATABASE"  # the environment variable that names the lent database
ANY_TEST = "tests/test_guards.py"  # run without a guard taken out; its exit code says whether copies work at all
IMPORTED = [
    "celery.app.task", "django.contrib.postgres.fields", "django.core.management", "django.db.models",
    "django.forms", "django.http", "django.template.loader", "django.test", "django.urls", "django.views.generic",
    "docx", "environ", "openpyxl", "PIL.Image", "psycopg", "pytest", "rules",
]  # fmt: skip
MEMORY = Path("/dev/shm")  # the copies are made there if the machine has it


@dataclass(frozen=True)
class Guard:
    what: str
    file: str
    text: str
    replacement: str
    test: str


@dataclass(frozen=True)
class Outcome:
    good: bool
    words: str


def read() -> list[Guard]:
    entries = tomllib.loads((ROOT / "tests" / "guards.toml").read_text(encoding="utf-8"))["guard"]
    return [Guard(**entry) for entry in entries]


def faults(guard: Guard) -> str | None:
    """Why the entry itself is wrong, without running anything."""
    if not (ROOT / guard.file).exists():
        return f"{guard.file} does not exist"
    found = source_of(guard.file).count(guard.text)
    if found != 1:
        return f"the text stands {found} times in {guard.file}"
    file, *names = guard.test.split("::")
    if not (ROOT / file).exists():
        return f"{file} does not exist"
    for name in names:
        if not re.search(rf"^\s*(?:def|class) {re.escape(name.partition('[')[0])}\b", source_of(file), re.MULTILINE):
            return f"{file} has no {name}"
    return None


@cache
def source_of(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def chosen(guards: Iterable[Guard], texts: list[str]) -> list[Guard]:
    """Those that hold one of `texts` in what they say, their file or their test; all without texts."""
    wanted = [text.casefold() for text in texts]
    return [
        guard
        for guard in guards
        if not wanted or any(text in f"{guard.what}\n{guard.file}\n{guard.test}".casefold() for text in wanted)
    ]


def copy_tree(target: Path) -> Path:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    if (ROOT / "static" / "vendor").exists():
        shutil.copytree(ROOT / "static" / "vendor", target / "static" / "vendor", dirs_exist_ok=True)
    return target


def migrate(tree: Path) -> Path:
    """A database file with every migration applied and nothing in it, in `tree`'s folder."""
    made = tree.parent / "migrated.sqlite3"
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=tree, env={**os.environ, "MODE": "test", "DATABASE_URL": f"sqlite:///{made}"}, check=True,
    )  # fmt: skip
    return made


def pytest_configure() -> None:
    """In a copy: the tests use the lent database instead of making one in memory."""
    if lent := os.environ.get(DATABASE):
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = lent


def as_pytest(tree: Path, arguments: list[str], environment: dict[str, str], said: Path) -> None:
    """In a fork: what `python -m pytest` does in `tree`, all its words written to `said`."""
    with said.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("tests", "__mp_main__") and name != "__main__":
            del sys.modules[name], module
    sys.path[:] = [str(tree), *(path for path in sys.path if Path(path or ".").resolve() != ROOT)]
    os.chdir(tree)
    os.environ.update(environment)
    sys.exit(pytest.main(arguments))


def run_test(tree: Path, test: str, migrated: Path | None) -> tuple[int, str]:
    """pytest's exit code and what it said of the first failure."""
    arguments = ["-q", "-x", "--no-header", "-p", "no:cacheprovider", test]
    environment = {"COLUMNS": "240"}  # else pytest leaves out why a test failed
    if migrated is not None:
        lent = tree / "lent.sqlite3"
        for left in tree.glob(f"{lent.name}*"):
            left.unlink()
        shutil.copyfile(migrated, lent)
        environment[DATABASE] = str(lent)
        arguments += ["-p", "tests.guards", "--reuse-db"]
    said = tree / "said.txt"
    child = multiprocessing.get_context("forkserver").Process(
        target=as_pytest, args=(tree, arguments, environment, said)
    )
    child.start()
    child.join(LONGEST)
    if child.exitcode is None:
        child.kill()
        child.join()
        return TESTS_FAILED, f"not ended after {LONGEST} seconds"
    words = said.read_text(encoding="utf-8", errors="replace")
    failure = re.search(r"^(?:FAILED|ERROR) \S.*$", words, re.MULTILINE)
    return child.exitcode, failure[0] if failure else words.strip()[-300:]


def try_out(guard: Guard, trees: "Queue[Path]", migrated: Path) -> Outcome:
    """Whether the test fails without the guard."""
    if fault := faults(guard):
        return Outcome(False, fault)
    tree = trees.get()
    path = tree / guard.file
    whole = path.read_text(encoding="utf-8")
    # What guards a table is written by its migration, which must then run.
    lent = None if "/migrations/" in guard.file else migrated
    try:
        path.write_text(whole.replace(guard.text, guard.replacement), encoding="utf-8")
        code, said = run_test(tree, guard.test, lent)
    finally:
        path.write_text(whole, encoding="utf-8")
        trees.put(tree)
    if code == TESTS_FAILED:
        return Outcome(True, said.removeprefix("FAILED "))
    if code == 0:
        return Outcome(False, f"its test passes without it ({guard.test})")
    return Outcome(False, f"its test could not run (pytest exit {code}): {said}")


def try_all(guards: list[Guard], copies: int) -> int:
    """Print each outcome as it comes; returns how many are bad."""
    bad = 0
    place = str(MEMORY) if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="tdkt-guards-", dir=place) as folder:
        trees: Queue[Path] = Queue()
        for number in range(copies):
            trees.put(copy_tree(Path(folder) / str(number)))
        first = trees.queue[0]
        migrated = migrate(first)
        multiprocessing.get_context("forkserver").set_forkserver_preload(IMPORTED)
        code, said = run_test(first, ANY_TEST, migrated)
        if code:
            print(f"Nothing was tried out: with every guard in its place, {said}")
            return len(guards)
        with ThreadPoolExecutor(copies) as pool:
            outcomes = pool.map(lambda guard: try_out(guard, trees, migrated), guards)
            for guard, outcome in zip(guards, outcomes, strict=True):
                print(f"{'ok ' if outcome.good else 'BAD'} {guard.what}: {outcome.words[:240]}", flush=True)
                bad += not outcome.good
    return bad


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.guards", description="Take each guard out in a copy.")
    parser.add_argument("--only", nargs="+", default=[], metavar="TEXT")
    parser.add_argument("--copies", type=int, default=COPIES)
    wanted = parser.parse_args(arguments)
    guards = chosen(read(), wanted.only)
    bad = try_all(guards, wanted.copies)
    print(f"{len(guards) - bad} passed, {bad} failed")
    return int(bad > 0 or not guards)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
