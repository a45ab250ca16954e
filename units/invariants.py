"""Invariants of this room: dated rows, what is derived from them, identity numbers."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.invariants import named, overlaps, register, rows_of
from units.models import (
    Appointment,
    BlockMember,
    Delegation,
    Membership,
    Person,
    Unit,
    UnitName,
    UnitParent,
    UnitReach,
)
from units.models.dated import LASTING
from units.services.derived import stale_units
from units.services.identity import UnreadableIdentity, decipher, match_code
from units.services.reach import differences

SAME = (
    (UnitName, ("unit",)),
    (UnitParent, ("unit",)),
    (Membership, ("user", "role", "unit")),
    (Delegation, ("membership", "to")),
    (Appointment, ("person", "unit", "post")),
    (BlockMember, ("block", "unit")),
    (UnitReach, ("ancestor", "unit", "via")),
)
"""Dated rows of which at most one may hold on a day, for each set of equal columns."""


@register("units.dated", _("Names, units above, roles, deputies, posts and block places do not overlap in time"))
def dated() -> Iterator[str]:
    for model, same in SAME:
        yield from overlaps(model._default_manager.filter(LASTING), *same)


@register("units.lead", _("A block has one lead on a day"))
def lead() -> Iterator[str]:
    yield from overlaps(BlockMember.objects.filter(role="lead"), "block")


@register("units.reach", _("The reach of units is what lines and successions give"))
def reach() -> Iterator[str]:
    missing, surplus = differences()
    for row in missing:
        yield f"{UnitReach._meta.label} + {row.ancestor} → {row.unit}, {row.via}, {row.valid_from}"
    yield from (named(UnitReach, pk) for pk in surplus)


@register("units.present", _("Present name, code and unit above are those of the dated rows"))
def present() -> Iterator[str]:
    for unit, values in stale_units():
        wrong = [name for name, value in values.items() if getattr(unit, name) != value]
        yield named(Unit, unit.pk, ", ".join(wrong))


@register("units.identity", _("Identity numbers can be read with FIELD_KEY, and their matching codes are theirs"))
def identity() -> Iterator[str]:
    filled = ~Q(id_cipher="") | Q(id_hmac__isnull=False)
    for pk, ciphered, code in rows_of(Person.objects.filter(filled).order_by("pk"), "pk", "id_cipher", "id_hmac"):
        if not ciphered or not code:
            yield named(Person, pk, "id_hmac" if ciphered else "id_cipher")
            continue
        try:
            sound = match_code(decipher(ciphered)) == code
        except UnreadableIdentity:
            yield named(Person, pk, "FIELD_KEY")
            continue
        if not sound:
            yield named(Person, pk, "id_hmac")
