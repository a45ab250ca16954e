"""Start-up checks: every state a workflow knows has a colour, a word and an icon that exists."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register

from core.ui import navigation, states
from core.ui.linting import known_icons
from core.workflow import WORKFLOWS


@register("ui")
def check_looks(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """States without a look, and icons the sprite will not have."""
    return [*unseen_states(), *unknown_icons()]


def unseen_states() -> Iterator[CheckMessage]:
    for workflow in WORKFLOWS.values():
        field = workflow.model._meta.get_field(workflow.field)
        enum = states.enum_of(field)
        missing = [value for value, _label in field.flatchoices if not enum or not states.is_registered(enum(value))]
        if missing:
            yield Error(f"States without a look: {', '.join(missing)}.", obj=workflow.model, id="ui.E001")


def unknown_icons() -> Iterator[CheckMessage]:
    named = {entry.icon for entry in navigation.ENTRIES.values()} | states.icons_in_use()
    for name in sorted(named - known_icons()):
        yield Error(f"Icon {name!r} is not in static/icons.txt.", id="ui.E002")
