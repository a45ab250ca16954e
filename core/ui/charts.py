"""Bars with their figures: a chart is drawn by a script, and the same figures stand in a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.errors import Text
from core.text import format_number

Value = Decimal | int | None


@dataclass(frozen=True)
class Series:
    """One kind of bar: its tone (as of a state, or ``exceeded``, ``plain``) and a value a row."""

    label: Text
    tone: str
    values: Sequence[Value]


@dataclass(frozen=True)
class BarChart:
    """Level bars, a row for each label; `stacked` puts the series of a row end to end.

    `code` is unique on its page. `places` and `suffix` write the figures ("84,0%").
    """

    code: str
    title: Text
    labels: Sequence[Text]
    series: Sequence[Series]
    note: Text = ""
    stacked: bool = False
    places: int = 0
    suffix: str = ""

    def __post_init__(self) -> None:
        for series in self.series:
            if len(series.values) != len(self.labels):
                raise ValueError(f"{series.label!s} has {len(series.values)} values for {len(self.labels)} rows.")

    @property
    def element_id(self) -> str:
        """The id under which the page holds the data."""
        return f"chart-{self.code}"

    def written(self, value: Value) -> str:
        return "–" if value is None else format_number(value, self.places) + self.suffix

    @property
    def rows(self) -> list[tuple[Text, list[str]]]:
        """(label, written figures) for the table."""
        columns = [series.values for series in self.series]
        return [(label, [self.written(v[row]) for v in columns]) for row, label in enumerate(self.labels)]

    @property
    def data(self) -> dict[str, Any]:
        """What the script draws. Lengths of bars may be rounded; the words beside them are exact."""
        return {
            "labels": [str(label) for label in self.labels],
            "stacked": self.stacked,
            "suffix": self.suffix,
            "series": [
                {
                    "label": str(series.label),
                    "tone": series.tone,
                    "values": [None if value is None else float(value) for value in series.values],
                    "words": [self.written(value) for value in series.values],
                }
                for series in self.series
            ],
        }
