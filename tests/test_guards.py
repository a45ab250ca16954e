"""The list of guards is current: each text stands once in its file, each test id names a test that exists."""

from tests import guards


def test_there_are_enough_guards():
    assert len(guards.read()) >= 450


def test_each_guard_is_told_apart_by_what_it_stands_against():
    said = [guard.what for guard in guards.read()]
    assert [what for what in said if said.count(what) > 1] == []


def test_guards_are_chosen_by_what_file_and_test():
    rows = [guards.Guard("Người lạ đọc", "core/a.py", "", "", "tests/x.py"), guards.Guard("b", "y.py", "", "", "t.py")]
    assert guards.chosen(rows, []) == rows
    for text in ("NGƯỜI LẠ", "core/", "x.py"):
        assert guards.chosen(rows, [text]) == rows[:1]
    assert guards.chosen(rows, ["core/", "t.py"]) == rows
    assert guards.chosen(rows, ["nothing"]) == []


def test_every_guard_still_stands_where_the_list_says():
    said = {guard.what: guards.faults(guard) for guard in guards.read()}
    assert {what: fault for what, fault in said.items() if fault is not None} == {}
