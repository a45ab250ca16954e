"""Dates are dd/mm/yyyy and nothing else."""

from datetime import date, datetime

import pytest
from django.utils import formats, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text import BadDate, format_date, format_long_date, parse_date

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("05/03/2024", date(2024, 3, 5)),
        ("5/3/2024", date(2024, 3, 5)),
        (" 29/02/2024\u00a0", date(2024, 2, 29)),
        ("01/01/1900", date(1900, 1, 1)),
        ("31/12/2100", date(2100, 12, 31)),
    ],
)
def test_parse_date_reads(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "", "31/02/2024", "29/02/2023", "00/01/2024", "01/00/2024", "13/13/2024", "03/15/2024", "5/3/24", "5/3/02024",
        "005/03/2024", "2024-03-05", "5-3-2024", "5.3.2024", "31/12/1899", "01/01/2101", "01/01/0000", "٠٥/٠٣/٢٠٢٤",
        "5/3/2024 10:00", "5 / 3 / 2024", "45356", "05/03/2024\x00", "/".join(["9" * 4000] * 3),
    ],
)  # fmt: skip
def test_parse_date_refuses(text: str) -> None:
    with pytest.raises(BadDate) as refusal:
        parse_date(text)
    assert len(str(refusal.value)) < 200


def test_parse_date_says_what_is_wrong() -> None:
    with translation.override("vi"), pytest.raises(BadDate) as refusal:
        parse_date("31/02/2024")
    assert str(refusal.value) == "Không có ngày “31/02/2024”. Hãy nhập theo mẫu 05/03/2024."


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2024, 3, 5), "ngày 05 tháng 3 năm 2024"),
        (date(2024, 2, 19), "ngày 19 tháng 02 năm 2024"),
        (date(2025, 1, 1), "ngày 01 tháng 01 năm 2025"),
        (date(2024, 10, 20), "ngày 20 tháng 10 năm 2024"),
    ],
)
def test_format_long_date(day: date, text: str) -> None:
    with translation.override("vi"):
        assert format_long_date(day) == text


@settings(deadline=None)
@given(DAYS)
def test_what_is_written_reads_back(day: date) -> None:
    assert parse_date(format_date(day)) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == day


@pytest.mark.parametrize("language", ["vi", "en"])
def test_django_writes_dates_alike_in_both_languages(language: str) -> None:
    with translation.override(language):
        assert formats.date_format(date(2024, 3, 5)) == "05/03/2024"
        assert formats.date_format(date(2024, 3, 5), "SHORT_DATE_FORMAT") == format_date(date(2024, 3, 5))
        assert formats.date_format(datetime(2024, 3, 5, 7, 8), "DATETIME_FORMAT") == "05/03/2024 07:08"  # noqa: DTZ001
        assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%d/%m/%Y"
        assert formats.number_format("1234.5", use_l10n=True, force_grouping=True) == "1.234,5"
