"""Pages that lead to the catalogue with what they show: their names, by which the catalogue thanks them."""

from core.errors import Text
from core.registry import Registry

FROM = "from"  # the name in the address
CALLERS: Registry[Text] = Registry("calling page")


def caller_name(code: str) -> Text:
    """The name of the page that `code` stands for; empty if nobody registered it."""
    if code not in CALLERS:
        return ""
    return CALLERS[code]
