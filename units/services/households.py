"""Records of households."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import ServiceError
from core.text import clean_line
from units.models import Household, Person, Unit
from units.permissions import At, require
from units.services.rows import lock, touch

MANAGE = "units.manage_household"


@transaction.atomic
def create_household(*, unit: Unit, name: str, actor: User | None, head: Person | None = None) -> Household:
    """Enter a household of `unit`. Raises ServiceError without a name."""
    require(actor, MANAGE, At(unit.pk))
    household = Household.objects.create(unit=unit, name=required_name(name), head=head)
    audit.record("household.created", actor=actor, subject=household)
    return household


@transaction.atomic
def edit_household(
    *, household_id: int, unit: Unit, name: str, head: Person | None, actor: User | None, version: int | None = None
) -> Household:
    """Correct a household's data, or move it to another unit."""
    household = lock(Household, household_id, actor=actor, version=version)
    require(actor, MANAGE, household)
    require(actor, MANAGE, At(unit.pk))
    changes = touch(household, unit=unit, name=required_name(name), head=head)
    if changes:
        audit.record("household.edited", actor=actor, subject=household, changes=changes)
    return household


def required_name(name: str) -> str:
    cleaned = clean_line(name)
    if not cleaned:
        raise ServiceError(_("Enter the name of the household."), field="name")
    return cleaned
