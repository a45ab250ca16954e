"""What the one search finds in this room."""

import re
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.ui import searching
from units.enums import UnitState
from units.filters import PersonFilter, UnitFilter
from units.models import Person, Unit
from units.queries import person_note
from units.seats import seat_of
from units.services.derived import SEPARATOR
from units.services.identity_search import find_by_identity

_SEPARATORS = re.compile(r"[\s.\-]+")
_DIGITS = 12  # old cards' nine digits are too like other numbers to be taken for an identity


def units_found(user: Any) -> Any:
    return Unit.objects.visible_to(user).select_related("parent").in_official_order()


def unit_hit(row: Unit) -> searching.Hit:
    """With its kind, code and the unit above, and the other names by which it is found."""
    state = row.state_on(clock.today())
    shown = {row.name, row.code}
    others = ", ".join(name for name in row.known_names.split(SEPARATOR) if name not in shown)
    parts = [row.get_kind_display(), row.code, row.parent, others and _("also: %(names)s") % {"names": others}]
    return searching.Hit(
        label=row.name, url=reverse("units:unit_detail", args=[row.pk]),
        note=" · ".join(str(part) for part in parts if part),
        state=None if state == UnitState.OPEN else state,
    )  # fmt: skip


def persons_found(user: Any) -> Any:
    return Person.objects.visible_to(user).live().placed_on(clock.today()).by_given_name()


def person_hit(row: Any) -> searching.Hit:
    return searching.Hit(label=row.full_name, url=reverse("units:person_detail", args=[row.pk]), note=person_note(row))


def is_identity(text: str) -> bool:
    """Twelve digits, as typed with blanks, points or hyphens."""
    return bool(re.fullmatch(rf"[0-9]{{{_DIGITS}}}", _SEPARATORS.sub("", text)))


def identity_page(user: Any, text: str) -> str:
    """The page of the person who has the number, if the user may read that number; the trail keeps the asking."""
    person = find_by_identity(number=_SEPARATORS.sub("", text), actor=user)
    return reverse("units:person_detail", args=[person.pk]) if person else ""


def enter() -> None:
    """Called when the application starts."""
    searching.register(
        searching.Provider(
            code="donvi", label=gettext_lazy("Units"), icon="sitemap", url_name="units:unit_list",
            filterset=UnitFilter, rows=units_found, hit=unit_hit, order=20,
            visible=lambda user: user.has_perm("units.view_unit"),
        )
    )  # fmt: skip
    searching.register(
        searching.Provider(
            code="canhan", label=gettext_lazy("Individuals"), icon="users", url_name="units:person_list",
            filterset=PersonFilter, rows=persons_found, hit=person_hit, order=30,
            visible=lambda user: bool(seat_of(user).memberships),
        )
    )  # fmt: skip
    missed = gettext_lazy("No individual with this identity number is in your scope.")
    searching.register_private("identity", searching.Private(is_identity, identity_page, missed))
