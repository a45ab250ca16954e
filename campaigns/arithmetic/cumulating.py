"""Figures of successive periods brought together."""

from collections.abc import Iterable
from fractions import Fraction

from campaigns.arithmetic.enums import MEASURED, Cumulation, Kind
from campaigns.arithmetic.values import FigureValue, exact


def cumulate(
    previous: Iterable[FigureValue | None], this: FigureValue | None, *, kind: Kind, mode: Cumulation
) -> FigureValue | None:
    """What is reached up to and with this period; `previous` stand in the order of their periods.

    SUM adds up what was reported, percentages by their numerators and denominators. LATEST takes the
    newest figure reported. Blank periods count as blank, not as zero: all blank gives None. What cannot
    be added (dates, yes or no, words, percentages without parts) is taken as the newest, too.
    """
    reported = [value for value in (*previous, this) if value is not None and value.is_reported(Kind(kind))]
    if not reported:
        return None
    if mode == Cumulation.LATEST or kind not in MEASURED:
        return reported[-1]
    parts = [value.parts for value in reported]
    known = [pair for pair in parts if pair is not None]
    if len(known) == len(reported) and (kind == Kind.PERCENT or all(value.number is None for value in reported)):
        return FigureValue(
            numerator=sum((pair[0] for pair in known), Fraction()),
            denominator=sum((pair[1] for pair in known), Fraction()),
        )
    if kind == Kind.PERCENT:
        return reported[-1]
    amounts = [value.amount(Kind(kind)) for value in reported]
    return FigureValue(number=sum((exact(amount) for amount in amounts if amount is not None), Fraction()))
