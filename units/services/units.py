"""Setting up units and what changes in their lives: names, the unit above, the end."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import audit
from core.errors import ServiceError
from core.text import clean_line, format_date
from core.workflow import write_versioned
from units.models import Appointment, Membership, Unit, UnitName, UnitParent
from units.permissions import require
from units.services.derived import refresh_units
from units.services.periods import put_in
from units.services.reach import rebuild_reach
from units.services.rows import lock, touch

MANAGE = "units.manage_unit"


@transaction.atomic
def create_unit(
    *,
    kind: str,
    level: str,
    name: str,
    opened_on: date,
    actor: User | None,
    parent: Unit | None = None,
    short_name: str = "",
    code: str = "",
    official_order: int = 0,
    document: str = "",
) -> Unit:
    """Enter a unit with its first name and place. Raises ServiceError at the field at fault."""
    require(actor, MANAGE)
    unit = add_unit(
        kind=kind, level=level, name=name, opened_on=opened_on, parent=parent, short_name=short_name, code=code,
        official_order=official_order, document=document, actor=actor,
    )  # fmt: skip
    settle([unit.pk])
    unit.refresh_from_db()
    return unit


def add_unit(
    *,
    kind: str,
    level: str,
    name: str,
    opened_on: date,
    actor: User | None,
    parent: Unit | None,
    short_name: str,
    code: str,
    official_order: int,
    document: str,
) -> Unit:
    """As `create_unit`, but the caller asks for the right and settles the derived columns itself."""
    name = required_name(name)
    refuse_taken_code(code, start=opened_on, end=None)
    unit = Unit(kind=kind, level=level, opened_on=opened_on, official_order=official_order)
    unit.name, unit.short_name, unit.code, unit.parent = name, clean_line(short_name), clean_line(code), parent
    unit.save()
    UnitName.objects.create(
        unit=unit, name=name, short_name=unit.short_name, code=unit.code, document=document, valid_from=opened_on
    )
    if parent is not None:
        refuse_not_open(parent, opened_on, field="parent")
        UnitParent.objects.create(unit=unit, parent=parent, valid_from=opened_on, document=document)
    audit.record(
        "unit.created", actor=actor, subject=unit,
        changes={"kind": [None, kind], "opened_on": [None, opened_on], "parent": [None, parent]}, reason=document,
    )  # fmt: skip
    return unit


@transaction.atomic
def edit_unit(
    *,
    unit_id: int,
    kind: str,
    level: str,
    official_order: int,
    name: str,
    short_name: str,
    code: str,
    actor: User | None,
    version: int | None = None,
) -> Unit:
    """Correct what was entered wrongly. A change in the unit's life is `rename_unit` or `move_unit`."""
    require(actor, MANAGE)
    unit = lock(Unit, unit_id, actor=actor, version=version)
    row = unit.names.order_by("valid_from").last()
    assert row is not None  # noqa: S101 -- no unit is made without a name
    refuse_taken_code(code, start=row.valid_from, end=row.valid_to, but=unit)
    changes = touch(unit, kind=kind, level=level, official_order=official_order)
    texts = {"name": required_name(name), "short_name": clean_line(short_name), "code": clean_line(code)}
    for field, text in texts.items():
        if getattr(row, field) != text:
            changes[field] = [getattr(row, field), text]
            setattr(row, field, text)
    row.save(update_fields=list(texts))
    if changes:
        audit.record("unit.corrected", actor=actor, subject=unit, changes=changes)
    return settled(unit)


@transaction.atomic
def rename_unit(
    *,
    unit_id: int,
    name: str,
    on: date,
    actor: User | None,
    short_name: str = "",
    code: str = "",
    document: str = "",
    version: int | None = None,
) -> Unit:
    """Let the unit bear another name or code from `on`. Earlier records keep the earlier name."""
    require(actor, MANAGE)
    unit = lock(Unit, unit_id, actor=actor, version=version)
    refuse_not_open(unit, on, field="on")
    before = unit.name_on(on)
    until = put_in(unit.names.all(), on=on) or unit.closed_on
    refuse_taken_code(code, start=on, end=until, but=unit)
    UnitName.objects.create(
        unit=unit, name=required_name(name), short_name=clean_line(short_name), code=clean_line(code),
        document=document, valid_from=on, valid_to=until,
    )  # fmt: skip
    mark(unit)
    audit.record(
        "unit.renamed", actor=actor, subject=unit,
        changes={"name": [before, clean_line(name)], "valid_from": [None, on]}, reason=document,
    )  # fmt: skip
    return settled(unit)


@transaction.atomic
def move_unit(
    *, unit_id: int, parent: Unit, on: date, actor: User | None, document: str = "", version: int | None = None
) -> Unit:
    """Put the unit under `parent` from `on`. Raises ServiceError if that would make a circle."""
    require(actor, MANAGE)
    unit = lock(Unit, unit_id, actor=actor, version=version)
    refuse_not_open(unit, on, field="on")
    refuse_not_open(parent, on, field="parent")
    above = unit.parent_on(on)
    put_under(unit, parent, on=on, document=document)
    mark(unit)
    audit.record(
        "unit.moved", actor=actor, subject=unit,
        changes={"parent": [above, parent], "valid_from": [None, on]}, reason=document,
    )  # fmt: skip
    return settled(unit)


