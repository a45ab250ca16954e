"""Names of tests and files that pages call as witnesses."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEST_ID = re.compile(r"`(tests/[\w/]+\.py(?:::\w+)+)`")
PATH = re.compile(r"`((?:\.?[\w-]+/)+[\w.*-]*|[\w-]+\.(?:py|toml|json|md))`")


def named_tests(text: str) -> list[str]:
    """Every test id between backticks."""
    return TEST_ID.findall(text)


def named_paths(text: str) -> list[str]:
    """Every path between backticks that is not part of a test id."""
    return PATH.findall(text)


@cache
def names_in(path: str) -> frozenset[str]:
    """The tests and test classes of a file, as ``test_x``, ``TestY`` or ``TestY::test_z``."""
    file = ROOT / path
    if not file.exists():
        return frozenset()
    found: set[str] = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            found.add(node.name)
            found |= {f"{node.name}::{part.name}" for part in node.body if isinstance(part, ast.FunctionDef)}
        elif isinstance(node, ast.FunctionDef):
            found.add(node.name)
    return frozenset(found)


def exists(test_id: str) -> bool:
    path, _mark, name = test_id.partition("::")
    last = name.rpartition("::")[2]
    return name in names_in(path) and (last.startswith("test") or "::" not in name)
