"""How a state looks: colour and word and icon, the same everywhere.

Each room registers the members of its state enums in ``AppConfig.ready()``; the word is the member's
label. A value read from the database is plain text, so the enum is found through the model's field.
"""

from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.errors import Text
from core.ui.icons import icon as draw_icon

Tone = Literal["draft", "not_sent", "waiting", "returned", "approved", "met", "late", "failed", "locked"]
ICONS: dict[Tone, str] = {
    "draft": "pencil",
    "not_sent": "circle-dashed",
    "waiting": "clock",
    "returned": "arrow-back-up",
    "approved": "circle-check-filled",
    "met": "check",
    "late": "flag",
    "failed": "circle-x",
    "locked": "lock",
}


@dataclass(frozen=True)
class Look:
    """The tone and icon of one state."""

    tone: Tone
    icon: str


_looks: dict[type[models.Choices], dict[Any, Look]] = {}


def register(*members: models.Choices, tone: Tone, icon: str = "") -> None:
    """Give `members` of a state enum a tone and an icon (by default the tone's own)."""
    if tone not in get_args(Tone):
        raise ValueError(f"{tone!r} is not a tone of a state.")
    for member in members:
        _looks.setdefault(type(member), {})[member.value] = Look(tone, icon or ICONS[tone])


def look_of(member: models.Choices) -> Look:
    """The look registered for `member`; an unregistered one reads as a plain word (a check warns)."""
    return _looks.get(type(member), {}).get(member.value, Look("draft", ""))


def is_registered(member: models.Choices) -> bool:
    return member.value in _looks.get(type(member), {})


def icons_in_use() -> set[str]:
    """Every icon a state was registered with."""
    return {look.icon for looks in _looks.values() for look in looks.values()}


def enum_of(field: Any) -> type[models.Choices] | None:
    """The registered enum whose choices are those of the model field."""
    choices = [(value, str(label)) for value, label in field.flatchoices]
    for enum in _looks:
        if [(value, str(label)) for value, label in enum.choices] == choices:
            return enum
    return None


def member_of(record: Any, name: str) -> models.Choices | None:
    """The state in attribute `name` of a record as an enum member; None if it is not a known one."""
    value = getattr(record, name, None)
    if value is None or isinstance(value, models.Choices):
        return cast("models.Choices | None", value)
    if not isinstance(record, models.Model):
        return None
    enum = enum_of(record._meta.get_field(name))
    return enum(value) if enum is not None else None


def chip(word: Text, look: Look) -> SafeString:
    """The chip's markup."""
    mark = draw_icon(look.icon) if look.icon else ""
    return format_html('<span class="state state-{}">{}<span>{}</span></span>', look.tone, mark, word)


def chip_of(member: models.Choices) -> SafeString:
    """The chip of an enum member."""
    return chip(member.label, look_of(member))
