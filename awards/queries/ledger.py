"""The ledger: rows for its list, and one recipient's or unit's awards year by year."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from awards.enums import CommendationState
from awards.models import Commendation
from catalogue.enums import Nature
from core import clock
from units.models import Subject, Unit
from units.queries import having

HITS = 20


def ledger_rows(user: User) -> QuerySet[Commendation]:
    """Every row the user may see, newest first, in the order of its decision."""
    rows: QuerySet[Commendation] = Commendation.objects.visible_to(user)
    return rows.select_related("decision", "award_version", "unit").order_by(
        "-awarded_on", "decision", "position", "pk"
    )


@dataclass(frozen=True)
class Year:
    """A year of the line of years; `rows` empty says that nothing is on record, which proves nothing."""

    year: int
    rows: list[Commendation]


@dataclass(frozen=True)
class History:
    """The awards of a recipient or of a unit, newest first, and the line of years."""

    rows: list[Commendation]
    years: list[Year]

    @property
    def in_force(self) -> int:
        return sum(row.state == CommendationState.IN_FORCE for row in self.rows)

    @property
    def revoked(self) -> int:
        return len(self.rows) - self.in_force

    @property
    def titles(self) -> int:
        """Emulation titles in force."""
        return sum(
            row.award_version.type.nature == Nature.TITLE and row.state == CommendationState.IN_FORCE
            for row in self.rows
        )


def history_of(rows: QuerySet[Commendation]) -> History:
    """From the first year on record to the present one, years without rows among them."""
    found = list(rows.select_related("decision", "award_version__type", "unit").order_by("-awarded_on", "-pk"))
    by_year: dict[int, list[Commendation]] = defaultdict(list)
    for row in reversed(found):
        by_year[row.awarded_on.year].append(row)
    years = range(min(by_year), max(clock.today().year, *by_year) + 1) if by_year else ()
    return History(found, [Year(year, by_year.get(year, [])) for year in years])


def awards_of(subject: Subject, user: User) -> QuerySet[Commendation]:
    """What the recipient was awarded, as far as the user may see it."""
    rows: QuerySet[Commendation] = Commendation.objects.visible_to(user)
    return rows.filter(subject=subject)


def awards_in(unit: Unit, user: User) -> QuerySet[Commendation]:
    """What counts for the unit, itself and its people, as far as the user may see it."""
    rows: QuerySet[Commendation] = Commendation.objects.visible_to(user)
    return rows.filter(unit=unit)


@dataclass(frozen=True)
class Hit:
    """A recipient found in the ledger: the name as last printed, where, how many rows."""

    subject_id: int
    name: str
    place: str
    count: int


def find_recipients(user: User, words: str) -> list[Hit]:
    """Recipients whose printed name, unit or decision holds every word, by given name. At most twenty."""
    rows: QuerySet[Commendation] = having(Commendation.objects.visible_to(user), words)
    subjects = list(dict.fromkeys(rows.order_by("sort_key", "subject").values_list("subject", flat=True)[: HITS * 10]))
    wanted = subjects[:HITS]
    seen: dict[int, list[Commendation]] = defaultdict(list)
    for row in Commendation.objects.visible_to(user).filter(subject__in=wanted).order_by("-awarded_on", "-pk"):
        seen[row.subject_id].append(row)
    return [Hit(pk, str(seen[pk][0]), seen[pk][0].printed_unit, len(seen[pk])) for pk in wanted]
