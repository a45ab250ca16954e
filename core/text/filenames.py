"""Names of files in letters that every system keeps: "dang-ky-thi-dua_27-KH-UBND_20241020.xlsx"."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

LONGEST_PART = 60
_D_WITH_STROKE = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
_OTHER = re.compile("[^A-Za-z0-9]+")


def plain_letters(text: str) -> str:
    """`text` without diacritics, in the letters A to Z and digits, joined by hyphens; the case stays."""
    spread = unicodedata.normalize("NFKD", text.translate(_D_WITH_STROKE))
    bare = "".join(c for c in spread if not unicodedata.combining(c))
    return _OTHER.sub("-", bare)[:LONGEST_PART].strip("-")


def file_name(title: str, parts: Iterable[str], day: date, suffix: str) -> str:
    """The report's name in small letters, what it is about, the business day."""
    pieces = [plain_letters(title).lower() or "bao-cao", *(plain_letters(part) for part in parts), f"{day:%Y%m%d}"]
    return "_".join(filter(None, pieces)) + suffix
