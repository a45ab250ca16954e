"""The value of a figure, exact. Blank is not zero."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from campaigns.arithmetic.enums import MEASURED, Kind

Exact = int | Decimal | Fraction


def exact(value: Exact) -> Fraction:
    """`value` as a fraction. Raises TypeError for a float, ValueError for NaN and infinities."""
    if isinstance(value, float) or not isinstance(value, int | Decimal | Fraction):
        raise TypeError(f"A figure is int, Decimal or Fraction, not {type(value).__name__}.")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"{value} is no figure.")
    return Fraction(value)


@dataclass(frozen=True, kw_only=True)
class FigureValue:
    """What was reported; the indicator's kind says which of the fields holds it.

    A percent is `numerator` out of `denominator` where both are known, else `number` (95.6 is 95,6 %).
    Money stands in the indicator's own scale, as its target does.
    """

    number: Exact | None = None
    numerator: Exact | None = None
    denominator: Exact | None = None
    on_date: date | None = None
    yes: bool | None = None
    words: str = ""

    def __post_init__(self) -> None:
        for value in (self.number, self.numerator, self.denominator):
            if value is not None:
                exact(value)
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError("A numerator and its denominator come together.")
        if self.denominator is not None and self.denominator <= 0:
            raise ValueError("A denominator is greater than zero.")

    @property
    def parts(self) -> tuple[Fraction, Fraction] | None:
        """Numerator and denominator, where they are known."""
        if self.numerator is None or self.denominator is None:
            return None
        return exact(self.numerator), exact(self.denominator)

    def amount(self, kind: Kind) -> Fraction | None:
        """The quantity, unrounded, in the measure of its target; None if nothing of that kind is there."""
        if kind not in MEASURED:
            return None
        if self.parts and (kind == Kind.PERCENT or self.number is None):
            numerator, denominator = self.parts
            return numerator / denominator * (100 if kind == Kind.PERCENT else 1)
        return None if self.number is None else exact(self.number)

    def is_reported(self, kind: Kind) -> bool:
        """Whether there is a value of `kind`."""
        if kind == Kind.DATE:
            return self.on_date is not None
        if kind == Kind.YES_NO:
            return self.yes is not None
        if kind == Kind.TEXT:
            return bool(self.words.strip())
        return self.amount(kind) is not None
