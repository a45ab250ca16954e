"""Who issues a report, as its title block says it (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

from datetime import date
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from core.ui import listings
from units.models import Unit
from units.models.unit import inside
from units.seats import seat_of


class Issuer(TypedDict):
    """The two lines at the left of a title block."""

    parent: str
    issuer: str


def issuer_lines(unit: Unit, day: date) -> Issuer:
    """The issuing body and the body above it, by the names they bore on `day`.

    An area is issued for by its People's Committee, which has no body above it on paper; an office or a
    school stands below the committee or body it belongs to.
    """
    if unit.is_area:
        return {"parent": "", "issuer": body_name(unit, day)}
    above = unit.parent_on(day)
    return {"parent": body_name(above, day) if above else "", "issuer": unit.name_on(day)}


def body_name(unit: Unit, day: date) -> str:
    """The name of the body that speaks for `unit`."""
    name = unit.name_on(day)
    return _("People's Committee of %(area)s") % {"area": inside(name, unit.kind)} if unit.is_area else name


def own_issuer(user: Any, day: date) -> listings.Issuer:
    """Who issues a list that `user` prints; the unknown where they stand for no unit."""
    unit = own_unit(user)
    return listings.Issuer(**issuer_lines(unit, day)) if unit is not None else listings.Issuer("", "")


def own_unit(user: Any) -> Unit | None:
    """The unit for which `user` issues reports where none is chosen: the committee, else the own unit."""
    seat = seat_of(user)
    wanted = seat.organiser_unit_ids or seat.unit_ids or seat.all_unit_ids
    return next((m.unit for m in seat.memberships if m.unit_id in wanted), None)
