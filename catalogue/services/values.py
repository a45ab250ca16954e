"""Entering a dated value: by the administrator, with its source, never over what stood."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.enums import Mark
from catalogue.models import LegalText, LegalValue
from core import audit
from core.errors import NotAllowed, ServiceError
from units.models import Unit

MANAGE = "catalogue.manage_value"


@transaction.atomic
def set_value(
    *,
    actor: User,
    code: str,
    valid_from: date,
    value: Decimal | None,
    words: str = "",
    text: LegalText | None,
    article: str = "",
    link: str = "",
    note: str = "",
    scope: Unit | None = None,
) -> LegalValue:
    """Let a value of a known code hold from a day on, nationally or in one committee's area.

    The row that held until then ends on that day. An open row (a rule whose content was not known) gives
    way: before the new day what stood before it goes on. Raises NotAllowed; ServiceError without a value,
    a source, a known code, or where a value already begins on that day.
    """
    if not actor.has_perm(MANAGE):
        raise NotAllowed(MANAGE)
    known = LegalValue.objects.filter(code=code, scope__isnull=True).order_by("valid_from").last()
    if known is None:
        raise ServiceError(_("There is no such value in the catalogue."), field="code")
    if value is None and not words:
        raise ServiceError(_("Enter the value as a number or in words."), field="value")
    if text is None and not note:
        raise ServiceError(_("Name the text the value rests on, or say in the note where it comes from."), field="text")
    rows = LegalValue.objects.select_for_update(of=("self",)).filter(code=code, scope=scope)
    entry = place_for(rows, valid_from, actor) or LegalValue(
        code=code, name=known.name, group=known.group, unit=known.unit, scope=scope
    )
    before = {"value": plain(entry), "valid_from": entry.valid_from.isoformat() if entry.pk else None}
    if not entry.pk:
        following = rows.filter(valid_from__gt=valid_from).order_by("valid_from").first()
        entry.valid_to = following.valid_from if following else None
    entry.valid_from, entry.value, entry.words = valid_from, value, words
    entry.text, entry.article, entry.link, entry.note = text, article, link, note
    entry.source, entry.mark, entry.shipped = "", Mark.PARTLY, False
    entry.save()
    after = {"value": plain(entry), "valid_from": valid_from.isoformat()}
    audit.record(
        "legal_value.entered", actor=actor, subject=entry, organiser_id=scope.pk if scope else None,
        changes={name: [before[name], after[name]] for name in after},
    )  # fmt: skip
    return entry


def plain(entry: LegalValue) -> str:
    return entry.words if entry.value is None else str(entry.value)


def place_for(rows: QuerySet[LegalValue], day: date, actor: User) -> LegalValue | None:
    """Make room from `day` on. Returns the open row that the new value fills, if one holds then."""
    holding = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day).first()
    if holding is None:
        return None
    if holding.is_open:
        before = rows.filter(valid_to=holding.valid_from).first()
        if before is not None and day > holding.valid_from:
            end(before, day, actor)
        return holding
    if holding.valid_from == day:
        raise ServiceError(_("A value already begins on that day. Values are not overwritten."), field="valid_from")
    end(holding, day, actor)
    return None


def end(entry: LegalValue, day: date, actor: User) -> None:
    """Let `entry` hold until `day`; from now on it is ours, not the product's."""
    before = entry.valid_to.isoformat() if entry.valid_to else None
    entry.valid_to, entry.shipped = day, False
    entry.save(update_fields=["valid_to", "shipped"])
    audit.record("legal_value.ended", actor=actor, subject=entry, changes={"valid_to": [before, day.isoformat()]})
