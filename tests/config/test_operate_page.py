"""docs/operate.md says nothing that does not exist: settings, commands, options, units, files."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
KNOWN = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "configure.md").read_text(encoding="utf-8"), re.MULTILINE))
UNITS = re.findall(r"`/etc/systemd/system/([a-z-]+\.(?:service|timer))`[^`]*```ini\n(.*?)```", PAGE, re.DOTALL)


def settings_named() -> set[str]:
    """Whatever is written as NAME=value, or as a name by itself between backticks."""
    assigned = re.findall(r"(?:^|`|\s)([A-Z][A-Z_]+)=", PAGE)
    return {name for name in assigned if name != "END"} | set(re.findall(r"`([A-Z]+_[A-Z_]+)`", PAGE))


def commands_named() -> list[list[str]]:
    """The words of each product command on the page, comments left out."""
    lines = re.findall(r"(?:^thidua|python manage\.py) +([a-z_]+[^\n`#]*)", PAGE, re.MULTILINE)
    return [line.split() for line in lines]


def test_every_setting_named_exists() -> None:
    assert "FILES_ACCEL_PREFIX" in settings_named()
    assert settings_named() <= KNOWN


@pytest.mark.parametrize("words", commands_named(), ids=" ".join)
def test_every_command_and_option_named_exists(words: list[str]) -> None:
    name, *rest = words
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    options = {word.split("=")[0] for word in rest if word.startswith("--")}
    assert options <= set(parser._option_string_actions)


def test_the_page_speaks_of_each_operators_command() -> None:
    named = {words[0] for words in commands_named()}
    assert named >= {"backup", "restore", "check_invariants", "verify_audit", "migrate", "create_administrator"}


def test_the_units_are_whole() -> None:
    assert [name for name, _text in UNITS] == [
        "thidua-web.service", "thidua-worker.service", "thidua-backup.service", "thidua-backup.timer",
    ]  # fmt: skip
    for _name, text in UNITS:
        assert text.startswith("[Unit]")
        assert "ExecStart=/srv/thidua/app/.venv/bin/" in text or "OnCalendar=" in text


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd-analyze on this machine")
    for name, text in UNITS:
        # The programs and the account stand on the server only.
        here = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE)
        here = re.sub(r"^(User|Group)=.*\n", "", here, flags=re.MULTILINE)
        (tmp_path / name).write_text(here, encoding="utf-8")
    done = subprocess.run(
        [program, "verify", *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True, check=False
    )
    said = [line for line in done.stderr.splitlines() if str(tmp_path) in line]
    assert (done.returncode, said) == (0, []), done.stderr
