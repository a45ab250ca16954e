"""What a template must not hold: inline code, unescaped text, addresses of a higher floor, unknown icons.

The content security policy forbids inline styles and scripts; a page that has them loses them silently
in the browser, so the fault must show here.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

# Lowest first. The rooms of core stand on one floor here.
FLOORS = (
    ("core", "audit", "files", "jobs", "notices", "sheets", "ui"),
    ("accounts",),
    ("units",),
    ("catalogue",),
    ("campaigns",),
    ("awards",),
    ("reports",),
    ("desk",),
    ("config",),
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

PATTERNS = [
    (re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE), "inline style"),
    (re.compile(r"<style\b", re.IGNORECASE), "style element"),
    (re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE), "inline event handler"),
    (re.compile(r"\b(?:hx-on|hx-vals\s*=\s*['\"]js:|hx-headers\s*=\s*['\"]js:)", re.IGNORECASE), "htmx code"),
    (re.compile(r"javascript:", re.IGNORECASE), "javascript address"),
    (re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE), "script without src"),
    (re.compile(r"\|\s*safe(?:seq)?\b"), "|safe"),
    (re.compile(r"{%\s*autoescape\s+off"), "autoescape off"),
    (re.compile(r"<img\b(?![^>]*\balt\s*=)", re.IGNORECASE), "img without alt"),
    (re.compile(r"https?://"), "address of another site"),
]
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b(?P<options>[^%]*)%}(?P<body>.*?){%\s*endblocktrans", re.DOTALL)
URL = re.compile(r"{%\s*url\s+['\"](?P<namespace>\w+):")
FORM = re.compile(r"<form\b(?P<start>[^>]*)>(?P<body>.*?)</form>", re.DOTALL | re.IGNORECASE)
ICON = re.compile(r"{%\s*icon\s+['\"](?P<name>[\w-]+)['\"]")
CHIP = re.compile(r"{%\s*chip\s+['\"]\w+['\"]\s+\S+\s+['\"](?P<name>[\w-]+)['\"]")
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", re.DOTALL)
POSTS = re.compile(r"method\s*=\s*['\"]post", re.IGNORECASE)
ADDRESS = re.compile(r"(?P<namespace>[a-z]+):[a-z][a-z_0-9]*")
Place = tuple[int, str]


@dataclass(frozen=True)
class Fault:
    """Something that must go, and where it stands."""

    path: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(settings.BASE_DIR)}:{self.line}: {self.what}"


def known_icons() -> set[str]:
    """The names the sprite is built from."""
    lines = (Path(settings.BASE_DIR) / "static" / "icons.txt").read_text(encoding="utf-8").split()
    return set(lines)


def too_high(room: str, namespace: str) -> bool:
    """Whether `namespace` lies on a floor above `room`. Unknown names are none of ours."""
    return FLOOR_OF.get(namespace, -1) > FLOOR_OF.get(room, len(FLOORS))


def template_faults(path: Path, room: str, icons: set[str]) -> Iterator[Fault]:
    """The faults of one template."""
    source = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))
    found = [*pattern_faults(source), *block_faults(source), *floor_faults(source, room), *icon_faults(source, icons)]
    for position, what in found:
        yield Fault(path, source.count("\n", 0, position) + 1, what)


def pattern_faults(source: str) -> Iterator[Place]:
    """Code and text that the policy of the browser or of the house forbids."""
    for pattern, what in PATTERNS:
        yield from ((found.start(), what) for found in pattern.finditer(source))
    for form in FORM.finditer(source):
        if POSTS.search(form["start"]) and "csrf_token" not in form["body"]:
            yield form.start(), "form that posts without csrf_token"


def block_faults(source: str) -> Iterator[Place]:
    """Texts whose line breaks would go into the translation."""
    for block in BLOCK.finditer(source):
        if "\n" in block["body"] and "trimmed" not in block["options"].split():
            yield block.start(), "blocktranslate of several lines without trimmed"


def floor_faults(source: str, room: str) -> Iterator[Place]:
    """Addresses of a floor above the template's own."""
    for found in URL.finditer(source):
        if too_high(room, found["namespace"]):
            yield found.start(), f"address of the higher floor {found['namespace']}"


def icon_faults(source: str, icons: set[str]) -> Iterator[Place]:
    """Icons that the sprite will not have."""
    for pattern in (ICON, CHIP):
        for found in pattern.finditer(source):
            if found["name"] not in icons:
                yield found.start(), f"icon {found['name']} is not in static/icons.txt"


def address_faults(path: Path, room: str) -> Iterator[Fault]:
    """Addresses of a higher floor named in a Python file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        found = ADDRESS.fullmatch(node.value)
        if found and too_high(room, found["namespace"]):
            yield Fault(path, node.lineno, f"address of the higher floor {found['namespace']}")


def faults() -> Iterator[Fault]:
    """Every fault of every template and of every address named in code."""
    base = Path(settings.BASE_DIR)
    icons = known_icons()
    for path in sorted((base / "templates").rglob("*.html")):
        inside = path.relative_to(base / "templates").parts
        yield from template_faults(path, inside[0] if len(inside) > 1 else "ui", icons)
    for room in ("core", *(rooms[0] for rooms in FLOORS[1:])):
        for path in sorted((base / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from address_faults(path, room)
