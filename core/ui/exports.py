"""Links from a page to the reports a higher floor makes of what it shows.

The board of a campaign lives on the campaigns' floor; the register of its pledges comes from the reports'.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.errors import Text

Address = Callable[[Any, Any], str]  # (record, request) -> the address; empty: not offered now


@dataclass(frozen=True)
class Export:
    """A link as it was registered."""

    code: str
    label: Text
    address: Address


@dataclass(frozen=True)
class ShownExport:
    """A link as one person meets it."""

    label: Text
    url: str


_exports: dict[str, dict[str, Export]] = {}


def register(page: str, code: str, *, label: Text, address: Address) -> None:
    """Offer a report on `page` (say ``board``). Raises ValueError if its code is taken."""
    exports = _exports.setdefault(page, {})
    if code in exports:
        raise ValueError(f"Export {code!r} of {page!r} is registered twice.")
    exports[code] = Export(code, label, address)


def exports_for(page: str, record: Any, request: Any) -> list[ShownExport]:
    """The reports offered on `page` for `record`, with the filter the page stands under."""
    found = ((export.label, export.address(record, request)) for export in _exports.get(page, {}).values())
    return [ShownExport(label, url) for label, url in found if url]
