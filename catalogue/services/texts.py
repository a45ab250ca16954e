"""Entering a legal text that did not come with the product."""

from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.enums import Mark
from catalogue.models import LegalText
from core import audit
from core.errors import NotAllowed, ServiceError
from core.text import fold

MANAGE = "catalogue.manage_value"


@transaction.atomic
def add_text(
    *,
    actor: User,
    symbol: str,
    cite: str,
    title: str,
    issued: date,
    in_force_from: date,
    in_force_to: date | None = None,
    link: str = "",
    note: str = "",
) -> LegalText:
    """Enter a law, decree or local decision. Raises NotAllowed; ServiceError if it is already there."""
    if not actor.has_perm(MANAGE):
        raise NotAllowed(MANAGE)
    if LegalText.objects.filter(symbol=symbol, issued=issued).exists():
        raise ServiceError(_("This text is already in the catalogue."), field="symbol")
    if in_force_to is not None and in_force_to <= in_force_from:
        raise ServiceError(_("The text ends before it begins."), field="in_force_to")
    text = LegalText.objects.create(
        code=free_code(symbol, issued), symbol=symbol, cite=cite, title=title, issued=issued,
        in_force_from=in_force_from, in_force_to=in_force_to, link=link, note=note, mark=Mark.PARTLY, shipped=False,
    )  # fmt: skip
    audit.record(
        "legal_text.entered", actor=actor, subject=text,
        changes={"symbol": [None, symbol], "issued": [None, issued.isoformat()]},
    )  # fmt: skip
    return text


def free_code(symbol: str, issued: date) -> str:
    """A code no shipped text will have: these begin with a letter and bear no full date."""
    words = slugify(fold(symbol).replace("/", " "))
    return f"{words[:50]}-{issued:%Y%m%d}"
