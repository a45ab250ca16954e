"""What comes in is brought to one form of Unicode before it is stored; nothing a reader can see is changed.

Vietnamese lists arrive precomposed, decomposed and half of each. Everything is stored in NFC.
"""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
# Control characters a database or a workbook refuses, lone surrogates, noncharacters, and the marks that
# turn the reading direction round: a name must not show other letters than it holds. Soft hyphens and
# zero-width characters stay: old TCVN3 text holds its ư in U+00AD, Khmer text its word ends in U+200B.
_REFUSED = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


# What has no ink of its own: blanks, soft hyphens, characters without width.
_SEEN = re.compile("[^\\s\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u3164]")


def nfc(text: str) -> str:
    """`text` in NFC, its line ends as ``\\n``, without control characters.

    Length limits are counted after this: a 14-letter name may come as 18 code points.
    """
    return unicodedata.normalize("NFC", _REFUSED.sub("", _LINE_ENDS.sub("\n", text)))


def clean_line(text: str) -> str:
    """The text of a one-line field: `nfc`, every run of blanks (no-break ones too) one space, none outside.

    Empty if nothing in it can be seen.
    """
    line = " ".join(nfc(text).split())
    return line if _SEEN.search(line) else ""
