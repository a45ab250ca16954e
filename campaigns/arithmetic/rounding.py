"""Rounding happens once, for the eye; no verdict is taken from a rounded figure."""

from decimal import Decimal
from fractions import Fraction


def round_half_up(value: Fraction, places: int) -> Decimal:
    """`value` with `places` decimals, halves away from zero."""
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    # Built from text: arithmetic of Decimal would round to the context's precision.
    return Decimal(f"{'-' if value < 0 and whole else ''}{whole}E-{places}")


def percent(ratio: Fraction, places: int = 1) -> Decimal:
    """A ratio as the percentage shown: Fraction(1, 3) with one decimal is 33.3."""
    return round_half_up(ratio * 100, places)
