"""The focus areas of a draft campaign: added, written, moved, removed."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Campaign, FocusArea
from campaigns.queries.plan import revision_on
from campaigns.services.campaigns import lock_draft
from core import audit
from core.errors import ServiceError


@transaction.atomic
def add_focus_area(*, campaign_id: int, title: str, actor: User, body: str = "") -> FocusArea:
    """A new focus area at the end of the plan."""
    campaign = lock_draft(campaign_id, actor=actor)
    last = campaign.focus_areas.aggregate(last=Max("position"))["last"] or 0
    area = FocusArea.objects.create(
        campaign=campaign, position=last + 1, title=title, body=body, since=revision_on(campaign, None)
    )
    audit.record("focus_area.added", actor=actor, subject=area, changes={"title": [None, title]})
    return area


@transaction.atomic
def edit_focus_area(*, focus_area_id: int, title: str, body: str, actor: User) -> FocusArea:
    """Write title and content anew."""
    area, _campaign = lock_area(focus_area_id, actor)
    changes = {"title": [area.title, title], "body": [area.body, body]}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if changes:
        area.title, area.body = title, body
        area.save(update_fields=["title", "body"])
        audit.record("focus_area.edited", actor=actor, subject=area, changes=changes)
    return area


@transaction.atomic
def move_focus_area(*, focus_area_id: int, up: bool, actor: User) -> None:
    """Change places with the neighbour above or below; at the end of the list nothing happens."""
    area, campaign = lock_area(focus_area_id, actor)
    areas = list(campaign.focus_areas.order_by("position", "pk"))
    order = swapped(areas, area, up=up)
    if order != areas:
        renumber(order)
        renumber_codes(campaign)
        audit.record("focus_area.moved", actor=actor, subject=area)


@transaction.atomic
def remove_focus_area(*, focus_area_id: int, actor: User) -> None:
    """Remove an area that holds no indicator. Raises ServiceError otherwise."""
    area, campaign = lock_area(focus_area_id, actor)
    if area.indicators.exists():
        raise ServiceError(_("The focus area still has indicators; move or remove them first."))
    audit.record("focus_area.removed", actor=actor, subject=area, changes={"title": [area.title, None]})
    area.delete()
    renumber(list(campaign.focus_areas.order_by("position", "pk")))
    renumber_codes(campaign)


def lock_area(focus_area_id: int, actor: User) -> tuple[FocusArea, Campaign]:
    """The area and its locked campaign. Raises DoesNotExist outside the actor's scope."""
    area = FocusArea.objects.visible_to(actor).get(pk=focus_area_id)
    return area, lock_draft(area.campaign_id, actor=actor)


def swapped(rows: list[Any], row: Any, *, up: bool) -> list[Any]:
    """`rows` with `row` changed for its neighbour."""
    rows = list(rows)
    here = rows.index(row)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    return rows


def renumber(areas: list[FocusArea]) -> None:
    """Positions 1, 2, 3 … in the order given, by way of free numbers: (campaign, position) is unique."""
    highest = max((area.position for area in areas), default=0) + len(areas)
    for offset in (highest, 0):
        for number, area in enumerate(areas, 1):
            if area.position != number + offset:
                area.position = number + offset
                area.save(update_fields=["position"])


def renumber_codes(campaign: Campaign) -> None:
    """Indicators of a draft are numbered by their place: 2.3 is the third of the second area.

    Codes may not meet on the way (they are unique), so they pass through the rows' keys.
    """
    wanted = [
        (indicator, f"{number}.{place}", place)
        for number, area in enumerate(campaign.focus_areas.order_by("position", "pk"), 1)
        for place, indicator in enumerate(area.indicators.order_by("position", "pk"), 1)
    ]
    moved = [row for row in wanted if (row[0].code, row[0].position) != row[1:]]
    for indicator, _code, _place in moved:
        indicator.code = f"#{indicator.pk}"
        indicator.save(update_fields=["code"])
    for indicator, code, place in moved:
        indicator.code, indicator.position = code, place
        indicator.save(update_fields=["code", "position"])
