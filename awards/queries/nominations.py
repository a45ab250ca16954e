"""Questions to rounds, letters and their lines."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import NominationState
from awards.models import Nomination, ReviewRound, Submission, TitleRegistration
from core import clock
from core.errors import Text
from units.enums import GroupKind, SubjectKind
from units.models import Subject
from units.reach import line_of
from units.seats import seat_of

EDIT = "awards.edit_submission"
COLLECTIVE, HOUSEHOLD, PERSON = "collective", "household", "person"
SECTION_TITLES: dict[str, Text] = {
    COLLECTIVE: _("Collectives"),
    HOUSEHOLD: _("Households"),
    PERSON: _("Individuals"),
}


@dataclass
class Section:
    """One part of a list: I collectives, II households, III individuals."""

    code: str
    title: Text
    lines: list[Nomination] = field(default_factory=list)


def section_of(subject: Subject) -> str:
    """The part of the list a recipient stands in. A couple are individuals; other groups are collectives."""
    if subject.kind == SubjectKind.HOUSEHOLD:
        return HOUSEHOLD
    if subject.kind == SubjectKind.PERSON or subject.group_kind == GroupKind.COUPLE:
        return PERSON
    return COLLECTIVE


def sections(lines: Any) -> list[Section]:
    """The lines in the three parts, those without a line left out."""
    parts = {code: Section(code, title) for code, title in SECTION_TITLES.items()}
    for line in lines:
        parts[section_of(line.subject)].lines.append(line)
    return [part for part in parts.values() if part.lines]


def with_words(lines: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """With everything a list shows, in one query."""
    return lines.select_related("subject", "award_version", "award_type", "submission__round", "round",
                                "nominating_unit", "field")  # fmt: skip


def all_lines(user: User) -> QuerySet[Nomination]:
    """Every line `user` may see, of all rounds, the newest first."""
    return with_words(Nomination.objects.visible_to(user)).order_by("-round__year", "-pk")


def lines_of(letter: Submission, user: User) -> QuerySet[Nomination]:
    """The lines of a letter as far as `user` may see them, in their order."""
    return with_words(Nomination.objects.visible_to(user).filter(submission=letter)).order_by("position", "pk")


def counts_by_state(lines: QuerySet[Nomination]) -> list[tuple[NominationState, int]]:
    """How many lines stand in each state, in the order of the way; states without a line left out."""
    rows = dict(lines.order_by().values_list("state").annotate(Count("pk")))
    return [(state, rows[state.value]) for state in NominationState if state.value in rows]


def registrations_for(letter: Submission, user: User) -> QuerySet[TitleRegistration]:
    """Titles registered for the year in the unit or below it, whose recipient is not proposed for them yet."""
    round_ = letter.round
    units = line_of([letter.unit_id], on=clock.today()).values("unit")
    proposed = Nomination.objects.live().filter(
        round=round_, subject=OuterRef("subject"), award_type=OuterRef("award_type")
    )
    rows = TitleRegistration.objects.visible_to(user).live()
    rows = rows.filter(year=round_.year, school_year=round_.school_year, unit__in=units)
    return rows.filter(~Exists(proposed)).select_related(
        "subject__unit", "subject__person", "subject__household__unit", "award_version", "unit"
    ).order_by("award_version__type__position", "unit__official_order", "pk")  # fmt: skip


def places_in(round_: ReviewRound, user: User) -> frozenset[int]:
    """The units for which the user may submit to the round."""
    mine = seat_of(user)
    below = set(line_of([round_.organiser_id], on=clock.today()).values_list("unit", flat=True))
    below.add(round_.organiser_id)
    if round_.organiser_id in mine.units_where(EDIT) & mine.organiser_unit_ids:
        return frozenset(below)
    return mine.places_for(EDIT) & mine.subtree_ids & frozenset(below)
