"""Who acts for units today, as people to tell and as people to ring up."""

from collections.abc import Collection, Iterable

from accounts.models import User
from core import clock
from units.enums import UNIT_ROLES, Role
from units.models import Delegation, Membership
from units.models.dated import in_force


def acting(unit_ids: Collection[int], roles: Iterable[str] = UNIT_ROLES) -> dict[int, list[User]]:
    """Active accounts that hold one of `roles` in each unit today, deputies among them, by unit id.

    Two queries, however many units. Officers stand before heads, as the people to ring up.
    """
    day, wanted = clock.today(), list(roles)
    found: dict[int, dict[int, User]] = {unit: {} for unit in unit_ids}
    own = Membership.objects.on(day).filter(unit__in=unit_ids, role__in=wanted, user__is_active=True)
    deputies = Delegation.objects.on(day).filter(
        in_force(day, "membership__"), membership__unit__in=unit_ids, membership__role__in=wanted, to__is_active=True
    )
    people = [(m.role != Role.UNIT_OFFICER, m.pk, m.unit_id, m.user) for m in own.select_related("user")]
    people += [(True, d.pk, d.membership.unit_id, d.to) for d in deputies.select_related("membership", "to")]
    for _late, _pk, unit, user in sorted(people, key=lambda row: row[:2]):
        found[unit].setdefault(user.pk, user)
    return {unit: list(users.values()) for unit, users in found.items()}


def heads_of(unit_id: int) -> list[User]:
    """Who may send for the unit: its head and the head's deputies."""
    return acting([unit_id], [Role.UNIT_HEAD])[unit_id]


def people_of(unit_id: int) -> list[User]:
    """Everybody who acts for the unit."""
    return acting([unit_id])[unit_id]


def standing_officers(organiser_id: int) -> list[User]:
    """The standing body of a committee."""
    return acting([organiser_id], [Role.STANDING_OFFICER])[organiser_id]
