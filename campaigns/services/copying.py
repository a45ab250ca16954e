"""A draft that starts from a template or from another campaign."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Campaign, FocusArea, Indicator, Target
from campaigns.queries.plan import plan_of
from campaigns.services.campaigns import create_campaign
from campaigns.services.focus_areas import add_focus_area
from campaigns.services.indicators import FIELDS, TARGET_FIELDS, add_indicator
from core import audit
from core.errors import ServiceError
from units.models import Unit

TEMPLATES = Path(__file__).resolve().parent.parent / "data" / "templates"
COPIED = (
    "theme", "instrument", "instrument_words", "form", "scope", "goal", "participants", "criteria", "measures",
    "margin", "parent_text",
)  # fmt: skip


def templates() -> dict[str, dict[str, Any]]:
    """The templates shipped as data, by key, in the order of their file names."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(TEMPLATES.glob("*.toml"))}


@transaction.atomic
def create_from_template(*, organiser: Unit, template: str, title: str, actor: User) -> Campaign:
    """A draft with the template's focus areas. Raises ServiceError for an unknown template."""
    known = templates()
    if template not in known:
        raise ServiceError(_("There is no such template."), field="start")
    data = known[template]
    campaign = create_campaign(organiser=organiser, title=title, actor=actor, **data.get("campaign", {}))
    for area in data["focus_areas"]:
        add_focus_area(campaign_id=campaign.pk, title=area["title"], body=area.get("body", ""), actor=actor)
    return campaign


@transaction.atomic
def copy_campaign(*, source_id: int, organiser: Unit, title: str, actor: User) -> Campaign:
    """A draft with the words, focus areas, indicators and common targets of a campaign the actor may read.

    Number, days, units and targets of single units are not taken over: they belong to the other year.
    """
    source = Campaign.objects.visible_to(actor).get(pk=source_id)
    taken = {name: getattr(source, name) for name in COPIED}
    campaign = create_campaign(organiser=organiser, title=title, actor=actor, copied_from=source, **taken)
    for planned in plan_of(source).areas:
        area = add_focus_area(campaign_id=campaign.pk, title=planned.area.title, body=planned.area.body, actor=actor)
        for line in planned.lines:
            copy_line(line.indicator, line.target, area, actor)
    audit.record("campaign.copied", actor=actor, subject=campaign, changes={"from": [None, str(source)]})
    return campaign


def copy_line(indicator: Indicator, target: Target | None, area: FocusArea, actor: User) -> None:
    values = {name: getattr(indicator, name) for name in FIELDS}
    asked = {name: getattr(target, name) for name in TARGET_FIELDS} if target is not None else {}
    # A due day of last year is no due day of this one.
    asked.pop("due_on", None)
    kinds = [row.kind for row in indicator.unit_kinds.all()]
    add_indicator(focus_area_id=area.pk, actor=actor, target=asked, unit_kinds=kinds, **values)
