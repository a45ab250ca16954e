"""`make guards`: take each guard of tests/guards.toml out, in a copy; its test must then fail.

A guard whose test still passes proves nothing. Each entry: `file`, `text` (exact, found once),
`replacement`, `test` (a pytest id), `what` (the trap it stands against).
"""

import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parent.parent
COPIES = 2
TESTS_FAILED = 1  # pytest's exit code; others mean that the test could not even run


@dataclass(frozen=True)
class Guard:
    what: str
    file: str
    text: str
    replacement: str
    test: str


def read() -> list[Guard]:
    entries = tomllib.loads((ROOT / "tests" / "guards.toml").read_text(encoding="utf-8"))["guard"]
    return [Guard(**entry) for entry in entries]


def faults(guard: Guard) -> str | None:
    """Why the entry itself is wrong, without running anything."""
    path = ROOT / guard.file
    if not path.exists():
        return f"{guard.file} does not exist"
    found = path.read_text(encoding="utf-8").count(guard.text)
    return None if found == 1 else f"the text stands {found} times in {guard.file}"


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


def run_test(tree: Path, test: str) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
    return subprocess.run(command, cwd=tree, capture_output=True, check=False).returncode


def try_out(guard: Guard, trees: "Queue[Path]") -> str | None:
    """None if the test fails without the guard, else what is wrong."""
    if fault := faults(guard):
        return fault
    tree = trees.get()
    path = tree / guard.file
    whole = path.read_text(encoding="utf-8")
    try:
        path.write_text(whole.replace(guard.text, guard.replacement), encoding="utf-8")
        code = run_test(tree, guard.test)
    finally:
        path.write_text(whole, encoding="utf-8")
        trees.put(tree)
    if code == TESTS_FAILED:
        return None
    return "its test passes without it" if code == 0 else f"its test could not run (pytest exit {code})"


def main() -> int:
    guards = read()
    with tempfile.TemporaryDirectory(prefix="tdkt-guards-") as folder:
        trees: Queue[Path] = Queue()
        for number in range(COPIES):
            trees.put(copy_tree(Path(folder) / str(number)))
        with ThreadPoolExecutor(COPIES) as pool:
            outcomes = list(pool.map(lambda guard: try_out(guard, trees), guards))
    for guard, fault in zip(guards, outcomes, strict=True):
        print(f"{'ok ' if fault is None else 'BAD'} {guard.what}{'' if fault is None else ': ' + fault}")
    bad = sum(fault is not None for fault in outcomes)
    print(f"{len(guards) - bad} passed, {bad} failed")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
