"""Texts and names: nothing illegal gets in, nothing is lost at a limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets.names import SheetNames, quoted
from core.sheets.numerals import roman
from core.sheets.texts import clean, cut, pieces, shown, stored, units


def test_clean_drops_only_what_a_file_cannot_hold() -> None:
    assert clean("a\x00b\x0bc\x1fd\ufffee\uffff\ud800f") == "abcdef"
    assert clean("dòng một\r\ndòng hai\rba\tbốn") == "dòng một\ndòng hai\nba\tbốn"
    assert clean("Ưu\u00adđãi \u200b🌾 \u202e") == "Ưu\u00adđãi \u200b🌾 \u202e"


def test_text_that_reads_like_an_escape_is_escaped() -> None:
    assert stored("_x000D_ và _xyz_") == "_x005F_x000D_ và _xyz_"
    assert shown(stored("_x000D__x0041_")) == "_x000D__x0041_"


def test_short_text_is_one_piece() -> None:
    assert pieces("thành tích", 32_767) == ["thành tích"]
    assert pieces("x" * 32_767, 32_767) == ["x" * 32_767]


def test_long_text_goes_on_below_and_says_so() -> None:
    text = " ".join(["thành tích xuất sắc"] * 3000)
    parts = pieces(text, 32_767)
    more, again = "\n(xem tiếp ở dòng dưới)", "(tiếp theo) "
    assert len(parts) == 2
    assert all(units(part) <= 32_767 for part in parts)
    assert parts[0].endswith(more)
    assert parts[1].startswith(again)
    assert parts[0].removesuffix(more) + parts[1].removeprefix(again) == text
    assert parts[0].removesuffix(more).endswith(" ")


def test_letters_beyond_the_first_plane_count_twice() -> None:
    assert units("🌾a") == 3
    assert len(pieces("🌾" * 16_384, 32_767)) == 2


def test_no_break_between_a_letter_and_its_marks() -> None:
    text = "e\u0302\u0301" * 40
    parts = pieces(text, 100)
    bare = [part.removeprefix("(tiếp theo) ").removesuffix("\n(xem tiếp ở dòng dưới)") for part in parts]
    assert "".join(bare) == text
    assert all(part.startswith("e") for part in bare)


@given(st.text(max_size=600), st.integers(80, 200))
def test_pieces_make_up_the_text_and_fit(text: str, limit: int) -> None:
    parts = pieces(text, limit)
    assert all(units(part) <= limit for part in parts)
    for number in range(len(parts) - 1):
        parts[number] = parts[number].removesuffix("\n(xem tiếp ở dòng dưới)")
        parts[number + 1] = parts[number + 1].removeprefix("(tiếp theo) ")
    assert "".join(parts) == text


def test_heading_too_long_is_cut_and_says_so() -> None:
    short = cut("x" * 200, 100)
    assert units(short) <= 100
    assert short.endswith(" (đã rút gọn vì quá dài so với ô tiêu đề)")


# --- Names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Đăng ký", "Đăng ký"),
        ("Kết quả 6/2024 [xã: Phú Tân]?*\\", "Kết quả 6 2024 xã Phú Tân"),
        ("'Nháy'", "Nháy"),
        ("", "Sheet"),
        ("  \n", "Sheet"),
        ("History", "History (2)"),
        ("Phong trào thi đua xây dựng nông thôn mới", "Phong trào thi đua xây dựng nôn"),
    ],
)
def test_sheet_name(wanted: str, name: str) -> None:
    assert SheetNames().take(wanted) == name


def test_sheet_names_are_unique_whatever_their_case() -> None:
    names = SheetNames()
    long = "Xã Phú Tân, huyện Châu Thành, tỉnh Sóc Trăng"
    taken = [names.take(name) for name in ("Xã Phú Tân", "XÃ PHÚ TÂN", "xã phú tân", long, long, "🌾" * 20)]
    assert taken[:3] == ["Xã Phú Tân", "XÃ PHÚ TÂN (2)", "xã phú tân (3)"]
    assert taken[4].endswith(" (2)")
    assert all(units(name) <= 31 for name in taken)


def test_name_in_a_formula_is_quoted() -> None:
    assert quoted("Xã 'A'") == "'Xã ''A'''"


def test_roman_numerals() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 1999)] == ["I", "IV", "IX", "XIV", "XL", "MCMXCIX"]
