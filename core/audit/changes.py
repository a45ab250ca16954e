"""What changed: cleaned for storing, and brought into words for reading."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.audit.actions import LABELS
from core.clock import ZONE
from core.text import format_date, format_number

MASK = "***"
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SECRET_PARTS = ("password", "secret", "cipher", "cccd", "hmac", "token")


@dataclass(frozen=True)
class Change:
    """One changed field in words. A value that did not exist is an empty text."""

    label: str
    before: str
    after: str


def clean_text(text: str) -> str:
    """`text` as both databases can store it: PostgreSQL takes neither NUL nor half a surrogate pair."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def storable(value: Any) -> Any:
    """`value` as JSON that reads back the same from both databases, or its text.

    Floats become text: PostgreSQL and SQLite write the same float in different digits.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {clean_text(str(key)): storable_of(str(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((storable(item) for item in value), key=str)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str | Promise | UUID | float | models.Model):
        return clean_text(str(value))
    raise TypeError(f"{type(value).__name__} cannot stand in an audit entry.")


def storable_of(key: str, value: Any) -> Any:
    """The same for a named value; what the name says is secret never reaches the table."""
    if any(part in key.lower() for part in SECRET_PARTS):
        return MASK
    return storable(value)


def storable_changes(changes: Mapping[str, Any] | None) -> dict[str, Any]:
    """All changes of an entry, cleaned and masked. Raises TypeError for a value of a strange kind."""
    cleaned: dict[str, Any] = storable(changes or {})
    return cleaned


def change_rows(subject_type: str, changes: Mapping[str, Any]) -> list[Change]:
    """`changes` in words: field names and choices from the model, dates and numbers the Vietnamese way."""
    try:
        model = apps.get_model(subject_type)
    except (LookupError, ValueError):
        model = None
    rows = []
    for name, value in changes.items():
        field = _field(model, name)
        label = str(getattr(field, "verbose_name", LABELS[name] if name in LABELS else name.replace("_", " ")))
        before, after = value if isinstance(value, list) and len(value) == 2 else (None, value)
        rows.append(Change(capfirst(label), readable(field, before), readable(field, after)))
    return rows


def _field(model: type[models.Model] | None, name: str) -> Any:
    if model is None:
        return None
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def readable(field: Any, value: Any) -> str:
    """One stored value in words, by the kind of its field where the field still exists."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "; ".join(readable(field, item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {readable(None, item)}" for key, item in value.items())
    choices = dict(getattr(field, "flatchoices", ()))
    if value in choices:
        return str(choices[value])
    return _readable_by_kind(field, str(value))


def _readable_by_kind(field: Any, text: str) -> str:
    try:
        if isinstance(field, models.DateTimeField):
            moment = datetime.fromisoformat(text)
            moment = moment.astimezone(ZONE) if moment.tzinfo else moment
            return f"{format_date(moment.date())} {moment:%H:%M}"
        if isinstance(field, models.DateField) or (field is None and _ISO_DAY.fullmatch(text)):
            return format_date(date.fromisoformat(text))
        if isinstance(field, models.DecimalField):
            return format_number(Decimal(text))
    except (ValueError, ArithmeticError):
        # The field has changed its kind since: the stored text is still the best answer.
        return text
    return text
