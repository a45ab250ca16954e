"""Which rows of this room a user may read today; the one place that states it."""

from django.db.models import Q

from accounts.models import User
from awards.enums import INSIDE_STATES
from campaigns.models.scope import in_reach, organised, own
from units.models.scope import seat
from units.reach import above

__all__ = ["committees", "in_reach", "organised", "own", "sent_or_own"]


def committees(user: User) -> Q:
    """Organisers that concern the user: those of their roles and those in whose line their units stand."""
    mine = seat(user)
    return Q(organiser__in=mine.all_unit_ids) | Q(organiser__in=above(mine.all_unit_ids, on=mine.day))


def sent_or_own(user: User, *, unit: str, organiser: str, inside: Q, on_behalf: str) -> Q:
    """A unit's papers: inside the unit always; outside once sent, or when entered on its behalf."""
    return (
        own(user, unit)
        | (organised(user, organiser) & (~inside | Q(**{on_behalf: True})))
        | (in_reach(user, unit) & ~inside)
    )


INSIDE = Q(state__in=INSIDE_STATES)
