"""docs/decisions: one page a decision; every file and every test a page names is there."""

import re
from pathlib import Path

import pytest

from tests.docs.evidence import ROOT, exists, named_paths, named_tests

FOLDER = ROOT / "docs" / "decisions"
PAGES = sorted(FOLDER.glob("[0-9][0-9]-*.md"))


def test_the_pages_are_numbered_without_a_gap_and_listed() -> None:
    assert [page.name[:2] for page in PAGES] == [f"{number:02d}" for number in range(1, 28)]
    listed = re.findall(r"\]\((\S+\.md)\)", (FOLDER / "README.md").read_text(encoding="utf-8"))
    assert listed == [page.name for page in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    places = re.findall(r"^- `([^`:]+)`$", text.split("## Where")[1], re.MULTILINE)
    assert places != []
    assert [place for place in places if not (ROOT / place).exists()] == []
    assert named_tests(text) != []
    assert [name for name in named_tests(text) if not exists(name)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_short_and_has_its_parts(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    for part in ("## The trap", "## What we do", "## Where", "## Held by"):
        assert part in text


def test_a_test_that_has_gone_is_noticed() -> None:
    assert exists("tests/test_permissions.py::Matrix")
    assert exists("tests/core/test_files_download.py::TestRight::test_outsider_finds_nothing")
    assert not exists("tests/test_permissions.py::test_nothing_of_the_kind")
    assert not exists("tests/core/test_files_download.py::test_outsider_finds_nothing")  # a part of its class
    assert not exists("tests/no_such_file.py::test_x")
    assert named_paths("see `core/db.py` and `tests/x.py::test_y`") == ["core/db.py"]
