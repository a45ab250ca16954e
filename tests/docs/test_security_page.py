"""docs/security.md names only tests that exist and says honestly what is missing."""

import re

import pytest

from tests.docs.evidence import ROOT, exists, named_tests

TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([AB]\d+|4\.1\S*|5\.2\S*) \| (.+?) \| (.*?) \| (.+?) \|$", TEXT, re.MULTILINE)
STATES = ("proved", "partly", "not yet", "does not apply")


def test_the_rows_stand_there_once_each() -> None:
    ids = [row[0] for row in ROWS]
    assert len(ids) == len(set(ids)) == len([line for line in TEXT.splitlines() if line.startswith("| ")]) - 6
    assert len(ids) > 60


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_is_honest(row: tuple[str, str, str, str]) -> None:
    _id, _what, tests, said = row
    state, _colon, note = said.partition(": ")
    assert state in STATES
    assert [name for name in named_tests(tests) if not exists(name)] == []
    assert len(named_tests(tests)) == tests.count("`") // 2, "something between backticks is no test"
    if state == "proved":
        assert named_tests(tests) != []
    else:
        assert note != ""


def test_the_counts_above_are_those_of_the_rows() -> None:
    states = [row[3].partition(": ")[0] for row in ROWS]
    assert f"{states.count('proved')} are proved, {states.count('partly')} partly" in TEXT
