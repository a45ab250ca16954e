"""Which rows of this room a user may read today; the one place that states it.

Id subqueries, no joins to many: nothing is counted twice and every result may be locked.
"""

from django.db.models import Q

from accounts.models import User
from campaigns.enums import INSIDE_STATES
from units.models.scope import seat

OFFICE = "campaigns.supply_figure"
"""The right whose holders follow an indicator for all units."""


def organised(user: User, path: str) -> Q:
    """Rows whose organiser is a unit whose standing body, approver or observer `user` is."""
    return Q(**{f"{path}__in": seat(user).organiser_unit_ids})


def in_reach(user: User, path: str) -> Q:
    """Rows of units in reach of the user's own."""
    return Q(**{f"{path}__in": seat(user).readable_units()})


def own(user: User, path: str) -> Q:
    """Rows of the units the user acts for, and of those below them in line."""
    return Q(**{f"{path}__in": seat(user).subtree_ids})


def offices(user: User) -> frozenset[int]:
    """The units as whose office the user follows indicators."""
    return seat(user).units_where(OFFICE)


def sent_or_own(user: User, *, unit: str, organiser: str) -> Q:
    """A unit's papers: inside the unit always; outside once sent, or when entered on its behalf."""
    inside = Q(state__in=INSIDE_STATES)
    return (
        own(user, unit)
        | (organised(user, organiser) & (~inside | Q(on_behalf=True)))
        | (in_reach(user, unit) & ~inside)
    )
