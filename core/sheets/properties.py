"""What the file says of itself. No person's name goes here: files travel."""

from django.utils.translation import gettext as _
from openpyxl import Workbook as Book

from core.clock import now


def describe(book: Book, title: str) -> None:
    """Set the document properties of `book`."""
    book.properties.creator = _("Emulation and commendation")
    book.properties.lastModifiedBy = None
    book.properties.title = title
    book.properties.language = "vi-VN"
    book.properties.created = book.properties.modified = now().replace(tzinfo=None, microsecond=0)
