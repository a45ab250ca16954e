"""What the sender called a file, made fit to be shown and sent back."""

import re
import unicodedata
from pathlib import PurePosixPath

MAX_NAME = 150
FALLBACK = "file"
# Everything that has no width, turns the reading direction or controls a terminal.
_INVISIBLE = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\uffff]"
)
_FORBIDDEN = re.compile(r'[<>:"|?*%;]')  # refused by Windows, or with a meaning in a header or an address
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def clean_name(raw: str) -> str:
    """`raw` in NFC without path, control, direction and reserved parts, at most 150 characters with its ending.

    A leading ``-``, ``=``, ``+`` or ``@`` goes too: lists of files end up in command lines and sheets.
    """
    text = raw.encode("utf-8", "ignore").decode()  # half a surrogate pair has no place in a header
    text = unicodedata.normalize("NFC", text).replace("\\", "/")
    text = text.rstrip("/ ").rpartition("/")[2]
    text = _FORBIDDEN.sub("_", _INVISIBLE.sub("", " ".join(text.split())))
    stem, ending = split_name(text.strip().rstrip(" ."))
    stem = stem.strip(" .").lstrip("-=+@~. ") or FALLBACK
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    room = MAX_NAME - len(ending)
    return f"{stem[:room].rstrip(' .')}{ending}"


def split_name(name: str) -> tuple[str, str]:
    """(stem, ending with its dot in lower case); a name that is only an ending has an empty stem."""
    if name.startswith(".") and name.count(".") == 1:
        return "", name.lower()
    path = PurePosixPath(name)
    ending = path.suffix
    if len(ending) > 10:  # a sentence with a dot, not an ending
        return name, ""
    return name[: len(name) - len(ending)], ending.lower()


def inner_endings(name: str) -> list[str]:
    """Endings before the last one: ``report.php.jpg`` has ``.php``."""
    return [part.lower() for part in PurePosixPath(name).suffixes[:-1]]