def put_under(unit: Unit, parent: Unit, *, on: date, document: str) -> None:
    """Write the link, refusing circles on any day on which it will hold."""
    until = put_in(unit.parents.all(), on=on) or unit.closed_on
    days = {on, *UnitParent.objects.filter(valid_from__gt=on).values_list("valid_from", flat=True)}
    for day in sorted(day for day in days if until is None or day < until):
        if unit.pk in line_above(parent.pk, day):
            raise ServiceError(_("%(parent)s stands below this unit itself.") % {"parent": parent}, field="parent")
    UnitParent.objects.create(unit=unit, parent=parent, valid_from=on, valid_to=until, document=document)


def line_above(unit_id: int, day: date) -> list[int]:
    """The unit and those above it on `day`, read from the links themselves: the closure may be behind."""
    line = [unit_id]
    while True:
        up = UnitParent.objects.on(day).filter(unit=line[-1]).values_list("parent", flat=True).first()
        if up is None or up in line:
            return line
        line.append(up)


@transaction.atomic
def close_unit(
    *,
    unit_id: int,
    on: date,
    actor: User | None,
    document: str = "",
    roles_end_on: date | None = None,
    version: int | None = None,
) -> Unit:
    """Let the unit cease `on`. Its records stay; posts in it end, and roles on `roles_end_on`.

    `roles_end_on` may be later than `on`, so that what was decided before can still be entered; None ends
    no role. Raises ServiceError while units still stand below it.
    """
    require(actor, MANAGE)
    unit = lock(Unit, unit_id, actor=actor, version=version)
    end_unit(unit, on=on, actor=actor, document=document, roles_end_on=roles_end_on)
    return settled(unit)


def end_unit(unit: Unit, *, on: date, actor: User | None, document: str, roles_end_on: date | None) -> None:
    """As `close_unit`, on a locked unit; the caller settles the derived columns."""
    refuse_not_open(unit, on, field="on")
    refuse_units_below(unit, on)
    refuse_later_entries(unit, on)
    for rows in (unit.names, unit.parents, unit.appointments):
        rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).update(valid_to=on)
    if roles_end_on is not None:
        held = Membership.objects.filter(unit=unit, valid_from__lt=roles_end_on)
        held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=roles_end_on)).update(valid_to=roles_end_on)
    changes = touch(unit, closed_on=on)
    audit.record(
        "unit.closed", actor=actor, subject=unit, changes={**changes, "roles_end_on": [None, roles_end_on]},
        reason=document,
    )  # fmt: skip


def required_name(name: str) -> str:
    cleaned = clean_line(name)
    if not cleaned:
        raise ServiceError(_("Enter the name of the unit."), field="name")
    return cleaned


def refuse_taken_code(code: str, *, start: date, end: date | None, but: Unit | None = None) -> None:
    """Raises ServiceError if another unit bears the code on a day of [start, end).

    Codes come back: the communes of 01/07/2025 bear codes of others that ended then. A holder of old whose
    end is not recorded yet does not stand in the way, as its successor must exist before it can end.
    """
    code = clean_line(code)
    taken = UnitName.objects.filter(code=code).touching(start, end).exclude(unit=but)
    other = taken.exclude(valid_from__lt=start, valid_to__isnull=True).first() if code else None
    if other is not None:
        raise ServiceError(
            _("The code %(code)s belongs to %(unit)s at that time.") % {"code": code, "unit": other.name}, field="code"
        )


def refuse_not_open(unit: Unit, day: date, *, field: str) -> None:
    """Raises ServiceError if the unit, as it is stored now, is not in operation on `day`."""
    if not Unit.objects.filter(pk=unit.pk).open_on(day).exists():
        words = {"unit": unit.name_on(day), "day": format_date(day)}
        raise ServiceError(_("%(unit)s is not in operation on %(day)s.") % words, field=field)


def refuse_units_below(unit: Unit, day: date) -> None:
    below = Unit.objects.open_on(day).filter(parents__in=UnitParent.objects.on(day).filter(parent=unit))
    names = list(below.in_official_order().values_list("name", flat=True))
    if names:
        text = ngettext(
            "%(count)d unit still stands below it: %(names)s.", "%(count)d units still stand below it: %(names)s.",
            len(names),
        )  # fmt: skip
        raise ServiceError(text % {"count": len(names), "names": ", ".join(names[:5])}, field="on")


def refuse_later_entries(unit: Unit, day: date) -> None:
    """Raises ServiceError if something of the unit begins only on `day` or after: it would never have held."""
    names = unit.names.filter(valid_from__gte=day)
    links = unit.parents.filter(valid_from__gte=day)
    posts = Appointment.objects.filter(unit=unit, valid_from__gte=day)
    if names.exists() or links.exists() or posts.exists():
        raise ServiceError(
            _("Entries of this unit begin after %(day)s. Correct them first.") % {"day": format_date(day)}, field="on"
        )


def mark(unit: Unit) -> None:
    """Count the version up for a change that stands in rows beside the unit."""
    write_versioned(unit)


def settle(unit_ids: Any) -> None:
    """Bring the derived columns of `unit_ids` and the closure up to date."""
    refresh_units(unit_ids)
    rebuild_reach()


def settled(unit: Unit) -> Unit:
    settle([unit.pk])
    unit.refresh_from_db()
    return unit
