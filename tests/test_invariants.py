"""`check_invariants` is silent on sound data and names every planted fault."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from core.invariants import INVARIANTS, ask
from tests.planting import PLANTS, build, name_of, write

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SHOWN = 50


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("check_invariants", *arguments, stdout=out)
    return out.getvalue()


def test_sound_data_are_silent_and_each_planted_fault_is_named() -> None:
    sound = build()
    said = run("--checksums")
    assert "FAULT" not in said
    assert said.count("\nok") + said.startswith("ok") == len(list(INVARIANTS))
    missed = []
    for name, plant in PLANTS:
        with transaction.atomic():
            offender = name_of(plant(sound))
            found = ask(INVARIANTS[name], shown=SHOWN).first
            if not any(f"{text} ".startswith(f"{offender} ") or offender in text for text in found):
                missed.append((plant.__name__, offender, found))
            transaction.set_rollback(True)
    assert missed == []


def test_each_invariant_has_a_fault_that_shows_it() -> None:
    assert {name for name, _plant in PLANTS} == set(INVARIANTS)


def test_a_fault_ends_the_command_with_its_first_rows() -> None:
    sound = build()
    write(sound.row, printed_decision="1/QĐ-UBND")
    out = StringIO()
    with pytest.raises(CommandError, match=r"1 trên 2"):
        call_command("check_invariants", "awards.snapshot", "awards.ledger", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("FAULT awards.snapshot")
    assert lines[1].strip() == f"awards.Commendation {sound.row.pk}"
    assert lines[2].startswith("ok    awards.ledger")


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CommandError, match=r"units\.reach"):
        run("units.reech")
