"""The plan of a campaign as it stands on a day: focus areas, their indicators, the targets of a unit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from campaigns.models import Campaign, FocusArea, Indicator, PlanRevision, Target
from units.models import Unit


@dataclass
class PlanLine:
    """An indicator with the target in force: the unit's own, else the common one.

    `target` None: nothing is asked for by number. `assigned` False: "không giao" to this unit, by its
    own target or because the indicator is for other kinds of units.
    """

    indicator: Indicator
    target: Target | None
    assigned: bool


@dataclass
class PlanArea:
    area: FocusArea
    number: int
    lines: list[PlanLine] = field(default_factory=list)


@dataclass
class Plan:
    campaign: Campaign
    revision: PlanRevision
    areas: list[PlanArea]

    def lines(self) -> Iterator[PlanLine]:
        for area in self.areas:
            yield from area.lines

    @property
    def indicator_count(self) -> int:
        return sum(len(area.lines) for area in self.areas)


def revision_on(campaign: Campaign, day: date | None) -> PlanRevision:
    """The newest revision in effect on `day`; without a day the newest there is. Revision 0 always counts."""
    revisions = campaign.revisions.order_by("-number")
    if day is not None:
        revisions = revisions.filter(Q(number=0) | Q(effective_from__lte=day))
    return revisions[0]


def _standing(number: int) -> Q:
    """Rows that stand in revision `number`: begun by then and not yet ended."""
    return Q(since__number__lte=number) & (Q(until__isnull=True) | Q(until__number__gt=number))


Targets = Mapping[tuple[int, int | None], Target]
"""The newest target by (indicator, unit); under None the common one."""


def line_for(indicator: Indicator, unit: Unit | None, targets: Targets) -> PlanLine:
    """The indicator as `unit` has it; without a unit, as all have it."""
    own = targets.get((indicator.pk, unit.pk)) if unit is not None else None
    target = own or targets.get((indicator.pk, None))
    meant = unit is None or own is not None or indicator.is_for(unit.kind)
    assigned = meant and (target is None or target.assigned)
    return PlanLine(indicator, target if assigned else None, assigned)


def newest_of(rows: "QuerySet[Target]") -> dict[tuple[int, int | None], Target]:
    """Of `rows` the target of the newest revision by indicator and unit."""
    return {(target.indicator_id, target.unit_id): target for target in rows.order_by("revision__number")}


@dataclass
class _Sheet:
    """Everything of a plan but the unit it is read for."""

    campaign: Campaign
    revision: PlanRevision
    areas: list[FocusArea]
    indicators: list[Indicator]
    targets: Targets

    def for_unit(self, unit: Unit | None) -> Plan:
        by_area: dict[int, list[PlanLine]] = defaultdict(list)
        for indicator in self.indicators:
            by_area[indicator.focus_area_id].append(self.line(indicator, unit))
        rows = [PlanArea(area, number, by_area[area.pk]) for number, area in enumerate(self.areas, 1)]
        return Plan(self.campaign, self.revision, rows)

    def line(self, indicator: Indicator, unit: Unit | None) -> PlanLine:
        return line_for(indicator, unit, self.targets)


def _sheet(campaign: Campaign, day: date | None) -> _Sheet:
    revision = revision_on(campaign, day)
    standing = _standing(revision.number)
    areas = list(campaign.focus_areas.filter(standing).order_by("position", "pk"))
    indicators = campaign.indicators.filter(standing).select_related("office").prefetch_related("unit_kinds")
    rows = Target.objects.filter(indicator__campaign=campaign, revision__number__lte=revision.number)
    return _Sheet(campaign, revision, areas, list(indicators.order_by("position", "pk")), newest_of(rows))


def plans_of(campaign: Campaign, units: Iterable[Unit], *, day: date | None = None) -> dict[int, Plan]:
    """The plan as each of `units` has it, by unit id, in five queries whatever their number."""
    sheet = _sheet(campaign, day)
    return {unit.pk: sheet.for_unit(unit) for unit in units}


def plan_of(campaign: Campaign, *, unit: Unit | None = None, day: date | None = None) -> Plan:
    """The plan with the targets of `unit`; without a unit, with the common ones."""
    return _sheet(campaign, day).for_unit(unit)
