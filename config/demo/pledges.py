"""Pledges and title registrations of the demo, by the people of the communes, on the days of 2024."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from accounts.models import User
from campaigns.enums import Direction, IndicatorKind
from campaigns.models import Campaign, Participation, Pledge
from campaigns.queries.plan import PlanLine, plan_of
from campaigns.services.pledge_steps import accept_pledge, return_pledge, send_pledge, submit_to_head
from campaigns.services.pledges import Entry, save_lines
from config.demo.people import DATA
from core import clock
from units.models import Unit

STEP = {IndicatorKind.COUNT: Decimal(1), IndicatorKind.MONEY: Decimal("0.1"), IndicatorKind.NUMBER: Decimal("0.01")}


def read() -> dict[str, Any]:
    return tomllib.loads((DATA / "pledges.toml").read_text(encoding="utf-8"))


def promised(line: PlanLine, factor: Decimal, whole: int) -> dict[str, Any] | None:
    """A plausible pledge for a line: the target times `factor`, a share as so many of `whole`."""
    target = line.target
    asked = None if target is None else target.low if target.low is not None else target.high
    if asked is None:
        return None
    better = 1 / factor if line.indicator.direction == Direction.LOWER else factor
    if line.indicator.kind == IndicatorKind.PERCENT:
        share = min(asked * better, Decimal(100))
        return {"numerator": (share * whole / 100).to_integral_value(ROUND_CEILING), "denominator": Decimal(whole)}
    return {"number": (asked * better).quantize(STEP[IndicatorKind(line.indicator.kind)])}


def fill(entry: Mapping[str, Any], participation: Participation, officer: User) -> Pledge:
    """The officer in charge enters every line but those left out."""
    factor = Decimal(entry["factor"])
    lines = plan_of(participation.campaign, unit=participation.unit).lines()
    entries = {
        line.indicator.pk: Entry(values=values)
        for line in lines
        if line.assigned and line.indicator.code not in entry.get("left_out", [])
        and (values := promised(line, factor, entry["whole"])) is not None
    }  # fmt: skip
    outcome = save_lines(participation_id=participation.pk, entries=entries, actor=officer)
    for error in outcome.refused.values():
        raise error
    return outcome.pledge


def make_pledges(campaign: Campaign, units: Mapping[str, Unit], people: Mapping[str, User]) -> None:
    """Each commune as far as it came by the demo's day; one has nobody who signs in."""
    for entry in read()["pledge"]:
        participation = Participation.objects.get(campaign=campaign, unit=units[entry["unit"]])
        officer, head = people[entry["officer"]], people.get(entry.get("head", ""))
        with clock.on_day(entry.get("sent_on") or entry["drafted_on"]):
            pledge = fill(entry, participation, officer)
            if "sent_on" not in entry or head is None:
                continue
            if head != officer:
                pledge = submit_to_head(pledge_id=pledge.pk, version=pledge.version, actor=officer)
            pledge = send_pledge(participation_id=participation.pk, version=pledge.version, actor=head)
        judge(entry, pledge, people["thuongtruc"])


def judge(entry: Mapping[str, Any], pledge: Pledge, officer: User) -> None:
    """The standing body takes the pledge in, or gives it back."""
    accepted: date | None = entry.get("accepted_on")
    returned: date | None = entry.get("returned_on")
    if accepted is not None:
        with clock.on_day(accepted):
            accept_pledge(pledge_id=pledge.pk, version=pledge.version, actor=officer, note="Nhất trí (minh họa).")
    elif returned is not None:
        with clock.on_day(returned):
            return_pledge(pledge_id=pledge.pk, version=pledge.version, actor=officer, reason=entry["reason"])
