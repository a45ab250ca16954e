"""The closed lists the arithmetic tells apart. Their values are what the tables store; labels stand elsewhere."""

from enum import StrEnum


class Kind(StrEnum):
    """What the value of an indicator is."""

    NUMBER = "number"
    PERCENT = "percent"
    COUNT = "count"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    TEXT = "text"
    NONE = "none"


class Direction(StrEnum):
    """Which way is better: up from the target, down from it, exactly on it, or no case at all."""

    HIGHER = "higher"
    LOWER = "lower"
    KEEP = "keep"
    ZERO = "zero"


class TargetForm(StrEnum):
    """One value (with HIGHER a floor, with LOWER a ceiling), a range of values, or no target."""

    VALUE = "value"
    RANGE = "range"
    NONE = "none"


class RollUp(StrEnum):
    """How the figures of the units make one total."""

    SUM = "sum"
    RATIO = "ratio"
    MEAN = "mean"
    COUNT_MET = "count_met"
    NONE = "none"


class Cumulation(StrEnum):
    """Whether a figure is of its period only, or already the level or total reached so far."""

    SUM = "sum"
    LATEST = "latest"


class Verdict(StrEnum):
    """What a figure is worth against its target."""

    NOT_ASSIGNED = "not_assigned"
    NOT_REPORTED = "not_reported"
    NO_VERDICT = "no_verdict"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    NOT_MET = "not_met"
    MET = "met"
    EXCEEDED = "exceeded"


MEASURED = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.COUNT, Kind.MONEY})
"""Kinds whose value is a quantity."""

REACHED = frozenset({Verdict.MET, Verdict.EXCEEDED})
"""Verdicts that say the target was reached."""
