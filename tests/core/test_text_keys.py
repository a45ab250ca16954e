"""Search keys find what was meant; sort keys stand in the Vietnamese order."""

import random
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.text import fold, person_sort_key, search_key, search_words, sort_key

VOWELS = (
    "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị",
    "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ",
)  # fmt: skip
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONE_OF = {letter: (row[0], tone) for row in VOWELS for tone, letter in enumerate(row)}
LETTERS = sorted({*"".join(VOWELS), *ALPHABET})
NAMES = st.lists(st.text([*LETTERS, *map(str.upper, LETTERS), *"0123456789"], min_size=1, max_size=6), max_size=4).map(
    " ".join
)


def slow_order(text: str) -> list[object]:
    """The same order worked out by hand: a word's letters and numbers, then its tones."""
    words: list[object] = []
    for word in text.lower().split():
        letters: list[tuple[int, int]] = []
        tones: list[int] = []
        number = ""
        for char in [*word, ""]:
            if char.isdigit():
                number += char
                continue
            if number:
                letters.append((0, int(number)))
                number = ""
            if char:
                letter, tone = TONE_OF.get(char, (char, 0))
                letters.append((1, ALPHABET.index(letter)))
                tones += [tone] if tone else []
        words.append((letters, tones))
    return words


# --- fold ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đặng Đình Đức", "dang dinh duc"),
        ("\u00d0ặng \u0189ình", "dang dinh"),  # eth and African D from keyboards and packages
        ("xã Hồ Đắc Kiện", "xa ho dac kien"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("Thuỷ", "thuy"),
        ("Lý", "ly"),
        ("Lí", "li"),
        ("Ph\u00adường  Hòa\u00a0Hưng\u200b", "phuong hoa hung"),
        ("Văn Miếu – Quốc Tử Giám", "van mieu - quoc tu giam"),
        ("27/KH-UBND", "27/kh-ubnd"),
        ("H’Hen Niê", "hhen nie"),
        ("H'Hen Niê", "hhen nie"),
        ("K‘ Brệt", "k bret"),
        ("Ｆｕｌｌ", "full"),
        ("", ""),
        (" \u00a0 ", ""),
    ],
)
def test_fold(text: str, key: str) -> None:
    assert fold(text) == key


def test_fold_of_every_character_is_final() -> None:
    assert [hex(code) for code in range(0x110000) if fold(fold(chr(code))) != fold(chr(code))] == []


@settings(deadline=None)
@given(st.text() | NAMES)
@example("Nguyê\u0303n Thi\u0323 Ho\u0300a")
def test_fold_does_not_see_the_form_of_unicode(text: str) -> None:
    key = fold(text)
    assert fold(key) == key
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert fold(unicodedata.normalize(form, text)) == key


def test_search_words_asks_for_each_word_once_and_not_for_thousands() -> None:
    assert search_words("Châu  thành châu") == ["chau", "thanh"]
    assert len(search_words(" ".join(map(str, range(5000))))) == 20


# --- search_key ---------------------------------------------------------------------------------


def finds(query: str, text: str) -> bool:
    return all(word in search_key(text) for word in search_words(query))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Lý Thị Ngọc Hân", "ly thi ngoc han li"),
        ("Lí Thị Mĩ", "li thi mi ly my"),
        ("chiến sỹ thi đua", "chien sy thi dua si"),
        ("1.234 tỷ đồng", "1.234 ty dong ti"),
        ("Phú Quý", "phu quy qui"),
        ("Kỹ-sư", "ky-su ki-su"),
        ("Ly Li", "ly li"),
        ("Thúy Tây Mây Huy Thị Minh Vy Linh Lynh", "thuy tay may huy thi minh vy linh lynh"),
        ("", ""),
    ],
)
def test_search_key_has_both_spellings_where_both_are_right(text: str, key: str) -> None:
    assert search_key(text) == key


@pytest.mark.parametrize("query", ["Lý", "lí", "LY", "li"])
@pytest.mark.parametrize("text", ["Lý Thị Ngọc Hân", "Lí Thị Ngọc Hân"])
def test_either_spelling_finds_either(query: str, text: str) -> None:
    assert finds(query, text)


def test_who_asks_for_y_is_not_shown_every_i() -> None:
    assert not finds("Lý", "Trần Văn Linh")
    assert not finds("Mỹ", "Danh Minh Tâm")
    assert finds("Li", "Trần Văn Linh"), "half a word typed still finds the whole"


EITHER = st.tuples(st.sampled_from(["h", "k", "l", "m", "s", "t", "qu"]), st.sampled_from("iìỉĩíịyỳỷỹýỵ")).map("".join)


