"""What is stored is NFC without characters that databases, workbooks or readers stumble on."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text import clean_line, nfc

HALF_COMPOSED = "Nguyê\u0303n Thi\u0323 Ho\u0300a"


def test_nfc_composes_what_unikey_left_half_composed() -> None:
    assert nfc(HALF_COMPOSED) == "Nguyễn Thị Hòa"
    assert len(nfc(unicodedata.normalize("NFD", "Nguyễn Thị Hòa"))) == 14


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\u2029", "\u0085", "\x0b", "\x0c"])
def test_nfc_writes_every_line_end_alike(end: str) -> None:
    assert nfc(f"một{end}hai") == "một\nhai"


@pytest.mark.parametrize(
    "char", ["\0", "\x07", "\x1b", "\x7f", "\ud800", "\ufeff", "\ufffe", "\uffff", "\u202e", "\u2066"]
)
def test_nfc_drops_what_nobody_typed(char: str) -> None:
    assert nfc(f"Sóc{char} Trăng") == "Sóc Trăng"


@pytest.mark.parametrize("char", ["\u00ad", "\u200b", "\u200d", "\t", "\n", "\u00a0"])
def test_nfc_keeps_what_may_carry_meaning(char: str) -> None:
    assert nfc(f"x{char}y") == f"x{char}y"


def test_clean_line_collapses_blanks_of_every_kind() -> None:
    assert clean_line(" \u00a0Ấp\t\tTrà \r\n Quýt\u2009 ") == "Ấp Trà Quýt"
    assert clean_line("\u00a0 \n") == ""


@pytest.mark.parametrize("text", ["\u200b\u200d", "\u00ad", " \u2060\u00a0\u3164 "])
def test_a_line_in_which_nothing_can_be_seen_is_empty(text: str) -> None:
    assert clean_line(text) == ""
    assert clean_line(f"{text}x") != ""


@settings(deadline=None)
@given(st.text())
def test_nfc_and_clean_line_change_nothing_twice(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_line(text) == clean_line(unicodedata.normalize("NFD", text))
