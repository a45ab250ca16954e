"""Known vulnerabilities of every locked package, by pip-audit in an environment of its own.

    python -m tests.vulnerabilities

Exit 1 names what is vulnerable. Where no advisory database answers (an office without the Internet, a mirror
that serves packages only) nothing can be known: one loud line says so, and the exit code is NOT_RUN. What holds
even then, that every package is pinned with its hashes, is tests/test_requirements.py.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("runtime", "dev", "broker", "postgres", "node")
HOUSE = ROOT / ".venv" / "audit"
NOT_RUN = 75
PROBE = "django==5.2.0\n"  # has known vulnerabilities: a database that answers names them


def prepare() -> bool:
    """The tool, installed with hashes; whether it is there."""
    lock = ROOT / "requirements" / "audit.txt"
    stamp = HOUSE / "stamp"
    if stamp.exists() and stamp.read_text() == lock.read_text():
        return True
    uv = str(Path(sys.executable).with_name("uv"))
    steps = [
        [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(HOUSE)],
        [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(HOUSE / "bin" / "python"), str(lock)],
    ]
    if any(subprocess.run(step, cwd=ROOT, check=False).returncode for step in steps):
        return False
    stamp.write_text(lock.read_text())
    return True


def audit(lock: Path) -> list[dict[str, Any]]:
    """What pip-audit says of each package of a lock file; nothing where it could not ask."""
    command = [
        str(HOUSE / "bin" / "pip-audit"), "--requirement", str(lock), "--disable-pip", "--no-deps", "--format", "json",
        "--progress-spinner", "off", "--timeout", "15",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return []
    return found


def lines_of(packages: list[dict[str, Any]]) -> list[str]:
    """One line a vulnerability."""
    return [
        f"{package['name']} {package['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or '–'}"
        for package in packages for flaw in package.get("vulns", [])
    ]  # fmt: skip


def not_run(why: str) -> int:
    print(f"!! KNOWN VULNERABILITIES NOT LOOKED UP: {why}", flush=True)
    return NOT_RUN


def main() -> int:
    if not prepare():
        return not_run("pip-audit could not be installed")
    probe = HOUSE / "probe.txt"
    probe.write_text(PROBE)
    if not lines_of(audit(probe)):
        return not_run("no advisory database answers from here; run this stage with a way to the outside")
    # The development set holds the runtime set as well; asking for both keeps each lock honest.
    packages = [package for name in LOCKS for package in audit(ROOT / "requirements" / f"{name}.txt")]
    flaws = sorted(set(lines_of(packages)))
    unknown = sorted({package["name"] for package in packages if "skip_reason" in package})
    if unknown:
        print(f"!! not in the advisory database: {', '.join(unknown)}", flush=True)
    print("\n".join(flaws) if flaws else f"{len(packages)} packages, no known vulnerability", flush=True)
    return int(bool(flaws))


if __name__ == "__main__":
    sys.exit(main())
