"""From values to cells: what is written, and what is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.utils.translation import gettext_lazy

from core.sheets import Column, SheetError, Typed
from core.sheets.cells import encode, plain
from core.sheets.model import Kind


def stands(value: object, kind: Kind, places: int | None = None) -> tuple[str, str, str]:
    cell = encode(value, Column("Cột", kind, places=places))
    return cell.type, cell.text, cell.style.format


CASES: list[tuple[Any, Kind, int | None, tuple[str, str, str]]] = [
    ("Xã Phú Tân", "text", None, ("s", "Xã Phú Tân", "General")),
    (None, "text", None, ("", "", "General")),
    ("", "date", None, ("", "", "dd/mm/yyyy")),
    (True, "text", None, ("s", "Có", "General")),
    (False, "mixed", None, ("s", "Không", "General")),
    (2024, "text", None, ("s", "2024", "General")),
    (Decimal("1234.50"), "text", None, ("s", "1.234,5", "General")),
    (date(2024, 3, 5), "text", None, ("s", "05/03/2024", "General")),
    (datetime(2024, 3, 5, 20, 15, tzinfo=UTC), "text", None, ("s", "06/03/2024 03:15", "General")),
    (gettext_lazy("Grand total"), "text", None, ("s", "Tổng cộng", "General")),
    (12, "integer", None, ("n", "12", "#,##0")),
    (Decimal("12.0000"), "integer", None, ("n", "12", "#,##0")),
    (1_500_000, "money", None, ("n", "1500000", "#,##0")),
    (Decimal("12.5000"), "number", 2, ("n", "12.5", "#,##0.00")),
    (Decimal("12.5000"), "number", None, ("n", "12.5", "#,##0.0")),
    (Decimal("12.0000"), "number", None, ("n", "12", "#,##0")),
    (Decimal("-0.0000"), "number", None, ("n", "0", "#,##0")),
    (Decimal("1E+3"), "number", 0, ("n", "1000", "#,##0")),
    (0.1 + 0.2, "number", None, ("n", "0.3", "#,##0.0")),
    (Fraction(2, 3), "percent", None, ("n", "0.666666666666667", "0.0%")),
    (Decimal("0.84"), "percent", 2, ("n", "0.84", "0.00%")),
    (Decimal(123456789012345), "number", 0, ("n", "123456789012345", "#,##0")),
    (Decimal(1234567890123456), "number", 0, ("s", "1.234.567.890.123.456", "#,##0")),
    (Decimal("123456789012.3456"), "number", 4, ("s", "123.456.789.012,3456", "#,##0.0000")),
    (10**18, "money", None, ("s", "1" + ".000" * 6, "#,##0")),
    (2**63, "integer", None, ("s", "9.223.372.036.854.775.808", "#,##0")),
    (date(2024, 10, 20), "date", None, ("n", "45585", "dd/mm/yyyy")),
    (datetime(2024, 10, 19, 18, tzinfo=UTC), "date", None, ("n", "45585", "dd/mm/yyyy")),
    (date(1900, 3, 1), "date", None, ("n", "61", "dd/mm/yyyy")),
    (date(1900, 2, 28), "date", None, ("s", "28/02/1900", "dd/mm/yyyy")),
    (date(9999, 12, 31), "date", None, ("n", "2958465", "dd/mm/yyyy")),
    (datetime(2024, 10, 20, 5, tzinfo=UTC), "datetime", None, ("n", "45585.5", "dd/mm/yyyy hh:mm")),
    (date(2024, 10, 20), "datetime", None, ("n", "45585", "dd/mm/yyyy")),
    (Decimal("3.25"), "mixed", None, ("n", "3.25", "#,##0.00")),
    (date(2024, 10, 20), "mixed", None, ("n", "45585", "dd/mm/yyyy")),
    (Typed(Decimal("0.5"), "percent", 0), "mixed", None, ("n", "0.5", "0%")),
    (Typed("chữ", "text"), "number", None, ("s", "chữ", "General")),
]


@pytest.mark.parametrize(("value", "kind", "places", "expected"), CASES)
def test_value_stands_as(value: Any, kind: Kind, places: int | None, expected: tuple[str, str, str]) -> None:
    assert stands(value, kind, places) == expected


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (Decimal("NaN"), "number"), (Decimal("sNaN"), "number"), (Decimal("Infinity"), "percent"),
        (float("nan"), "mixed"), (float("inf"), "number"), (True, "integer"), (False, "number"), ("12", "number"),
        (Decimal("1.5"), "integer"), (1.5, "money"), (12, "date"), ("01/01/2024", "date"), (object(), "text"),
        ([1], "mixed"), (b"bytes", "text"),
    ],
)  # fmt: skip
def test_value_is_refused(value: Any, kind: Kind) -> None:
    with pytest.raises(SheetError):
        encode(value, Column("Cột", kind))


def test_huge_number_is_kept_digit_by_digit() -> None:
    assert stands(10**400, "number", 0)[:2] == ("s", "10" + ".000" * 133)


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 912 345 678", "-1+1", "@SUM(A1)", "\t=x", "＝SUM(A1)", "- gạch đầu dòng"]
)
def test_text_that_could_turn_into_a_formula_is_guarded(text: str) -> None:
    cell = encode(text, Column("Cột"))
    assert (cell.type, cell.text, cell.style.guarded) == ("s", text, True)


def test_numbers_are_spelled_without_an_exponent() -> None:
    assert [plain(Decimal(text)) for text in ("1E+2", "0.10", "-0", "1E-7")] == ["100", "0.1", "0", "0.0000001"]
