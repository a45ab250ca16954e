"""Which entries other rooms point to. Found through the keys themselves, so no room has to be known here."""

from collections.abc import Iterable

from django.db.models import ForeignKey, ForeignObjectRel

from catalogue.models import AwardAuthority, AwardRule, AwardSubject, AwardVersion, DossierItem

OWN_LINES = (AwardSubject, AwardAuthority, DossierItem, AwardRule)


def keys_to_versions() -> list[ForeignKey]:
    """Every foreign key to a version of an award, also those without a way back, but not its own lines'."""
    relations = AwardVersion._meta.get_fields(include_hidden=True)
    keys = [relation.field for relation in relations if isinstance(relation, ForeignObjectRel)]
    return [key for key in keys if isinstance(key, ForeignKey) and key.model not in OWN_LINES]


def referenced_versions(versions: Iterable[int]) -> set[int]:
    """Those of the award versions that a registration, nomination, commendation … points to."""
    ids = set(versions)
    found: set[int] = set()
    for key in keys_to_versions():
        rows = key.model._base_manager.filter(**{f"{key.name}__in": ids}).order_by()
        found |= set(rows.values_list(key.attname, flat=True).distinct())
    return found
