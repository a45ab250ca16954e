"""What is typed into the search box: words, words in quotes, and short operators.

    duc hoa "lao động" loai:donvi,canhan nam:2024 so:1632/QĐ-UBND

Operators are read without diacritics and may be followed by a blank. What cannot be read as one is words,
and a note says so: nothing typed is dropped in silence.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.text import Term, clean_line, fold, search_terms
from core.text.dates import FIRST_YEAR, LAST_YEAR

LONGEST = 200
KIND, YEAR, NUMBER = "loai", "nam", "so"  # Vietnamese for kind, year, number; part of addresses, so never translated
OPERATORS = (KIND, YEAR, NUMBER)
_TOKEN = re.compile(r'(?P<name>[^\W\d_]+):(?P<value>"[^"]*"|[^\s"]*)|"[^"]*"?|[^\s"]+')
_QUOTES = str.maketrans("“”„«»", '"""""')
_NUMBER = re.compile(r"[0-9]\S{0,59}")


@dataclass(frozen=True)
class Question:
    """`words` is what goes into a list's own search box; `kinds` empty: everything is searched."""

    typed: str
    words: str
    kinds: frozenset[str]
    year: int | None
    number: str
    notes: tuple[str, ...]

    @cached_property
    def terms(self) -> list[Term]:
        return search_terms(self.words)

    @property
    def is_empty(self) -> bool:
        return not (self.terms or self.kinds or self.year or self.number)


class _Reader:
    """Reads the tokens one by one; `kinds` are the codes that may be asked for."""

    def __init__(self, kinds: Collection[str]) -> None:
        self.known = kinds
        self.words: list[str] = []
        self.notes: list[str] = []
        self.kinds: set[str] = set()
        self.year: int | None = None
        self.number = ""

    def read(self, tokens: list[re.Match[str]]) -> None:
        place = 0
        while place < len(tokens):
            token = tokens[place]
            name = fold(token["name"] or "")
            value = (token["value"] or "").strip('"').strip()
            after = tokens[place + 1] if place + 1 < len(tokens) else None
            taken = 1
            if name in OPERATORS and not value and after is not None and not after["name"]:
                value, taken = after[0].strip('"').strip(), 2
            if name and self.understands(name, value):
                place += taken
                continue
            self.words.append(token[0])
            self.tell(token, name, value)
            place += 1

    def understands(self, name: str, value: str) -> bool:
        """Whether it is an operator with a value it can have; then it is in force."""
        if name == KIND:
            asked = {code_of(part) for part in re.split(r"[,|]", value)} - {""}
            if not asked or not asked <= set(self.known):
                return False
            self.kinds |= asked
        elif name == YEAR:
            if not (re.fullmatch(r"[0-9]{4}", value) and FIRST_YEAR <= int(value) <= LAST_YEAR):
                return False
            self.year = int(value)
        elif name == NUMBER:
            if not _NUMBER.fullmatch(value):
                return False
            self.number = value
        else:
            return False
        return True

    def tell(self, token: re.Match[str], name: str, value: str) -> None:
        """Say why what looks like an operator was taken as words."""
        if name in OPERATORS:
            self.notes.append(
                _("“%(text)s” was searched as words: %(name)s: needs a value it knows, such as %(example)s.")
                % {"text": token[0], "name": name, "example": self.example(name)}
            )
        elif name and value:
            self.notes.append(
                _("“%(text)s” was searched as words: there is no operator %(name)s:.")
                % {"text": token[0], "name": token["name"]}
            )

    def example(self, name: str) -> str:
        examples = {YEAR: "nam:2024", NUMBER: "so:1632", KIND: f"loai:{next(iter(self.known), '')}"}
        return examples[name]


def code_of(text: str) -> str:
    """How a kind is written after its operator: "Đơn vị" and "don-vi" are donvi."""
    return re.sub(r"[\W_]", "", fold(text))


def read_question(typed: str, kinds: Collection[str]) -> Question:
    """Never refuses anything: of longer texts the first 200 characters count, and a note says so."""
    line = clean_line(typed)
    reader = _Reader(kinds)
    if len(line) > LONGEST:
        reader.notes.append(_("Only the first %(count)d characters were searched.") % {"count": LONGEST})
    line = line[:LONGEST].strip()
    reader.read(list(_TOKEN.finditer(line.translate(_QUOTES))))
    return Question(
        typed=line, words=" ".join(reader.words), kinds=frozenset(reader.kinds), year=reader.year,
        number=reader.number, notes=tuple(reader.notes),
    )  # fmt: skip
