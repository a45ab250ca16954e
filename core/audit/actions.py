"""The words of every action. Entries store the code; the words are made when shown."""

from collections.abc import Mapping

from core.errors import Text
from core.registry import Registry

ACTIONS: Registry[Text] = Registry("audited action")
LABELS: Registry[Text] = Registry("label of a change")


class UnknownAction(LookupError):
    """An action was recorded whose words nobody registered."""


def register_actions(texts: Mapping[str, Text]) -> None:
    """Enter actions with their lazy words: ``{"pledge.sent": _("Pledge sent")}``.

    A code reads "noun.verb_past". Called in ``AppConfig.ready()``.
    """
    for code, text in texts.items():
        ACTIONS.add(code, text)


def register_labels(labels: Mapping[str, Text]) -> None:
    """Enter the words for names of changes that are no columns of the subject, such as a person's post."""
    for name, text in labels.items():
        LABELS.add(name, text)


def action_text(code: str) -> str:
    """The words for `code`; an action of an older version, no longer registered, shows its code."""
    return str(ACTIONS[code]) if code in ACTIONS else code
