"""The indicators of a draft campaign and the targets they ask for."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import Direction, IndicatorKind, MoneyScale, RollUp, TargetForm
from campaigns.models import Campaign, Indicator, IndicatorUnitKind, Target
from campaigns.queries.plan import revision_on
from campaigns.services.campaigns import lock_draft
from campaigns.services.focus_areas import lock_area, renumber_codes, swapped
from core import audit
from core.errors import ServiceError
from units.models import Unit

FIELDS = frozenset(
    {
        "name", "measure", "kind", "direction", "form", "scale", "decimals", "rollup", "cumulation", "weight",
        "numerator_name", "denominator_name", "guide", "explanation", "evidence", "office",
    }
)  # fmt: skip
TARGET_FIELDS = frozenset(
    {"low", "high", "low_strict", "high_strict", "due_on", "words", "base", "reference", "source"}
)
NUMERIC = (IndicatorKind.NUMBER, IndicatorKind.PERCENT, IndicatorKind.COUNT, IndicatorKind.MONEY)


@transaction.atomic
def add_indicator(*, focus_area_id: int, name: str, actor: User, target: dict[str, Any] | None = None,
                  unit_kinds: Iterable[str] = (), **values: Any) -> Indicator:  # fmt: skip
    """A new indicator at the end of its focus area, with the target common to all units."""
    area, campaign = lock_area(focus_area_id, actor)
    values = settled({"name": name, **values})
    target = target or {}
    check_target(values, target)
    place = area.indicators.count() + 1
    code = f"{campaign.focus_areas.filter(position__lte=area.position).count()}.{place}"
    indicator = Indicator.objects.create(
        campaign=campaign, focus_area=area, position=place, code=code, since=revision_on(campaign, None), **values
    )
    write_unit_kinds(indicator, unit_kinds)
    if wants_target(values, target):
        Target.objects.create(indicator=indicator, revision=revision_on(campaign, None), **target)
    audit.record("indicator.added", actor=actor, subject=indicator, changes={"name": [None, indicator.name]})
    return indicator


@transaction.atomic
def edit_indicator(*, indicator_id: int, actor: User, target: dict[str, Any] | None = None,
                   unit_kinds: Iterable[str] | None = None, **values: Any) -> Indicator:  # fmt: skip
    """Write an indicator anew; `target` replaces the common one, None leaves it."""
    indicator, campaign = lock_indicator(indicator_id, actor)
    before = {name: getattr(indicator, name) for name in FIELDS}
    values = settled({**before, **values})
    if target is not None:
        check_target(values, target)
    for name, value in values.items():
        setattr(indicator, name, value)
    indicator.save()
    if unit_kinds is not None:
        write_unit_kinds(indicator, unit_kinds)
    changes = {name: [spelled(before[name]), spelled(value)] for name, value in values.items()
               if before[name] != value}  # fmt: skip
    if target is not None:
        changes |= write_target(indicator, campaign, None, target)
    if changes:
        audit.record("indicator.edited", actor=actor, subject=indicator, changes=changes)
    return indicator


@transaction.atomic
def set_unit_target(*, indicator_id: int, unit: Unit, actor: User, assigned: bool = True, **target: Any) -> None:
    """The target of one unit instead of the common one; `assigned` False is "không giao"."""
    indicator, campaign = lock_indicator(indicator_id, actor)
    if not assigned:
        target = {"assigned": False}
    else:
        check_target({name: getattr(indicator, name) for name in FIELDS}, target)
    changes = write_target(indicator, campaign, unit, target)
    if changes:
        audit.record("indicator.unit_target_set", actor=actor, subject=indicator,
                     changes={f"{unit}: {name}": pair for name, pair in changes.items()})  # fmt: skip


@transaction.atomic
def clear_unit_target(*, indicator_id: int, unit: Unit, actor: User) -> None:
    """Let the unit have the common target again."""
    indicator, _campaign = lock_indicator(indicator_id, actor)
    removed, _kinds = Target.objects.filter(indicator=indicator, unit=unit).delete()
    if removed:
        audit.record("indicator.unit_target_cleared", actor=actor, subject=indicator,
                     changes={"unit": [str(unit), None]})  # fmt: skip


@transaction.atomic
def move_indicator(*, indicator_id: int, up: bool, actor: User) -> None:
    """Change places with the neighbour in its focus area; the numbers follow the places."""
    indicator, campaign = lock_indicator(indicator_id, actor)
    rows = list(indicator.focus_area.indicators.order_by("position", "pk"))
    order = swapped(rows, indicator, up=up)
    if order != rows:
        for place, row in enumerate(order, 1):
            row.position = place
            row.save(update_fields=["position"])
        renumber_codes(campaign)
        audit.record("indicator.moved", actor=actor, subject=indicator)


@transaction.atomic
def remove_indicator(*, indicator_id: int, actor: User) -> None:
    """Remove an indicator of a draft with its targets; the numbers close up."""
    indicator, campaign = lock_indicator(indicator_id, actor)
    audit.record("indicator.removed", actor=actor, subject=indicator, changes={"name": [indicator.name, None]})
    indicator.targets.all().delete()
    indicator.delete()
    renumber_codes(campaign)


def lock_indicator(indicator_id: int, actor: User) -> tuple[Indicator, Campaign]:
    """The indicator and its locked draft. Raises DoesNotExist outside the actor's scope."""
    indicator = Indicator.objects.visible_to(actor).select_related("focus_area").get(pk=indicator_id)
    return indicator, lock_draft(indicator.campaign_id, actor=actor)


