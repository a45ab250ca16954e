"""Copies the named front-end files into static/vendor and builds the icon sprite.

Whole dist folders break the manifest (style sheets in them point at files that do not exist) and weigh
90 MB; these are 1 MB. Needs nothing but Python: ``python3 config/bootstrap/frontend.py``.
"""

import re
import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
ICON_LIST = ROOT / "static" / "icons.txt"
ICONS = MODULES / "@tabler" / "icons" / "icons"
SVG = "http://www.w3.org/2000/svg"
KEPT = ("viewBox", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin")

FONT = "@fontsource/be-vietnam-pro/files/be-vietnam-pro-{}-{}-normal.woff2"
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "chart.js/dist/chart.umd.min.js": "chart.umd.min.js",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter-latin.woff2",
    **{
        FONT.format(part, weight): f"be-vietnam-pro-{part}-{weight}.woff2"
        for weight in (400, 500, 600, 700)
        for part in ("latin", "vietnamese")
    },
    "@tabler/icons/LICENSE": "LICENSE-tabler-icons.txt",
    "htmx.org/LICENSE": "LICENSE-htmx.txt",
    "chart.js/LICENSE.md": "LICENSE-chart.txt",
    "@fontsource/be-vietnam-pro/LICENSE": "LICENSE-be-vietnam-pro.txt",
    "@fontsource-variable/inter/LICENSE": "LICENSE-inter.txt",
}
SOURCE_MAP = re.compile(rb"(?:/\*# sourceMappingURL=[^*]*\*/|^//# sourceMappingURL=.*$)", re.MULTILINE)


class SetupError(Exception):
    """Something is missing that the step needs; the words say what to do."""


def copy_files(folder: Path) -> None:
    """Copy each named file; text files lose the line that points at a source map."""
    for source, target in FILES.items():
        path = MODULES / source
        if not path.exists():
            raise SetupError(f"{path} is missing. Run `npm ci` first.")
        content = path.read_bytes()
        if path.suffix in (".css", ".js"):
            content = SOURCE_MAP.sub(b"", content)
        (folder / target).write_bytes(content)


def icon_names() -> list[str]:
    """The names in static/icons.txt; a name ending in ``-filled`` is of the filled set."""
    lines = ICON_LIST.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def symbol(name: str) -> ElementTree.Element:
    """One icon as a symbol of the sprite. Raises SetupError if the set has no such icon."""
    plain = name.removesuffix("-filled")
    path = ICONS / ("filled" if plain != name else "outline") / f"{plain}.svg"
    if not path.exists():
        raise SetupError(f"static/icons.txt names {name!r}, which Tabler's icons do not have.")
    drawing = ElementTree.parse(path).getroot()
    made = ElementTree.Element("symbol", {"id": name})
    made.attrib.update({key: drawing.attrib[key] for key in KEPT if key in drawing.attrib})
    made.extend(part for part in drawing if part.get("d") != "M0 0h24v24H0z")
    return made


def build_sprite(folder: Path) -> None:
    """One file with every icon the pages use."""
    ElementTree.register_namespace("", SVG)
    sprite = ElementTree.Element("svg", {"xmlns": SVG})
    for name in icon_names():
        sprite.append(symbol(name))
    text = ElementTree.tostring(sprite, encoding="unicode").replace(f'xmlns="{SVG}" xmlns="{SVG}"', f'xmlns="{SVG}"')
    (folder / "icons.svg").write_text(text, encoding="utf-8")


def main() -> int:
    try:
        fresh = VENDOR.with_name("vendor.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        copy_files(fresh)
        build_sprite(fresh)
        # Only now is the old folder touched: a failed run leaves a working one.
        shutil.rmtree(VENDOR, ignore_errors=True)
        fresh.rename(VENDOR)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"static/vendor: {len(FILES)} files and {len(icon_names())} icons.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
