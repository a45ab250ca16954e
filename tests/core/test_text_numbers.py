"""Numbers are read as they are written here, exactly or not at all."""

from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.text import AmbiguousNumber, BadNumber, format_number, parse_number

EXACT = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(0, 12),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("05", "5"),
        ("58,6", "58.6"),
        ("0,125", "0.125"),
        ("1.500", "1500"),
        ("1.234,56", "1234.56"),
        ("438.712", "438712"),
        ("1.234.567,8", "1234567.8"),
        ("1 234 567,8", "1234567.8"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234", "1234"),
        ("1234,567", "1234.567"),
        (" \u00a058,6\t", "58.6"),
        ("-3", "-3"),
        ("- 3,5", "-3.5"),
        ("\u22123", "-3"),
        ("\u20133", "-3"),
        ("-0", "0"),
        ("1,5000", "1.5"),
        ("999.999.999.999.999", "999999999999999"),
        ("0,000000000000001", "1E-15"),
    ],
)
def test_parse_number_reads(text: str, value: str) -> None:
    number = parse_number(text)
    assert number == Decimal(value)
    assert not number.is_signed() or number < 0


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", ",", ",5", "5,", ".5", "5.", "1.5", "58.6", "0.500", "1.50", "1.5000", "12.34.567", "1234.567",
        "1,234.56", "1,2,3", "1.234 567", "1 5", "1..500", "--1", "+1", "1-", "1e5", "1E309", "1e309", "NaN", "nan",
        "sNaN", "Infinity", "-inf", "∞", "½", "²", "0x10", "1_000", "١٢", "１２", "95,6%", "5 %", "16,9 tỷ", "ba",
        "=1+1", "1\x00", "1\n2",
    ],
)  # fmt: skip
def test_parse_number_refuses(text: str) -> None:
    with pytest.raises(BadNumber):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "decimal"), [("1,500", "1,5"), ("12,345", "12,345"), ("-1,500", "-1,5"), ("100,000", "100")]
)
def test_parse_number_asks_back_where_two_readings_are_possible(text: str, decimal: str) -> None:
    with translation.override("vi"), pytest.raises(AmbiguousNumber) as refusal:
        parse_number(text)
    whole = text.replace(",", ".")
    assert str(refusal.value) == f"“{text}” có thể là {decimal} hoặc {whole}. Hãy nhập lại."


@pytest.mark.parametrize(
    "text", ["1234567890123456", "1.000.000.000.000.000", "0,1234567890123456", "9" * 5000, "1" + "0" * 400]
)
def test_parse_number_refuses_more_digits_than_can_be_kept(text: str) -> None:
    with translation.override("vi"), pytest.raises(BadNumber, match="quá 15 chữ số"):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "value"), [("95,6%", "95.6"), ("95,6 %", "95.6"), ("681,8\u00a0%", "681.8"), ("236", "236")]
)
def test_parse_number_reads_percent_where_asked(text: str, value: str) -> None:
    assert parse_number(text, percent=True) == Decimal(value)


@pytest.mark.parametrize("text", ["%", "5%%", "%5", "5% 5"])
def test_parse_number_refuses_odd_percents(text: str) -> None:
    with pytest.raises(BadNumber):
        parse_number(text, percent=True)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("1234.56"), None, "1.234,56"),
        (Decimal("58.6000"), None, "58,6"),
        (Decimal("1E+3"), None, "1.000"),
        (Decimal("-0.00"), None, "0"),
        (1500, None, "1.500"),
        (Decimal("1.125"), None, "1,1250"),  # "1,125" would be refused when it is sent back
        (Decimal("0.125"), None, "0,125"),
        (Decimal("1.125"), 3, "1,125"),
        (Decimal(84), 1, "84,0"),
        (Decimal("2.345"), 2, "2,35"),
        (Decimal("-2.345"), 2, "-2,35"),
        (Decimal("-0.004"), 2, "0,00"),
        (Decimal("999.995"), 2, "1.000,00"),
        (10**40, 2, "10" + ".000" * 13 + ",00"),
        (Decimal("1E-40"), 2, "0,00"),
    ],
)
def test_format_number(value: Decimal | int, places: int | None, text: str) -> None:
    assert format_number(value, places) == text


@pytest.mark.parametrize("value", [1.5, "1", None])
def test_format_number_takes_nothing_inexact(value: object) -> None:
    with pytest.raises(TypeError):
        format_number(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_format_number_refuses_what_is_not_finite(value: str) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        format_number(Decimal(value))


@settings(deadline=None, max_examples=500)
@given(EXACT)
@example(Decimal("1.125"))
@example(Decimal("-999.001"))
def test_what_is_written_reads_back(value: Decimal) -> None:
    assert parse_number(format_number(value)) == value


@settings(deadline=None)
@given(EXACT, st.integers(0, 6))
def test_rounding_is_half_up_and_exact(value: Decimal, places: int) -> None:
    with localcontext(prec=60):
        wanted = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    digits = format_number(value, places).replace(".", "").replace(",", ".")
    assert Fraction(digits) == Fraction(wanted)


@settings(deadline=None)
@given(st.text(alphabet="0123456789.,-% \u00a0eE+", max_size=12) | st.text(max_size=12))
def test_parse_number_gives_a_number_or_its_own_refusal(text: str) -> None:
    with suppress(BadNumber):
        number = parse_number(text, percent=True)
        assert number.is_finite()
        assert parse_number(format_number(number)) == number
