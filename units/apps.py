from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import audit
from core.ui import navigation, states
from core.ui.context import register_acting_as, register_masthead


class UnitsConfig(AppConfig):
    name = "units"

    def ready(self) -> None:
        """Tell the floors below what this one has: rights, audited acts, destinations, the frame's lines."""
        from accounts.second_factor_rule import register_roles  # noqa: PLC0415 -- models exist only from here on
        from units import invariants, naming, search, ticks  # noqa: F401, PLC0415
        from units.audit_actions import ACTIONS, LABELS  # noqa: PLC0415
        from units.enums import Role, UnitState  # noqa: PLC0415
        from units.permissions import enter_permissions  # noqa: PLC0415

        enter_permissions()
        search.enter()
        audit.register_actions(ACTIONS)
        audit.register_labels(LABELS)
        states.register(UnitState.OPEN, tone="met", icon="circle-check")
        states.register(UnitState.COMING, tone="waiting")
        states.register(UnitState.CLOSED, tone="draft", icon="archive")
        register_roles(Role.values, roles_of)
        register_listings()
        register_masthead(naming.masthead)
        register_acting_as(naming.acting_as)
        navigation.register(
            "units", label=_("Units"), icon="sitemap", url_name="units:unit_list",
            visible=lambda user: user.has_perm("units.view_unit"), order=700,
        )  # fmt: skip
        navigation.register(
            "people", label=_("Individuals, households"), icon="users-group", url_name="units:person_list",
            visible=keeps_people, order=710,
        )  # fmt: skip
        navigation.register(
            "roles", label=_("Grants of rights"), icon="shield-check", url_name="units:membership_list",
            visible=lambda user: user.has_perm("units.manage_membership"), order=720,
        )  # fmt: skip
        navigation.register(
            "my_roles", label=_("My roles and deputies"), icon="shield-check", url_name="units:membership_list",
            visible=keeps_people, place="account", order=30,
        )  # fmt: skip


def register_listings() -> None:
    from core.ui import listings  # noqa: PLC0415 -- it stands on models

    view = "units.view_unit"
    listings.register("units:unit_list", title=_("List of units"), permission=view)
    listings.register("units:person_list", title=_("List of individuals"), permission=view)
    listings.register("units:household_list", title=_("List of households"), permission=view)
    listings.register("units:group_list", title=_("List of groups"), permission=view)
    # everybody sees at least their own roles: the page asks no right beside the scope
    listings.register("units:membership_list", title=_("List of granted roles"))


def keeps_people(user: Any) -> bool:
    """Whoever holds a role; the administrator has no business with the persons of the records."""
    from units.seats import seat_of  # noqa: PLC0415 -- models exist only after ready()

    return bool(seat_of(user).memberships)


def roles_of(user: Any) -> set[str]:
    """The roles a user holds today, as a deputy too: the setting SECOND_FACTOR_ROLES asks."""
    from units.seats import seat_of  # noqa: PLC0415 -- models exist only after ready()

    return {membership.role for membership in seat_of(user).memberships}
