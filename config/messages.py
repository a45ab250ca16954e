"""Extraction and compilation of translations with Babel alone: neither xgettext nor msgfmt is needed.

Each room has its own catalogue `locale/<room>/vi/LC_MESSAGES/django.po`, covering the room's Python
files and its templates. English is the language of the source; Vietnamese must be complete.
"""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
CORE_APPS = ("audit", "files", "jobs", "notices", "ui")
FIXED = datetime(2026, 1, 1, tzinfo=UTC)  # a header that changes by itself would make every run a change
Found = tuple[str | tuple[str, ...], str | None]


def po_path(room: str) -> Path:
    return Path(settings.BASE_DIR) / "locale" / room / "vi" / "LC_MESSAGES" / "django.po"


def sources(room: str) -> Iterator[Path]:
    """The Python files and templates whose texts belong to `room`."""
    base = Path(settings.BASE_DIR)
    code = base / "core" / room if room in CORE_APPS else base / room
    for path in sorted(code.rglob("*.py")):
        inside = path.relative_to(code).parts
        if "migrations" in inside or (room == "core" and inside[0] in CORE_APPS):
            continue
        yield path
    for ending in ("*.html", "*.txt"):
        yield from sorted((base / "templates" / room).rglob(ending))
    if room == "ui":
        yield from sorted((base / "templates").glob("*.html"))


def texts(path: Path) -> Iterator[Found]:
    """(message or plural pair, context) for each marked text of a file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = re.sub(r"^[ \t]+", "", templatize(source), flags=re.MULTILINE)
    for _line, function, arguments, _comments in extract_python(
        io.BytesIO(source.encode()), KEYWORDS, [], {"encoding": "utf-8"}
    ):
        given: tuple[Any, ...] = arguments if isinstance(arguments, tuple) else (arguments,)
        spec = KEYWORDS.get(str(function))
        context = None
        if isinstance(spec, tuple) and isinstance(spec[0], tuple):
            context, given = given[0], given[1:]
        plural = "ngettext" in str(function) or "npgettext" in str(function)
        wanted = given[:2] if plural else given[:1]
        if all(isinstance(part, str) and part for part in wanted):
            yield (tuple(wanted) if plural else wanted[0]), context


def empty_catalog() -> Catalog:
    return Catalog(
        locale="vi", project="thi-dua-khen-thuong", version=settings.VERSION, creation_date=FIXED, revision_date=FIXED,
        header_comment="# Translations of the application.", fuzzy=False,
    )  # fmt: skip


def wanted_catalog(room: str) -> Catalog:
    """The room's texts as the sources stand now, with the translations already made."""
    old = read_old(room)
    catalog = empty_catalog()
    for path in sources(room):
        for text, context in texts(path):
            catalog.add(text, context=context, flags=set())
    for message in catalog:
        if not message.id:
            continue
        known = old.get(first(message.id), message.context)
        if known is not None and known.string and "fuzzy" not in known.flags:
            message.string = known.string
    return catalog


def read_old(room: str) -> Catalog:
    path = po_path(room)
    if not path.exists():
        return empty_catalog()
    with path.open("rb") as file:
        return read_po(file, locale="vi")


def first(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else text[0]


def as_po(catalog: Catalog) -> bytes:
    target = io.BytesIO()
    write_po(target, catalog, width=110, no_location=True, sort_output=True)
    return target.getvalue()


def faults(catalog: Catalog) -> Iterator[str]:
    """Texts without a translation, and translations whose placeholders differ from the text's."""
    for message in catalog:
        if not message.id:
            continue
        strings = [message.string] if isinstance(message.string, str) else list(message.string or [""])
        if not all(strings):
            yield f"not translated: {first(message.id)!r}"
        elif names(first(message.id)) != names(strings[0]) and not isinstance(message.id, tuple):
            yield f"other placeholders: {first(message.id)!r}"


def names(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)|\{(\w+)\}|%[sd]", text)) - {("", "")}


def clashes(catalogs: dict[str, Catalog]) -> Iterator[str]:
    """The same text with two translations: Django would use one of them everywhere."""
    seen: dict[tuple[str, str | None], tuple[str, object]] = {}
    for room, catalog in catalogs.items():
        for message in (m for m in catalog if m.id and m.string):
            key = (first(message.id), message.context)
            known = seen.setdefault(key, (room, message.string))
            if known[1] != message.string:
                yield f"{first(message.id)!r} reads {known[1]!r} in {known[0]} and {message.string!r} in {room}"


def compile_catalog(room: str) -> None:
    """Write the .mo file if the .po is newer; by renaming, so that nobody reads half a file."""
    path = po_path(room)
    target = path.with_suffix(".mo")
    if not path.exists() or (target.exists() and target.stat().st_mtime_ns > path.stat().st_mtime_ns):
        return
    with NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
        write_mo(file, read_old(room))
    Path(file.name).chmod(0o644)
    Path(file.name).replace(target)


__all__ = ["Message", "as_po", "clashes", "compile_catalog", "faults", "po_path", "sources", "wanted_catalog"]
