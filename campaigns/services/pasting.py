"""Indicators pasted from Excel: name, unit of measure, target, one a row."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Indicator
from campaigns.services.indicators import add_indicator
from core.errors import ServiceError

MOST_ROWS = 200
Reader = Callable[[list[str]], tuple[dict[str, Any], dict[str, Any]]]


@transaction.atomic
def paste_indicators(*, focus_area_id: int, text: str, read: Reader, actor: User) -> list[Indicator]:
    """Add an indicator for each row of `text`; all of them or none.

    `read` turns the cells of a row into (fields, target). Raises ServiceError naming the row at fault.
    """
    rows = [line.split("\t") for line in text.splitlines() if line.strip()]
    if len(rows) > MOST_ROWS:
        raise ServiceError(_("At most %(most)s rows at a time.") % {"most": MOST_ROWS}, field="rows")
    made = []
    for number, cells in enumerate(rows, 1):
        try:
            values, target = read([cell.strip() for cell in cells])
            made.append(add_indicator(focus_area_id=focus_area_id, actor=actor, target=target, **values))
        except ServiceError as error:
            words = _("Row %(number)s: %(problem)s") % {"number": number, "problem": error}
            raise ServiceError(words, field="rows") from error
    return made
