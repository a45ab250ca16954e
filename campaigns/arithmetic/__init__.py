"""Verdicts, percentages, cumulation and totals, in exact fractions and without the database.

SQLite keeps decimals as binary floats, so nothing here may be asked of SQL: `judge` a figure against
its target, `cumulate` its periods, `total` the units, and round once, for the eye, with `percent`.
"""

from campaigns.arithmetic.cumulating import cumulate
from campaigns.arithmetic.enums import Cumulation, Direction, Kind, RollUp, TargetForm, Verdict
from campaigns.arithmetic.judging import MARGIN, Judgement, against_base, judge, plan_ratio
from campaigns.arithmetic.rounding import percent, round_half_up
from campaigns.arithmetic.terms import TargetTerms
from campaigns.arithmetic.totalling import Total, UnitFigure, total
from campaigns.arithmetic.values import Exact, FigureValue, exact

__all__ = [
    "MARGIN",
    "Cumulation",
    "Direction",
    "Exact",
    "FigureValue",
    "Judgement",
    "Kind",
    "RollUp",
    "TargetForm",
    "TargetTerms",
    "Total",
    "UnitFigure",
    "Verdict",
    "against_base",
    "cumulate",
    "exact",
    "judge",
    "percent",
    "plan_ratio",
    "round_half_up",
    "total",
]
