"""Questions to the catalogue. Each says as of when it asks."""

from datetime import date
from typing import Any

from django.db.models import Prefetch

from catalogue.enums import AuthorityLevel
from catalogue.models import AwardAuthority, AwardSubject, AwardType, AwardVersion, LegalValue, Term
from catalogue.models.award import AwardVersionQuerySet
from units.enums import UnitKind
from units.models import Unit

_LEVEL_OF_KIND = {
    UnitKind.PROVINCE: AuthorityLevel.PROVINCE,
    UnitKind.DISTRICT: AuthorityLevel.DISTRICT,
    UnitKind.COMMUNE: AuthorityLevel.COMMUNE,
    UnitKind.ENTERPRISE: AuthorityLevel.ENTERPRISE,
    UnitKind.COOPERATIVE: AuthorityLevel.ENTERPRISE,
}


def authority_level_of(unit: Unit) -> AuthorityLevel:
    """As which level `unit` decides: an area by its level, an enterprise, else as an agency or unit."""
    return _LEVEL_OF_KIND.get(UnitKind(unit.kind), AuthorityLevel.AGENCY)


def value_on(code: str, day: date, scope: Unit | None = None) -> LegalValue | None:
    """The value of `code` in force on `day`: the nearest local one at or above `scope`, else the national one.

    None where no row holds on the day. A row that `is_open` says that a rule stands there whose content
    is not known: nothing may be computed then, and nothing older be used instead.
    """
    rows = {row.scope_id: row for row in LegalValue.objects.on(day).filter(code=code).select_related("text")}
    unit = scope
    while unit is not None and set(rows) - {None}:
        if unit.pk in rows:
            return rows[unit.pk]
        unit = unit.parent_on(day)
    return rows.get(None)


def with_lines(versions: AwardVersionQuerySet) -> AwardVersionQuerySet:
    """With everything a page or a check reads of a version, in a constant number of queries."""
    subjects = Prefetch("subjects", AwardSubject.objects.select_related("text"))
    authorities = Prefetch("authorities", AwardAuthority.objects.select_related("text"))
    return versions.select_related("type", "text").prefetch_related(subjects, authorities)


def award_versions_on(
    day: date, *, subject_kind: str | None = None, organiser_level: str | None = None, nature: str | None = None
) -> AwardVersionQuerySet:
    """Awards in force on `day`: for a kind of recipient, decided at a level, titles or forms only."""
    versions = with_lines(AwardVersion.objects.on(day))
    if subject_kind is not None:
        versions = versions.filter(subjects__kind=subject_kind)
    if organiser_level is not None:
        versions = versions.filter(authorities__level=organiser_level)
    if nature is not None:
        versions = versions.filter(type__nature=nature)
    return versions.order_by("type__position", "pk")


def version_on(award_type: AwardType, day: date) -> AwardVersion | None:
    """The wording of an award in force on `day`."""
    return with_lines(AwardVersion.objects.on(day)).filter(type=award_type, scope__isnull=True).first()


def authority_on(award_type: AwardType, day: date) -> list[AwardAuthority]:
    """Who may decide `award_type` on `day`; empty where the catalogue has no version then."""
    version = version_on(award_type, day)
    return list(version.authorities.all()) if version is not None else []


def terms_on(vocabulary: str, day: date) -> Any:
    """The words of a list in force on `day`, in their order."""
    return Term.objects.on(day).filter(vocabulary=vocabulary).select_related("text").order_by("position", "pk")
