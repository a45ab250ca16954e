"""docs/start.md can be followed: its change fits the file, its commands, files and make targets are there."""

import re

from django.core.management import get_commands

from tests.docs.evidence import ROOT, named_paths

TEXT = (ROOT / "docs" / "start.md").read_text(encoding="utf-8")
CHANGED = "units/tables.py"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


def apply(source: str, diff: str) -> str:
    """`source` with `diff` applied where its old lines stand, which must be in one place."""
    lines = diff.splitlines()
    old, new = ("\n".join(line[1:] for line in lines if line[:1] != sign) for sign in "+-")
    assert source.count(old) == 1, old
    return source.replace(old, new)


def test_the_first_change_fits_the_file_as_it_stands() -> None:
    assert f"In `{CHANGED}`" in TEXT
    source = (ROOT / CHANGED).read_text(encoding="utf-8")
    changed = source
    for diff in blocks("diff"):
        changed = apply(changed, diff)
    compile(changed, CHANGED, "exec")
    assert changed.count("short_name") == source.count("short_name") + 3


def test_the_test_of_the_first_change_uses_names_that_file_has() -> None:
    (block,) = blocks("python")
    compile(block, "start.md", "exec")
    there = (ROOT / "tests" / "units" / "test_pages.py").read_text(encoding="utf-8")
    for name in ("Unit", "reverse"):
        assert re.search(rf"^from .* import .*\b{name}\b", there, re.MULTILINE)
    assert "def test_list_shows_short_names" not in there  # the change was made: the page needs another


def test_what_it_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", TEXT, re.MULTILINE)) <= targets
    assert set(re.findall(r"manage\.py ([a-z_]+)", TEXT)) <= set(get_commands())
    paths = [path for path in named_paths(TEXT) if "/" in path]
    paths += re.findall(r"pytest -q ([^\n]+)", TEXT)[0].split()
    inside_a_room = {"models/", "queries/", "services/", "forms/", "views/", "urls/", "arithmetic/", "decisions/"}
    assert [path for path in paths if path not in inside_a_room and not (ROOT / path).exists()] == []
