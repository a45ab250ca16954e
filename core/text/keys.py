"""Keys by which Vietnamese text is found and sorted, the same on every database.

Neither SQLite nor a PostgreSQL without ICU knows that Đ comes after D or that "dang" should find
"Đặng". So both keys are made here, stored beside the text and compared code point by code point.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import groupby, product

# D with stroke, eth and African D look alike and are mixed up in real lists.
_D_ALIKE = frozenset("đĐðÐɖƉ")
_HYPHENS = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
# H'Hen, H’Hen and HHen are one name to whoever looks for it.
_APOSTROPHES = frozenset("'\u2019\u2018\u02bc\u02b9\u2032\u0060\u00b4")
_QUOTES = frozenset("\u201c\u201d\u201e\u00ab\u00bb")
_UNSEEN = frozenset(("Mn", "Me", "Cf", "Cc", "Cs", "Cn", "Co"))

# The alphabet's own letters by base and mark; `{` and `|` come after every letter of ASCII, `~` after these.
_LETTERS = {
    ("a", "\u0306"): "a{",  # ă
    ("a", "\u0302"): "a|",  # â
    ("e", "\u0302"): "e{",  # ê
    ("o", "\u0302"): "o{",  # ô
    ("o", "\u031b"): "o|",  # ơ
    ("u", "\u031b"): "u{",  # ư
}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# Syllables that end in i or y as the writer likes: Lý and Lí, Kỹ and Kĩ, sỹ and sĩ, Quý and Quí. Nowhere else
# do the two letters stand for one sound: Thúy is not Thúi, Tây is not Tâi, Thị is never Thỵ.
_EITHER = re.compile(r"(?<![^\W\d_])(h|k|l|m|s|t|qu)[iy](?![^\W\d_])")
_MOST_EITHER = 4
_LONGEST_KEY = 400
_MOST_WORDS = 20
_CACHED_BELOW = 0x2100  # Latin in all its blocks; what is rarer is worked out anew, so nothing can fill memory


class _Table(dict[int, str]):
    """A translation table that works each character out when it is first met."""

    def __init__(self, spell: Callable[[str], str]) -> None:
        super().__init__()
        self.spell = spell

    def __missing__(self, code: int) -> str:
        value = self.spell(chr(code))
        if code < _CACHED_BELOW:
            self[code] = value
        return value


def _spread(char: str) -> str:
    """The small letters of `char` with their marks standing behind them."""
    small = unicodedata.normalize("NFKD", char).casefold()
    return unicodedata.normalize("NFKD", small)


def _plain(char: str) -> str:
    """What the search key keeps of one character."""
    kept = []
    for c in _spread(char):
        if c in _D_ALIKE:
            kept.append("d")
        elif c in _HYPHENS:
            kept.append("-")
        elif c in _QUOTES:
            kept.append('"')
        elif c.isspace():
            kept.append(" ")
        elif c not in _APOSTROPHES and unicodedata.category(c) not in _UNSEEN:
            kept.append(c)
    return "".join(kept)


def _ordered(char: str) -> str:
    """What the sort key keeps of one composed character: its letter, then the digit of its tone as `!n`."""
    key, base = "", ""
    for c in _spread(char):
        if c in _TONES:
            key += "!" + _TONES[c]
        elif (base, c) in _LETTERS:
            key = key.replace(base, _LETTERS[base, c], 1)
        elif c in _D_ALIKE:
            key, base = key + "d{", ""
        elif c in _APOSTROPHES:
            continue
        elif c.isascii() and c.isalnum():
            key, base = key + c, c
        elif c.isalnum():
            key, base = f"{key}~{_foreign(c)}", ""
        elif unicodedata.category(c) not in _UNSEEN or c.isspace():
            key, base = key + " ", ""
    return key


def _foreign(char: str) -> str:
    """Five letters for a letter of another script, in code-point order; digits would read as a number."""
    return f"{ord(char):05x}".translate(_HEX_AS_LETTERS)


_HEX_AS_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_FOLD, _ORDER = _Table(_plain), _Table(_ordered)


def fold(text: str) -> str:
    """The search key of `text`: small letters without any accent, đ as d, blanks collapsed.

    Where a tone is written ("hoà", "hòa") and which form of Unicode was typed no longer matter; soft
    hyphens and zero-width characters vanish. y and i stay apart: they tell names apart.
    """
    return " ".join(text.translate(_FOLD).split())


def search_key(text: str) -> str:
    """The folded text, and behind it the other spelling of each word that may be written with i or with y.

    "Lý Văn Sỹ" gives "ly van sy li si", so that lí finds it as lý does, while lý does not find Linh, as it
    would if one letter were put for the other.
    """
    words = fold(text).split()
    others = (spelling for word in words for spelling in _spellings(word))
    return " ".join([*words, *dict.fromkeys(spelling for spelling in others if spelling not in words)])


def _spellings(word: str) -> list[str]:
    """A folded word as it may be written with i or with y; of more than four such syllables the rest stay."""
    plain, at = [], 0
    for found in list(_EITHER.finditer(word))[:_MOST_EITHER]:
        plain.append(word[at : found.end() - 1])
        at = found.end()
    if not plain:
        return []
    endings = product("iy", repeat=len(plain))
    return ["".join(p + e for p, e in zip(plain, ending, strict=True)) + word[at:] for ending in endings]


def search_words(query: str) -> list[str]:
    """The folded words of a query: a row is found when its search key has each of them (at most 20 count)."""
    return list(dict.fromkeys(fold(query).split()))[:_MOST_WORDS]


def sort_key(text: str) -> str:
    """ASCII text whose code-point order is the Vietnamese order of `text`.

    Word by word, as dictionaries go: letters a ă â b c d đ e ê …, then among equal letters the tone
    (ngang huyền hỏi ngã sắc nặng) wherever it is written. Numbers go by value: Ấp 2 before Ấp 10. Cut
    at 400 characters.
    """
    spelled = unicodedata.normalize("NFC", text).translate(_ORDER)
    return " ".join(map(_word_key, spelled.split()))[:_LONGEST_KEY]


def person_sort_key(name: str) -> str:
    """The sort key of a person: the given name (last word) first, then the words before it.

    Lò Thị An stands before Lý Bình. Names of any shape are taken as they are: one word, H'…, K’….
    """
    words = name.split()
    return sort_key(" ".join([*words[-1:], *words[:-1]]))


def _word_key(word: str) -> str:
    """Letters and numbers, then `!` and the tones; a blank, `!`, digits, letters compare in this order."""
    first, *marked = word.split("!")
    letters = first + "".join(part[1:] for part in marked)
    tones = "".join(part[0] for part in marked)
    key = "".join(
        _number_key(run) if digits else run
        for digits, run in ((digits, "".join(chars)) for digits, chars in groupby(letters, str.isdigit))
    )
    return f"{key}!{tones}" if tones else key


def _number_key(digits: str) -> str:
    """The digits behind their count, so that 10 comes after 2; a count of nine or more takes three places."""
    value = digits.lstrip("0") or "0"
    return f"{len(value)}{value}" if len(value) < 9 else f"9{min(len(value), 99):02d}{value}"
