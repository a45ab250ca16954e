"""Tổng hợp khen thưởng: awards by type of commendation and by who received them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Commendation
from catalogue.enums import CommendationKind, Nature
from core import clock
from core.errors import Text
from core.sheets import Column, Group, Ratio, Sheet, TitleBlock
from reports.awarding import YearForm, file_parts, title_block
from reports.base import Params, Report, ReportContext
from reports.enums import ReportGroup
from reports.registration import register
from units.enums import SubjectClass, SubjectKind

DECISION, STATISTICS, ACHIEVEMENT = "decision", "statistics", "achievement"
COLLECTIVE, HOUSEHOLD, LEADER, DIRECT, OTHER = range(5)

CLASSES: dict[str, int] = {
    SubjectClass.LEADER_PROVINCE: LEADER,
    SubjectClass.LEADER_DEPARTMENT: LEADER,
    SubjectClass.LEADER_DIVISION: LEADER,
    SubjectClass.LEADER_OTHER: LEADER,
    SubjectClass.DIRECT: DIRECT,
    SubjectClass.HOUSEHOLD: HOUSEHOLD,
}
KINDS: dict[str, int] = {
    SubjectKind.UNIT: COLLECTIVE,
    SubjectKind.GROUP: COLLECTIVE,
    SubjectKind.HOUSEHOLD: HOUSEHOLD,
    SubjectKind.PERSON: OTHER,
}


class AwardSummaryForm(YearForm):
    basis = forms.ChoiceField(
        label=gettext_lazy("Counted by"),
        choices=[
            (DECISION, gettext_lazy("Date of the decision, 01/01 to 31/12")),
            (STATISTICS, gettext_lazy("Statistical year, 01/12 of the year before to 30/11")),
            (ACHIEVEMENT, gettext_lazy("Year of achievement")),
        ],
    )

    def scope_choices(self) -> None:
        seen = Commendation.objects.visible_to(self.user).order_by()
        decided, achieved = (seen.values_list(column, flat=True) for column in ("awarded_on__year", "achievement_year"))
        self.offer_years([*decided, *achieved])

    def starting_values(self) -> Mapping[str, Any]:
        return {"year": clock.today().year, "basis": DECISION}


@dataclass
class Tally:
    """What one award in one type of commendation comes to."""

    counts: list[int] = field(default_factory=lambda: [0] * 5)
    subjects: set[int] = field(default_factory=set)

    @property
    def total(self) -> int:
        return sum(self.counts)


def place_of(subject_class: str, subject_kind: str) -> int:
    """The column of a recipient: by class where it was recorded and says so, else by kind."""
    return CLASSES.get(subject_class, KINDS[subject_kind])


@register
class AwardSummary(Report):
    code = "award-summary"
    title = gettext_lazy("Summary of commendations")
    description = gettext_lazy("Titles and forms by type of commendation: collectives, households, leaders, workers.")
    group = ReportGroup.COMMENDATION
    preview = (
        gettext_lazy("Award"), gettext_lazy("Type"), gettext_lazy("Awards given"), gettext_lazy("Recipients"),
        gettext_lazy("Collectives"), gettext_lazy("Working directly"),
    )  # fmt: skip
    parameters = AwardSummaryForm
    file_stem = "tong-hop-khen-thuong"

    def commendations(self, user: Any, params: Params) -> Any:
        """Those in force that the owner may see, of the year as it is counted."""
        rows = Commendation.objects.visible_to(user).in_force()
        year = params["year"]
        if params["basis"] == ACHIEVEMENT:
            return rows.filter(achievement_year=year)
        if params["basis"] == STATISTICS:
            return rows.filter(awarded_on__range=(date(year - 1, 12, 1), date(year, 11, 30)))
        return rows.filter(awarded_on__year=year)

    def empty_reason(self, user: Any, params: Params) -> Text:
        if self.commendations(user, params).exists():
            return ""
        return _("No commendation is on record for what was chosen.")

    def file_parts(self, params: Params) -> Sequence[str]:
        return file_parts(params)

    def title_block(self, ctx: ReportContext) -> TitleBlock:
        return title_block(ctx, _("Summary of commendations, %(year)s") % {"year": ctx.params["year"]})

    def sheets(self, ctx: ReportContext) -> Iterator[Sheet]:
        recipients, whom = _("Recipients"), _("Awards given to")
        columns = [
            Column(_("No."), "ordinal"), Column(_("Award"), width=40), Column(_("Type of commendation"), width=22),
            Column(_("Awards given"), "integer", total=True, number="4=6+…+10", width=12),
            Column(recipients, "integer"),
            Column(_("Collectives"), "integer", total=True, under=(whom,)),
            Column(_("Households"), "integer", total=True, under=(whom,)),
            Column(_("Leaders"), "integer", total=True, under=(whom,)),
            Column(_("Working directly"), "integer", total=True, under=(whom,)),
            Column(_("Other individuals"), "integer", total=True, under=(whom,)),
            Column(_("Share of those working directly"), "percent", total=Ratio(9, 4), number="11=9:4", width=14),
        ]  # fmt: skip
        rows = self.commendations(ctx.owner, ctx.params)
        tallies = tally(ctx.counted(facts(rows).iterator(chunk_size=1000), total=rows.count()))
        yield Sheet(_("Summary"), columns=columns, rows=lines(tallies), numbered=True, frozen_columns=2)

    def notes(self, ctx: ReportContext) -> Sequence[Text]:
        rows = self.commendations(ctx.owner, ctx.params)
        distinct = rows.order_by().values("subject").distinct().count()
        return [
            _("Awards given are counted each time; recipients once in a row. All rows together: %(count)s recipients.")
            % {"count": distinct},
            _("Revoked commendations are left out."),
        ]


def facts(rows: Any) -> Any:
    """What is counted of each row, in the order of the Law."""
    order = ("award_version__type__nature", "award_version__type__position", "award_version__type", "kind", "pk")
    return rows.order_by(*order).values_list(
        "award_version__type__nature", "award_version__type", "printed_award", "kind", "subject_class",
        "subject__kind", "subject",
    )  # fmt: skip


def tally(rows: Iterator[tuple[Any, ...]]) -> dict[tuple[str, int, str], tuple[str, Tally]]:
    """By nature, award and type of commendation: the award's name and what it comes to."""
    found: dict[tuple[str, int, str], Tally] = defaultdict(Tally)
    names: dict[int, str] = {}
    for nature, award, name, kind, subject_class, subject_kind, subject in rows:
        names[award] = name
        here = found[nature, award, kind]
        here.counts[place_of(subject_class, subject_kind)] += 1
        here.subjects.add(subject)
    return {key: (names[key[1]], row) for key, row in found.items()}


def lines(tallies: Mapping[tuple[str, int, str], tuple[str, Tally]]) -> Iterator[Group | Sequence[object]]:
    """Titles first, then forms; each under its heading."""
    for nature in (Nature.TITLE, Nature.FORM):
        here = [(key, value) for key, value in tallies.items() if key[0] == nature]
        if here:
            yield Group(nature.label)
        for (_nature, _award, kind), (name, row) in here:
            word = CommendationKind(kind).label if kind else ""
            share = Fraction(row.counts[DIRECT], row.total)
            yield [name, word, row.total, len(row.subjects), *row.counts, share]
