"""What a user is today: roles held, units they act for, units they may read.

Loaded once for a user object and business day, in a constant number of queries: the roles, the roles
held for somebody else, and, only when asked for, the units below and above.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from core import clock
from units.enums import ORGANISER_ROLES, READING_ROLES, UNIT_ROLES, ReachVia
from units.grants import ABOVE, ADMINISTRATOR, ANY, ASSIGNED, ORGANISER, UNIT, sides_of
from units.models.dated import in_force
from units.models.membership import Delegation, Membership
from units.models.reach import UnitReach
from units.reach import above, reach_of

_CACHE = "_seats_by_day"


def seat_of(user: User) -> "Seat":
    """The seat of `user` on today's business day. Signed-out and inactive users have an empty one."""
    day = clock.today()
    if not user.is_authenticated or not user.is_active:
        return Seat(user, day, ())
    # by attribute: a request's user is a lazy wrapper, and wrapper and user must share what was loaded
    seats: dict[date, Seat] | None = getattr(user, _CACHE, None)
    if seats is None:
        seats = {}
        setattr(user, _CACHE, seats)
    if day not in seats:
        seats[day] = Seat(user, day, held_roles(user, day))
    return seats[day]


def forget_seat(user: User) -> None:
    """Drop what was loaded, after the user's roles were changed."""
    if hasattr(user, _CACHE):
        delattr(user, _CACHE)


def held_roles(user: User, day: date) -> tuple[Membership, ...]:
    """The user's own roles in force on `day`, then those held as a deputy, whose own days must hold too."""
    own = Membership.objects.on(day).filter(user=user).select_related("unit").order_by("unit__official_order", "pk")
    deputised = (
        Delegation.objects.on(day)
        .filter(in_force(day, "membership__"), to=user)
        .select_related("membership__unit", "membership__user")
        .order_by("pk")
    )
    return (*own, *(delegation.membership for delegation in deputised))


class Seat:
    """The rights of one user on one day."""

    def __init__(self, user: User, day: date, memberships: Iterable[Membership]) -> None:
        self.user = user
        self.day = day
        self.memberships = tuple(memberships)

    def _units(self, roles: Iterable[str]) -> frozenset[int]:
        wanted = set(roles)
        return frozenset(m.unit_id for m in self.memberships if m.role in wanted)

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """Units the user acts for, as officer in charge or head."""
        return self._units(UNIT_ROLES)

    @cached_property
    def organiser_unit_ids(self) -> frozenset[int]:
        """Committees whose standing body, approver or observer the user is."""
        return self._units(ORGANISER_ROLES)

    @cached_property
    def reading_unit_ids(self) -> frozenset[int]:
        """Units from which the user reads downward: own units and committees."""
        return self._units(READING_ROLES)

    @cached_property
    def all_unit_ids(self) -> frozenset[int]:
        """Every unit in which the user holds a role."""
        return frozenset(m.unit_id for m in self.memberships)

    @cached_property
    def _lines(self) -> dict[int, frozenset[int]]:
        """Per unit of a role: the units at and below it in line. A closed unit still stands for itself."""
        lines: dict[int, set[int]] = defaultdict(set)
        rows = UnitReach.objects.on(self.day).filter(ancestor__in=self.all_unit_ids, via=ReachVia.LINE)
        for ancestor, unit in rows.order_by().values_list("ancestor", "unit"):
            lines[ancestor].add(unit)
        return {unit: frozenset(lines[unit] | {unit}) for unit in self.all_unit_ids}

    @cached_property
    def subtree_ids(self) -> frozenset[int]:
        """The units the user acts for and those below them in line: where they may write."""
        return frozenset().union(*(self._lines[unit] for unit in self.unit_ids))

    def readable_units(self) -> QuerySet[UnitReach, Any]:
        """Ids, as a subquery, of the units whose records the user may read."""
        return reach_of(self.reading_unit_ids, on=self.day)

    @cached_property
    def known_unit_ids(self) -> frozenset[int]:
        """Units whose own page the user may open: those in reach of their roles and the line above."""
        if not self.memberships:
            return frozenset()
        down = reach_of(self.all_unit_ids, on=self.day).order_by().values_list("unit", flat=True)
        up = above(self.all_unit_ids, on=self.day).order_by().values_list("ancestor", flat=True)
        return self.all_unit_ids | frozenset(down.union(up))

    def may(self, permission: str, record: Any = None) -> bool:
        """Whether `permission` is held at `record`; without a record, whether it is held at all."""
        if not self.user.is_active:
            return False
        if self.user.is_administrator and permission in ADMINISTRATOR:
            return True
        return any(self._holds(membership, permission, record) for membership in self.memberships)

    def units_where(self, permission: str) -> frozenset[int]:
        """Units in which the user holds a role that carries `permission`."""
        return frozenset(m.unit_id for m in self.memberships if sides_of(m.role, permission))

    def sides_for(self, permission: str) -> dict[str, frozenset[int]]:
        """At which units each side of `permission` is held; for `unit` and `above` those in line below too."""
        held: dict[str, set[int]] = defaultdict(set)
        for membership in self.memberships:
            for side in sides_of(membership.role, permission):
                below = side in (UNIT, ABOVE)
                held[side] |= self._lines[membership.unit_id] if below else {membership.unit_id}
        return {side: frozenset(ids) for side, ids in held.items()}

    def places_for(self, permission: str) -> frozenset[int]:
        """The units for whose records the user holds `permission`, for choices in forms."""
        places: set[int] = set()
        for membership in self.memberships:
            sides = sides_of(membership.role, permission)
            if UNIT in sides:
                places |= self._lines[membership.unit_id]
            elif ORGANISER in sides:
                places.add(membership.unit_id)
        return frozenset(places)

    def _holds(self, membership: Membership, permission: str, record: Any) -> bool:
        sides = sides_of(membership.role, permission)
        return bool(sides) and (record is None or any(self._on_side(side, membership, record) for side in sides))

    def _on_side(self, side: str, membership: Membership, record: Any) -> bool:
        if side == ANY:
            return True
        if side == ORGANISER:
            return getattr(record, "organiser_id", None) == membership.unit_id
        if side == ABOVE:
            return getattr(record, "organiser_id", None) in self._lines[membership.unit_id]
        if side == UNIT:
            return not self._lines[membership.unit_id].isdisjoint(units_of(record))
        if side == ASSIGNED:
            return bool(record.is_assigned_to(self.user))
        raise ValueError(f"{side!r} is not a side of a grant.")


def units_of(record: Any) -> Iterable[int]:
    """The units to which a record belongs: `unit_ids` if it names several, else `unit_id`."""
    several = getattr(record, "unit_ids", None)
    if several is not None:
        return several
    one = getattr(record, "unit_id", None)
    return () if one is None else (one,)
