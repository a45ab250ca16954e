"""Vietnamese text: its stored form, the keys by which it is found and sorted, numbers and dates.

Nothing here knows of the database; `fields` and `querysets` keep the keys beside the text.
"""

from core.text.dates import BadDate, format_date, format_long_date, parse_date
from core.text.keys import fold, person_sort_key, search_key, search_words, sort_key
from core.text.normalise import clean_line, nfc
from core.text.numbers import AmbiguousNumber, BadNumber, format_number, parse_number
from core.text.terms import Term, search_terms

__all__ = [
    "AmbiguousNumber",
    "BadDate",
    "BadNumber",
    "Term",
    "clean_line",
    "fold",
    "format_date",
    "format_long_date",
    "format_number",
    "nfc",
    "parse_date",
    "parse_number",
    "person_sort_key",
    "search_key",
    "search_terms",
    "search_words",
    "sort_key",
]
