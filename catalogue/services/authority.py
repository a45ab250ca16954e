"""Whether a level may decide an award on the day the decision is signed."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.enums import AuthorityLevel, Mark
from catalogue.models import AwardAuthority, AwardVersion
from catalogue.models.base import Cited
from catalogue.queries import value_on, version_on
from core.errors import ServiceError
from core.text import format_date

NO_ENTRY = gettext_lazy("not found")


class WithoutAuthority(ServiceError):
    """The level may not decide this award on this day."""


def basis(entry: Cited) -> str:
    """The citation with its mark in words: "NĐ 129/2025/NĐ-CP (✔ Đã đối chiếu)"."""
    mark = Mark(entry.mark)
    return f"{entry.citation or NO_ENTRY} ({mark.sign} {mark.label})"


def check_authority(level: str, award_version: AwardVersion, signed_on: date) -> AwardAuthority | None:
    """Who decides by what, or None where the catalogue cannot tell (no entry, or none that was checked).

    Judged by the wording of the award in force on `signed_on`, the day on the decision; the machine's
    day plays no part. Raises WithoutAuthority, naming the text and how far it was compared.
    """
    refuse_ended_level(level, signed_on)
    version = version_on(award_version.type, signed_on)
    if version is None:
        refuse_ended_award(award_version, signed_on)
        return None
    entries = list(version.authorities.all())
    entry = next((entry for entry in entries if entry.level == level), None)
    if entry is not None or not entries or not all(entry.binds for entry in entries):
        return entry
    raise WithoutAuthority(
        _("On %(day)s %(award)s is decided by: %(deciders)s. %(level)s is not among them. Basis: %(basis)s.")
        % {
            "day": format_date(signed_on),
            "award": version.name,
            "deciders": ", ".join(str(AuthorityLevel(entry.level).label) for entry in entries),
            "level": AuthorityLevel(level).label,
            "basis": "; ".join(dict.fromkeys(basis(entry) for entry in entries)),
        },
        field="signed_on",
    )


def refuse_ended_level(level: str, signed_on: date) -> None:
    """A whole level may have lost its authority: the district on 01/07/2025."""
    limit = value_on(f"authority.{level}", signed_on)
    if limit is None or limit.value is None or limit.value or not limit.binds:
        return
    raise WithoutAuthority(
        _("%(level)s has no authority to commend from %(from)s on; the decision is dated %(day)s. Basis: %(basis)s.")
        % {
            "level": AuthorityLevel(level).label,
            "from": format_date(limit.valid_from),
            "day": format_date(signed_on),
            "basis": basis(limit),
        },
        field="signed_on",
    )


def refuse_ended_award(award_version: AwardVersion, signed_on: date) -> None:
    """An award that was ended may not be given; one not entered for an older day may have been."""
    last = AwardVersion.objects.filter(type=award_version.type).order_by("valid_from").last()
    if last is None or last.valid_to is None or signed_on < last.valid_to or not last.binds:
        return
    raise WithoutAuthority(
        _("%(award)s is no longer awarded from %(until)s on. Basis: %(basis)s.")
        % {"award": last.name, "until": format_date(last.valid_to), "basis": basis(last)},
        field="signed_on",
    )