@settings(deadline=None)
@given(st.lists(EITHER | st.text([*LETTERS, "-", "."], min_size=1, max_size=6), max_size=4).map(" ".join))
def test_a_text_is_found_by_its_own_words_and_with_i_and_y_changed_about(text: str) -> None:
    assert finds(text, text)
    swap = {"i": "y", "y": "i"}
    for word in fold(text).split():
        if word[:-1] in {"h", "k", "l", "m", "s", "t", "qu"} and word[-1] in swap:
            assert finds(word[:-1] + swap[word[-1]], text)
        elif word.isalpha():
            assert search_key(word) == word


@settings(deadline=None)
@given(st.text(max_size=60))
def test_search_key_begins_with_the_folded_text(text: str) -> None:
    assert search_key(text).startswith(fold(text))


# --- sort_key -----------------------------------------------------------------------------------


def in_order(words: str, separator: str | None = None) -> None:
    wanted = words.split(separator)
    shuffled = wanted[:]
    random.Random(20241020).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == wanted


def test_sort_key_follows_the_alphabet() -> None:
    in_order("a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z")


def test_sort_key_follows_the_tones() -> None:
    in_order("ma mà mả mã má mạ")


def test_sort_key_of_the_measured_words() -> None:
    in_order("An Áo Ăn Ân Ẩn Ấn Dung Dũng Dụng Duy Đào Đức Sang Sàng Sáng Uyên Ưng Ý Yến")


def test_sort_key_goes_word_by_word() -> None:
    in_order("Ba|Ba Động|Bà|Bà Rịa|Bàn|Bàn Long", "|")


def test_sort_key_counts_numbers() -> None:
    in_order("Ấp 1|Ấp 2|Ấp 2A|Ấp 10|Ấp 100|Ấp 123456789|Ấp 1234567890|Ấp Trà Quýt", "|")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("HOÀ BÌNH", "Hòa bình"),
        ("Đức", "\u00d0ức"),
        ("Văn Miếu - Quốc Tử Giám", "Văn Miếu – Quốc Tử Giám"),
        ("H’Hen", "H'Hen"),
        ("Ngu\u00adyễn", "Nguyễn"),
        ("Ấp 02", "Ấp 2"),
    ],
)
def test_sort_key_takes_spellings_as_one(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def test_sort_key_puts_other_scripts_last() -> None:
    assert sort_key("Zét") < sort_key("ភូមិ") < sort_key("\U00020000")


def test_sort_key_keeps_other_scripts_in_code_point_order() -> None:
    letters = [char for char in map(chr, range(0x370, 0x3000)) if char.isalnum() and char == _small(char)]
    assert len(letters) > 4000
    assert sorted(letters, key=sort_key) == letters


def _small(text: str) -> str:
    return unicodedata.normalize("NFKD", text.casefold())


@settings(deadline=None, max_examples=500)
@given(NAMES, NAMES)
@example("Ba Động", "Bà")
@example("a9", "aă")
def test_sort_key_agrees_with_a_slow_comparison(one: str, other: str) -> None:
    assert (sort_key(one) < sort_key(other)) == (slow_order(one) < slow_order(other))  # type: ignore[operator]
    assert (sort_key(one) == sort_key(other)) == (slow_order(one) == slow_order(other))


@settings(deadline=None)
@given(st.text())
def test_sort_key_is_printable_ascii_and_short(text: str) -> None:
    key = sort_key(text)
    assert key.isascii()
    assert not key or key.isprintable()
    assert len(key) <= 400
    assert sort_key(unicodedata.normalize("NFD", text)) == key


# --- person_sort_key ----------------------------------------------------------------------------


def test_persons_stand_by_given_name() -> None:
    wanted = [
        "Lý Thị An", "Nguyễn Văn An", "Thạch Áng", "Sơn Ánh", "Trần Văn Ánh", "Lâm Ân", "Quách Ẩn", "Danh Bình",
        "Kim Đo", "Trần Ha", "Bùi Hà", "Thạch Sà Rây",
    ]  # fmt: skip
    shuffled = wanted[:]
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=person_sort_key) == wanted


@pytest.mark.parametrize(
    "name", ["Thuần", "H’Hen Niê", "Ksor H'Bia", "K’ Brệt", "Y Moan Ênuôl", "Lê Thị Trần Văn An Na"]
)
def test_persons_of_any_shape_have_a_key(name: str) -> None:
    assert person_sort_key(name).startswith(sort_key(name.rsplit(maxsplit=1)[-1]))


def test_person_without_a_name_has_an_empty_key() -> None:
    assert person_sort_key(" \u00a0") == ""
