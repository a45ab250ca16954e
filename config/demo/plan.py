"""The campaign of plan 27/KH-UBND, written and launched by its standing officer on the days of 2024."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import User
from campaigns.models import Campaign
from campaigns.services.campaigns import create_campaign, edit_campaign
from campaigns.services.focus_areas import add_focus_area
from campaigns.services.indicators import TARGET_FIELDS, add_indicator, set_unit_target
from campaigns.services.launching import launch_campaign
from campaigns.services.participants import set_participants
from config.demo.people import DATA
from core import clock
from units.models import Unit

WRITTEN_ON = date(2024, 2, 15)
LAUNCHED_ON = date(2024, 2, 19)


def read(name: str = "plan_27.toml") -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def write_campaign(data: Mapping[str, Any], *, organiser: Unit, units: Mapping[str, Unit], keys: list[str],
                   actor: User) -> Campaign:  # fmt: skip
    """A draft with focus areas, indicators, targets and the units of `keys`."""
    values = dict(data["campaign"])
    paper = {name: values.pop(name) for name in ("symbol", "signed_on") if name in values}
    campaign = create_campaign(organiser=organiser, actor=actor, **{n: clean(v) for n, v in values.items()})
    set_participants(campaign_id=campaign.pk, unit_ids=[units[key].pk for key in keys], actor=actor)
    areas = [
        add_focus_area(campaign_id=campaign.pk, title=area["title"], body=clean(area.get("body", "")), actor=actor)
        for area in data["focus_areas"]
    ]
    for entry in data["indicators"]:
        add_line(entry, areas[entry["area"] - 1].pk, units, actor)
    campaign.refresh_from_db()
    return edit_campaign(campaign_id=campaign.pk, version=campaign.version, actor=actor, **paper)


def add_line(entry: Mapping[str, Any], area_id: int, units: Mapping[str, Unit], actor: User) -> None:
    """One indicator of the data file; `not_for` names the units it is not given to, `office` who follows it."""
    values = {name: value for name, value in entry.items() if name not in ("area", "code", "not_for")}
    target = {
        name: Decimal(value) if name in ("low", "high", "base") else value
        for name, value in values.items()
        if name in TARGET_FIELDS
    }
    values = {name: value for name, value in values.items() if name not in TARGET_FIELDS}
    if "office" in values:
        values["office"] = units[values["office"]]
    indicator = add_indicator(focus_area_id=area_id, actor=actor, target=target, **values)
    for key in entry.get("not_for", []):
        set_unit_target(indicator_id=indicator.pk, unit=units[key], assigned=False, actor=actor)


def clean(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def make_campaign(units: Mapping[str, Unit], people: Mapping[str, User]) -> Campaign:
    """The real plan, to the seven communes and the town."""
    officer = people["thuongtruc"]
    keys = [key for key, unit in units.items() if is_commune_of(unit, units["chau-thanh"])]
    with clock.on_day(WRITTEN_ON):
        campaign = write_campaign(read(), organiser=units["chau-thanh"], units=units, keys=keys, actor=officer)
    with clock.on_day(LAUNCHED_ON):
        return launch_campaign(campaign_id=campaign.pk, version=campaign.version, actor=officer)


def is_commune_of(unit: Unit, district: Unit) -> bool:
    parent = unit.parent_on(LAUNCHED_ON)
    return unit.kind == "commune" and parent is not None and parent.pk == district.pk
