"""What a figure is measured by: the meaning of its indicator and the target its unit was given."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from campaigns.arithmetic.enums import MEASURED, Cumulation, Direction, Kind, TargetForm
from campaigns.arithmetic.values import Exact, exact


@dataclass(frozen=True, kw_only=True)
class TargetTerms:
    """A target with all that decides the verdict.

    `low` and `high` are the bounds of a range; of one value, whichever is given. A strict bound lies
    itself outside ("trên 95 %"). `due_on` is the day from which the target may be called met or not met
    (its own, else the end of the campaign); None while that end is open. Strings are taken for the
    enumerations, so that stored values can be passed on.
    """

    kind: Kind = Kind.NUMBER
    direction: Direction = Direction.HIGHER
    form: TargetForm = TargetForm.VALUE
    assigned: bool = True
    low: Exact | None = None
    high: Exact | None = None
    low_strict: bool = False
    high_strict: bool = False
    due_on: date | None = None
    cumulation: Cumulation = Cumulation.LATEST

    def __post_init__(self) -> None:
        for name, enum in (
            ("kind", Kind), ("direction", Direction), ("form", TargetForm), ("cumulation", Cumulation),
        ):  # fmt: skip
            object.__setattr__(self, name, enum(getattr(self, name)))
        if self.floor is not None and self.ceiling is not None and self.floor > self.ceiling:
            raise ValueError("The lower bound of a target is not above the upper one.")

    @property
    def floor(self) -> Fraction | None:
        return None if self.low is None else exact(self.low)

    @property
    def ceiling(self) -> Fraction | None:
        return None if self.high is None else exact(self.high)

    @property
    def bound(self) -> tuple[Fraction, bool] | None:
        """The one value asked for and whether it lies itself outside; None if there is none."""
        both = [(self.floor, self.low_strict), (self.ceiling, self.high_strict)]
        if self.direction == Direction.LOWER:
            both.reverse()
        return next(((value, strict) for value, strict in both if value is not None), None)

    @property
    def is_measured(self) -> bool:
        """Whether the target asks for a quantity."""
        return self.kind in MEASURED

    @property
    def has_ratio(self) -> bool:
        """Whether a percentage of the plan means anything: one value to come up to or to stay below."""
        return (
            self.is_measured and self.form == TargetForm.VALUE and self.direction in (Direction.HIGHER, Direction.LOWER)
        )

    @property
    def asks(self) -> bool:
        """Whether there is anything to judge by."""
        if self.kind == Kind.DATE:
            return self.form != TargetForm.NONE and self.due_on is not None
        if self.kind == Kind.YES_NO:
            return self.form != TargetForm.NONE
        if not self.is_measured:
            return False
        if self.direction == Direction.ZERO:
            return True
        return self.form != TargetForm.NONE and self.bound is not None
