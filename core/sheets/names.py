"""Names of sheets that every office program takes."""

import re

from core.sheets.texts import units
from core.text import clean_line

LONGEST = 31
_FORBIDDEN = re.compile(r"[:\\/?*\[\]]")


class SheetNames:
    """Hands out sheet names: none twice (letter case does not count), none that Excel would refuse."""

    def __init__(self) -> None:
        self._taken = {"history"}  # Excel keeps this name for itself

    def take(self, wanted: str, suffix: str = "", *, fallback: str = "Sheet") -> str:
        """A free name made of `wanted`, shortened so that `suffix` stays whole."""
        base = clean_line(_FORBIDDEN.sub(" ", clean_line(wanted))).strip("' ") or fallback
        name, number = _joined(base, suffix), 1
        while name.casefold() in self._taken:
            number += 1
            name = _joined(base, f"{suffix} ({number})")
        self._taken.add(name.casefold())
        return name

    def give_back(self, name: str) -> None:
        """Free a name that was only kept for later."""
        self._taken.discard(name.casefold())


def _joined(base: str, suffix: str) -> str:
    while units(base + suffix) > LONGEST:
        base = base[:-1]
    return base.rstrip(" '") + suffix


def quoted(name: str) -> str:
    """The sheet's name as a formula writes it."""
    return "'" + name.replace("'", "''") + "'"
