"""The search box: words, quotes, operators, and whatever else is typed."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.text import Term, search_terms
from core.ui.questions import LONGEST, Question, read_question

KINDS = ["phongtrao", "donvi", "canhan", "denghi", "quyetdinh", "so"]


def read(typed: str) -> Question:
    return read_question(typed, KINDS)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("Đức  Hoà", [Term("duc"), Term("hoa")]),
        ("hoa HOÀ hóa", [Term("hoa")]),
        ('"Đức Hoà" ấp', [Term("duc hoa", whole=True), Term("ap")]),
        ("“Dân vận  khéo”", [Term("dan van kheo", whole=True)]),
        ('"duc hoa', [Term("duc"), Term("hoa")]),
        ('a "b" "c d', [Term("a"), Term("b", whole=True), Term("c"), Term("d")]),
        ('"" " "', []),
        ("\x00\u200b", []),
        ("% _", [Term("%"), Term("_")]),
    ],
)
def test_search_terms(typed: str, terms: list[Term]) -> None:
    assert search_terms(typed) == terms


def test_thousands_of_words_are_not_thousands_of_conditions() -> None:
    assert len(search_terms(" ".join(f"w{n}" for n in range(5000)))) == 20


@pytest.mark.parametrize(
    ("typed", "words", "kinds", "year", "number"),
    [
        ("duc hoa", "duc hoa", set(), None, ""),
        ("hoa loai:donvi nam:2024", "hoa", {"donvi"}, 2024, ""),
        ("loai:donvi,canhan loai:so", "", {"donvi", "canhan", "so"}, None, ""),
        ("Loại:Đơn-vị", "", {"donvi"}, None, ""),
        ('loai:"Đơn vị" ấp', "ấp", {"donvi"}, None, ""),
        ("NĂM: 2024 hòa", "hòa", set(), 2024, ""),
        ("Số: 1632/QĐ-UBND", "", set(), None, "1632/QĐ-UBND"),
        ("so:27", "", set(), None, "27"),
        ('nam:2024 "Đức Hoà"', '"Đức Hoà"', set(), 2024, ""),
        ("“Đức Hoà”", '"Đức Hoà"', set(), None, ""),
        ("Chuyên đề: học tập", "Chuyên đề: học tập", set(), None, ""),
    ],
)
def test_operators(typed: str, words: str, kinds: set[str], year: int | None, number: str) -> None:
    found = read(typed)
    assert (found.words, set(found.kinds), found.year, found.number) == (words, kinds, year, number)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("nam:", "“nam:” được tìm như từ thường: nam: cần một giá trị hợp lệ, ví dụ nam:2024."),
        ("nam:24", "“nam:24” được tìm như từ thường: nam: cần một giá trị hợp lệ, ví dụ nam:2024."),
        ("nam:9999", "“nam:9999” được tìm như từ thường: nam: cần một giá trị hợp lệ, ví dụ nam:2024."),
        ("nam:٢٠٢٤", "“nam:٢٠٢٤” được tìm như từ thường: nam: cần một giá trị hợp lệ, ví dụ nam:2024."),
        ("so:QĐ", "“so:QĐ” được tìm như từ thường: so: cần một giá trị hợp lệ, ví dụ so:1632."),
        ("loai:xe", "“loai:xe” được tìm như từ thường: loai: cần một giá trị hợp lệ, ví dụ loai:phongtrao."),
        (
            "loai:donvi,xe",
            "“loai:donvi,xe” được tìm như từ thường: loai: cần một giá trị hợp lệ, ví dụ loai:phongtrao.",
        ),
        ("tinh:angiang", "“tinh:angiang” được tìm như từ thường: không có toán tử tinh:."),
    ],
)
def test_what_is_no_operator_is_words_and_a_note_says_so(typed: str, note: str) -> None:
    found = read(typed)
    assert (found.words, found.notes) == (typed, (note,))
    assert (set(found.kinds), found.year, found.number) == (set(), None, "")


def test_an_operator_does_not_swallow_the_next_one() -> None:
    found = read("nam: so:12 loai:")
    assert (found.words, found.year, found.number) == ("nam: loai:", None, "12")
    assert len(found.notes) == 2


def test_of_long_texts_the_beginning_counts() -> None:
    found = read("a" * 10_000)
    assert len(found.words) == LONGEST
    assert found.notes == ("Chỉ tìm theo 200 ký tự đầu.",)


PIECES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["loai:", "nam:", "so:", "nam:2024", "so:12/QĐ", "loai:donvi", '"', "“", ":", ",", " ", "\x00", "%"]
    ),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=12))
@example(['"', "nam:", '"', "2024"])
@example(["x:"] * 150)
def test_anything_is_read_and_nothing_is_dropped_in_silence(pieces: list[str]) -> None:
    found = read("".join(pieces))
    assert found.kinds <= set(KINDS)
    assert found.year is None or 1900 <= found.year <= 2100
    assert len(found.typed) <= LONGEST
    again = read(found.typed)
    assert (again.words, again.kinds, again.year, again.number) == (found.words, found.kinds, found.year, found.number)
    if not (found.kinds or found.year or found.number):
        assert "".join(found.words.split()) == "".join(found.typed.translate(str.maketrans("“”„«»", '"""""')).split())
