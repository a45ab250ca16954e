"""Text as a cell can hold it: nothing a file may not contain, nothing lost at the limit of a cell."""

import re
import unicodedata

from django.utils.translation import gettext as _

# What XML 1.0 cannot hold in any spelling: controls, lone surrogates, two noncharacters.
ILLEGAL = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_ILLEGAL = re.compile(f"[{ILLEGAL}]")
_LINE_ENDS = re.compile("\r\n?")
# Office programs read _x000D_ inside a text as the character of that number.
_ESCAPE_ALIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# A reader who edits such a cell must not turn it into a formula; "＝" becomes "=" in some input methods.
LEADS = frozenset("=+-@\t＝＋－＠")
# What stands between cells and rows where they are joined for a checksum; no clean text holds either.
CELL_END, ROW_END = "\x1f", "\x1e"
_LOOK_BACK = 200  # how far to look for a blank to break at


def clean(text: str) -> str:
    """`text` without what a file may not hold, line ends as ``\\n``."""
    return _ILLEGAL.sub("", _LINE_ENDS.sub("\n", text))


def stored(text: str) -> str:
    """Clean `text` as it stands in the file, so that the reader's program shows it as it was typed."""
    return _ESCAPE_ALIKE.sub("_x005F_", text) if "_x" in text else text


def shown(text: str) -> str:
    """The text a reader's program shows for what stands in the file; the opposite of `stored`."""
    return text.replace("_x005F_", "_") if "_x005F_" in text else text


def units(text: str) -> int:
    """The length of `text` as Excel counts it: letters beyond the first 65,536 of Unicode count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def pieces(text: str, limit: int) -> list[str]:
    """`text` in as many pieces as cells of `limit` need, each saying that it goes on or continues.

    Nothing is lost: without the notes the pieces make up the text. Breaks at a blank where one is near,
    never inside a letter with its marks.
    """
    if len(text) * 2 <= limit or units(text) <= limit:
        return [text]
    more, again = "\n" + _("(continued in the next row)"), _("(continued)") + " "
    room = limit - units(more) - units(again)
    parts: list[str] = []
    while units(text) > room:
        end = _break_at(text, room)
        parts.append(text[:end])
        text = text[end:]
    parts.append(text)
    last = len(parts) - 1
    return [(again if i else "") + part + (more if i < last else "") for i, part in enumerate(parts)]


def _break_at(text: str, room: int) -> int:
    end = room
    while units(text[:end]) > room:
        end -= max(1, (units(text[:end]) - room) // 2)
    for place in range(end, max(end - _LOOK_BACK, 0), -1):
        if text[place - 1].isspace():
            return place
    whole = end
    while whole > end - _LOOK_BACK and whole > 1 and unicodedata.combining(text[whole]):
        whole -= 1
    return whole


def cut(text: str, limit: int) -> str:
    """A heading that cannot be split over rows: cut at the limit, and says so."""
    if len(text) * 2 <= limit or units(text) <= limit:
        return text
    note = " " + _("(cut: too long for a heading)")
    return text[: _break_at(text, limit - units(note))] + note
