"""The set-up step that puts the front-end files in place, and the files it is for."""

import re
from pathlib import Path

import pytest

from config.bootstrap import frontend
from core.ui.linting import known_icons

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"\bicon(?:_name)?=\"(?P<name>[\w-]+)\"")


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small node_modules, and a place to copy to."""
    monkeypatch.setattr(frontend, "MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(frontend, "ICONS", tmp_path / "icons")
    monkeypatch.setattr(frontend, "VENDOR", tmp_path / "vendor")
    monkeypatch.setattr(frontend, "ICON_LIST", tmp_path / "icons.txt")
    for source in frontend.FILES:
        path = tmp_path / "node_modules" / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a{}\n/*# sourceMappingURL=a.css.map */" if source.endswith(".css") else b"x")
    for kind in ("outline", "filled"):
        (tmp_path / "icons" / kind).mkdir(parents=True)
        (tmp_path / "icons" / kind / "flag.svg").write_text(
            f'<svg xmlns="{frontend.SVG}" viewBox="0 0 24 24" class="icon" stroke-width="2">'
            '<path stroke="none" d="M0 0h24v24H0z"/><path d="M5 5"/></svg>'
        )
    return tmp_path


def test_files_are_copied_and_the_sprite_built(modules: Path) -> None:
    (modules / "icons.txt").write_text("flag\nflag-filled\n")
    assert frontend.main() == 0
    assert (modules / "vendor" / "tabler.min.css").read_bytes() == b"a{}\n"
    sprite = (modules / "vendor" / "icons.svg").read_text()
    assert 'id="flag"' in sprite
    assert 'id="flag-filled"' in sprite
    assert "M0 0h24v24H0z" not in sprite
    assert "class=" not in sprite
    assert {path.name for path in (modules / "vendor").iterdir()} == {*frontend.FILES.values(), "icons.svg"}


def test_unknown_icon_stops_the_step(modules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (modules / "icons.txt").write_text("no-such\n")
    assert frontend.main() == 1
    assert "no-such" in capsys.readouterr().err


def test_missing_package_stops_the_step(modules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (modules / "icons.txt").write_text("flag\n")
    (modules / "node_modules" / "htmx.org" / "dist" / "htmx.min.js").unlink()
    assert frontend.main() == 1
    assert "npm ci" in capsys.readouterr().err


def test_a_failed_run_leaves_the_old_files(modules: Path) -> None:
    (modules / "icons.txt").write_text("flag\n")
    assert frontend.main() == 0
    (modules / "icons.txt").write_text("no-such\n")
    assert frontend.main() == 1
    assert 'id="flag"' in (modules / "vendor" / "icons.svg").read_text()


def test_icon_list_is_sorted_and_without_doubles() -> None:
    names = frontend.icon_names()
    assert names == sorted(set(names))


def test_every_icon_named_in_code_is_in_the_list() -> None:
    known = known_icons()
    rooms = ("core", "accounts", "units", "catalogue", "campaigns", "awards", "reports", "desk", "config")
    named = {
        (str(path.relative_to(ROOT)), found["name"])
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        for found in CODE.finditer(path.read_text(encoding="utf-8"))
    }
    assert sorted(pair for pair in named if pair[1] not in known) == []


def test_style_sheets_import_nothing_and_name_only_own_files() -> None:
    for path in (ROOT / "static" / "css").glob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text, path
        for address in re.findall(r"url\([\"']?([^\"')]+)", text):
            assert address.startswith(("../vendor/", "../img/")), (path, address)


def test_scripts_hold_no_evaluated_code_and_no_address_of_another_site() -> None:
    for path in (ROOT / "static" / "js").rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\beval\(|new Function|innerHTML|https?://", text), path
