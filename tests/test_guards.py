"""The list of guards is current: each text stands once in its file, each test id names a file that exists."""

import pytest

from tests import guards


def test_there_are_enough_guards():
    assert len(guards.read()) >= 40


@pytest.mark.parametrize("guard", guards.read(), ids=lambda guard: guard.what[:60])
def test_a_guard_still_stands_where_the_list_says(guard):
    assert guards.faults(guard) is None
    assert (guards.ROOT / guard.test.partition("::")[0]).exists()
