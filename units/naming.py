"""How a unit and its office are named in full, as they stood on a day."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from core import clock
from units.enums import AREA_KINDS
from units.models import Unit
from units.models.unit import inside
from units.reach import above
from units.seats import seat_of


def unit_label(unit: Unit) -> str:
    """A unit in a choice: names alone are not unique, so with the unit above."""
    return f"{unit.name} – {unit.parent.name}" if unit.parent else unit.name


def line_names(unit: Unit, day: date) -> list[str]:
    """The unit's name on `day` and the names above it, lowest first. Of a closed unit, its last line."""
    if unit.closed_on is not None and unit.closed_on <= day:
        day = unit.closed_on - timedelta(days=1)
    rows: dict[int, Any] = {row.pk: row for row in Unit.objects.filter(pk__in=above([unit.pk], on=day)).named_on(day)}
    names: list[str] = []
    step = rows.get(unit.pk)
    while step is not None:
        names.append(inside(step.name_then, step.kind) if names else step.name_then)
        step = rows.pop(step.parent_then_id, None)
    return names or [unit.name]


def full_name(unit: Unit, day: date) -> str:
    """The unit with the units above it: names alone are not unique (ten districts were called Châu Thành)."""
    return ", ".join(line_names(unit, day))


def office_name(unit: Unit, day: date) -> str:
    """The body that acts for the unit: the People's Committee of an area, else the unit itself."""
    first, *rest = line_names(unit, day)
    if unit.kind in AREA_KINDS:
        first = _("People's Committee of %(place)s") % {"place": inside(first, unit.kind)}
    return ", ".join([first, *rest])


def masthead(user: User) -> str:
    """The line under the product's name: the office of the user's first unit; nothing for the signed-out."""
    memberships = seat_of(user).memberships
    return office_name(memberships[0].unit, clock.today()) if memberships else ""


def acting_as(user: User) -> str:
    """The roles in which the user works today, as they stand under the name."""
    seat = seat_of(user)
    words = dict.fromkeys(str(membership.get_role_display()) for membership in seat.memberships)
    if user.is_administrator:
        words = {_("System administrator"): None, **words}
    return pgettext("between roles", ", ").join(words)