def settled(values: dict[str, Any]) -> dict[str, Any]:
    """`values` made to agree: what one field means for the others. Raises ServiceError where they cannot."""
    if unknown := set(values) - FIELDS:
        raise TypeError(f"not a field of an indicator: {', '.join(sorted(unknown))}")
    if not str(values.get("name") or "").strip():
        raise ServiceError(_("Give the indicator a name."), field="name")
    kind = values.get("kind", IndicatorKind.NUMBER)
    values["scale"] = (values.get("scale") or MoneyScale.MILLION) if kind == IndicatorKind.MONEY else ""
    if kind not in NUMERIC:
        values |= {"rollup": RollUp.COUNT_MET if kind != IndicatorKind.NONE else RollUp.NONE, "decimals": 0}
    elif values.get("rollup") == RollUp.RATIO and kind != IndicatorKind.PERCENT:
        raise ServiceError(_("Only a percentage is totalled as parts over wholes."), field="rollup")
    if kind == IndicatorKind.COUNT:
        values["decimals"] = 0
    if kind not in (IndicatorKind.NUMBER, IndicatorKind.COUNT) and values.get("direction") == Direction.ZERO:
        raise ServiceError(_("“No case to happen” is for counts."), field="direction")
    if kind in (IndicatorKind.TEXT, IndicatorKind.NONE):
        values["form"] = TargetForm.NONE
    return values


def spelled(value: Any) -> str:
    """A field as the trail keeps it; nothing given is not 0."""
    return "" if value is None else str(value)


def wants_target(values: dict[str, Any], target: dict[str, Any]) -> bool:
    return bool(target) or values.get("direction") == Direction.ZERO


def check_target(values: dict[str, Any], target: dict[str, Any]) -> None:
    """Whether the target can be of this indicator. Fills in zero for "no case". Raises ServiceError."""
    if unknown := set(target) - TARGET_FIELDS:
        raise TypeError(f"not a field of a target: {', '.join(sorted(unknown))}")
    low, high = target.get("low"), target.get("high")
    if values.get("direction") == Direction.ZERO:
        if (low or high) not in (None, 0):
            raise ServiceError(_("“No case to happen” has no other target than 0."), field="low")
        target["high"], target["low"] = 0, None
    elif values.get("form") == TargetForm.RANGE and (low is None or high is None):
        raise ServiceError(_("A range needs both bounds."), field="low" if low is None else "high")
    elif low is not None and high is not None and high < low:
        raise ServiceError(_("The upper bound lies below the lower one."), field="high")
    share = values.get("kind") == IndicatorKind.PERCENT and values.get("rollup") == RollUp.RATIO
    if share and any(bound is not None and not 0 <= bound <= 100 for bound in (low, high)):
        raise ServiceError(_("A share lies between 0 and 100."), field="low")


def write_unit_kinds(indicator: Indicator, kinds: Iterable[str]) -> None:
    wanted, there = set(kinds), set(indicator.unit_kinds.values_list("kind", flat=True))
    indicator.unit_kinds.filter(kind__in=there - wanted).delete()
    IndicatorUnitKind.objects.bulk_create(IndicatorUnitKind(indicator=indicator, kind=k) for k in wanted - there)


def write_target(indicator: Indicator, campaign: Campaign, unit: Unit | None,
                 target: dict[str, Any]) -> dict[str, list[Any]]:  # fmt: skip
    """Put `target` in place of the one of this revision; returns what changed."""
    revision = revision_on(campaign, None)
    row = Target.objects.filter(indicator=indicator, unit=unit, revision=revision).first()
    blank = Target(indicator=indicator, unit=unit, revision=revision)
    new = {name: target.get(name, getattr(blank, name)) for name in (*sorted(TARGET_FIELDS), "assigned")}
    old = {name: getattr(row or blank, name) for name in new}
    changes = {name: [old[name], value] for name, value in new.items() if old[name] != value}
    if changes or row is None:
        row = row or blank
        for name, value in new.items():
            setattr(row, name, value)
        row.save()
    return changes
