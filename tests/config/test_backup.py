"""The restore drill with real databases and processes, and every archive that must be refused."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest
from django.db import connection

from config.backup import BackupError
from config.backup.databases import address_of, member_name
from config.backup.making import digest_of
from config.backup.manifest import LIST, MEMBER
from config.backup.opening import open_archive

pytestmark = [pytest.mark.workers, pytest.mark.postgres]
ROOT = Path(__file__).resolve().parents[2]


class Site:
    """An installation of its own: folder, database, environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.name = f"drill_{uuid.uuid4().hex[:10]}" if connection.vendor == "postgresql" else "db.sqlite3"
        self.environment = {
            **os.environ, "MODE": "test", "VAR_DIR": str(folder), "DATABASE_URL": address_of(self.name, folder),
        }  # fmt: skip
        if connection.vendor == "postgresql":
            self.ask_server(f'CREATE DATABASE "{self.name}"')

    def end(self) -> None:
        if connection.vendor == "postgresql":
            for (name,) in self.ask_server(f"SELECT datname FROM pg_database WHERE datname LIKE '{self.name}%'"):
                self.ask_server(f'DROP DATABASE "{name}" WITH (FORCE)')

    @staticmethod
    def ask_server(statement: str) -> list[tuple[str]]:
        parameters = {**connection.settings_dict, **connection.get_connection_params(), "dbname": "postgres"}
        wanted = {
            name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if name in parameters
        }
        with psycopg.connect(**wanted, autocommit=True) as link:
            cursor = link.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def run(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *words], cwd=ROOT, env={**self.environment, **more}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    def manage(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return self.run("manage.py", *words, **more)

    def done(self, *words: str) -> str:
        result = self.manage(*words)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def do(self, what: str) -> dict[str, object]:
        result = self.run("-m", "tests.config.backup_site", what)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout.splitlines()[-1]) or {}

    def archives(self) -> list[Path]:
        return sorted((self.folder / "backups").glob("backup-*.zip"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("drill") / "var")
    made.done("migrate", "-v0")
    made.do("fill")
    yield made
    made.end()


@pytest.fixture(scope="module")
def archive(site: Site) -> Path:
    site.done("backup", "--to", str(site.folder.parent / "kept"))
    return next((site.folder.parent / "kept").glob("*.zip"))


@pytest.fixture(scope="module")
def told(site: Site, archive: Path) -> dict[str, object]:
    """What stood there when the archive was made."""
    return site.do("tell")


SETTLED = {"job": ["cancelled"], "mail": ["failed"], "sessions": 0, "restored": 1}
"""What a restore ends, and its own trace."""
Change = Callable[[str, bytes], bytes | None]


def altered(archive: Path, target: Path, change: Change) -> Path:
    """The archive with each member as `change` gives it; None leaves it out."""
    with ZipFile(archive) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def with_manifest(**values: object) -> Change:
    return lambda name, content: json.dumps({**json.loads(content), **values}).encode() if name == MEMBER else content


def cut_off(archive: Path, target: Path) -> Path:
    target.write_bytes(archive.read_bytes()[:-200])
    return target


def only_file(archive: Path) -> str:
    with ZipFile(archive) as opened:
        return next(name for name in opened.namelist() if name.startswith("files/"))


class TestRefused:
    """Each is told in one sentence, and nothing but the scratch folder is written."""

    def refused(self, path: Path, tmp_path: Path, words: str) -> None:
        with pytest.raises(BackupError, match=words):
            open_archive(path, tmp_path / "scratch")

    def test_cut_off(self, archive: Path, tmp_path: Path) -> None:
        self.refused(cut_off(archive, tmp_path / "a.zip"), tmp_path, "bị cắt cụt hoặc không phải")

    def test_other_bytes_than_the_noted_ones(self, archive: Path, tmp_path: Path) -> None:
        path = tmp_path / archive.name
        path.write_bytes(archive.read_bytes() + b"x")
        path.with_name(f"{archive.name}.sha256").write_text(f"{'0' * 64}  {archive.name}\n")
        self.refused(path, tmp_path, "mã kiểm tra")

    def test_no_archive_at_all(self, tmp_path: Path) -> None:
        (tmp_path / "a.zip").write_text("Kính gửi")
        self.refused(tmp_path / "a.zip", tmp_path, "không phải")
        self.refused(tmp_path / "none.zip", tmp_path, "Không có tệp")

    def test_damaged_database(self, archive: Path, tmp_path: Path) -> None:
        name = member_name(connection.vendor)
        path = altered(archive, tmp_path / "a.zip", lambda n, c: c[:-1] + b"?" if n == name else c)
        self.refused(path, tmp_path, "Cơ sở dữ liệu trong bản sao lưu bị hỏng")

    def test_flipped_bit_inside_the_archive(self, archive: Path, tmp_path: Path) -> None:
        content = bytearray(archive.read_bytes())
        content[len(content) // 3] ^= 0xFF
        (tmp_path / "a.zip").write_bytes(content)
        self.refused(tmp_path / "a.zip", tmp_path, "Cơ sở dữ liệu trong bản sao lưu bị hỏng")

    def test_another_kind_of_database(self, archive: Path, tmp_path: Path) -> None:
        path = altered(archive, tmp_path / "a.zip", with_manifest(vendor="oracle"))
        self.refused(path, tmp_path, "oracle")

    def test_a_newer_version(self, archive: Path, tmp_path: Path) -> None:
        path = altered(archive, tmp_path / "a.zip", with_manifest(migrations=["units.9999_later"], version="9.0"))
        self.refused(path, tmp_path, r"9\.0.*units\.9999_later")
        path = altered(archive, tmp_path / "b.zip", with_manifest(format=2, version="9.0"))
        self.refused(path, tmp_path, r"9\.0")

    @pytest.mark.parametrize("key", ["../../etc/passwd", "2024/../../../etc/passwd", "/etc/passwd", "a b"])
    def test_a_list_that_leads_elsewhere(self, archive: Path, tmp_path: Path, key: str) -> None:
        line = f"{'0' * 64}  files/{key}\n".encode()
        path = altered(archive, tmp_path / "a.zip", lambda n, c: line if n == LIST else c)
        self.refused(path, tmp_path, "Danh sách tệp")


def test_a_missing_and_a_damaged_file_are_faults(archive: Path, tmp_path: Path) -> None:
    name = only_file(archive)
    gone = altered(archive, tmp_path / "gone.zip", lambda n, c: None if n == name else c)
    damaged = altered(archive, tmp_path / "damaged.zip", lambda n, c: b"x" if n == name else c)
    for path, word in ((gone, "thiếu"), (damaged, "hỏng")):
        opened = open_archive(path, tmp_path / word)
        assert [fault for fault in opened.faults if name.removeprefix("files/") in fault and word in fault]


def test_the_archive_holds_no_secret_and_only_its_owner_reads_it(site: Site, archive: Path) -> None:
    content = archive.read_bytes()
    with ZipFile(archive) as opened:
        content += b"".join(opened.read(name) for name in opened.namelist())
    for name in ("SECRET_KEY", "FIELD_KEY"):
        assert f"only-for-tests-{name}".encode() not in content
    assert archive.stat().st_mode & 0o077 == 0
    noted = archive.with_name(f"{archive.name}.sha256").read_text().split()
    assert noted == [digest_of(archive), archive.name]


def test_check_names_every_fault_and_leaves_nothing_behind(site: Site, archive: Path, tmp_path: Path) -> None:
    name = only_file(archive)
    path = altered(archive, tmp_path / "a.zip", lambda n, c: None if n == name else c)
    before = sorted(site.folder.iterdir())
    result = site.manage("restore", "--check", str(path), FIELD_KEY="another-key-of-another-house-0123456789")
    assert result.returncode == 1
    for words in (name.removeprefix("files/"), "FIELD_KEY", "units.identity", "files.bytes"):
        assert words in result.stderr
    assert sorted(site.folder.iterdir()) == before
    if connection.vendor == "postgresql":
        names = site.ask_server(f"SELECT datname FROM pg_database WHERE datname LIKE '{site.name}%'")
        assert names == [(site.name,)]


def test_a_bare_machine_gets_everything_back(archive: Path, told: dict[str, object], tmp_path: Path) -> None:
    bare = Site(tmp_path / "bare")
    try:
        assert "Đã khôi phục" in bare.done("restore", str(archive))
        assert bare.do("tell") == {**told, **SETTLED}
    finally:
        bare.end()


def test_drill(site: Site, archive: Path, told: dict[str, object]) -> None:
    """Write, back up, change, restore, compare; the changed state is kept aside and in an archive of its own."""
    assert set(told["files"].values()) == {True}  # type: ignore[attr-defined]
    site.do("change")
    refused = site.manage("restore", str(archive))
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert site.archives() == []

    said = site.done("restore", "--replace", str(archive))
    assert "before" in said
    assert site.do("tell") == {**told, **SETTLED}
    # What stood there is in its own archive: with the changes, and with the files found damaged.
    opened = open_archive(site.archives()[0], site.folder / "scratch")
    assert len(opened.manifest.faults) == len(told["files"])  # type: ignore[arg-type]


def test_a_running_worker_is_not_overwritten(site: Site, archive: Path) -> None:
    site.done("run_ticks")
    refused = site.manage("restore", "--replace", str(archive))
    assert refused.returncode == 1
    assert "dừng" in refused.stderr.lower()


def test_a_backup_over_a_lost_file_is_written_and_fails_loudly(site: Site, archive: Path) -> None:
    site.do("damage")
    result = site.manage("backup", "--to", str(site.folder / "lossy"), "--keep", "1")
    assert result.returncode == 1
    assert "thiếu hoặc hỏng" in result.stderr
    assert len(list((site.folder / "lossy").glob("*.zip"))) == 1
    site.manage("backup", "--to", str(site.folder / "lossy"), "--keep", "1")
    assert len(list((site.folder / "lossy").iterdir())) == 2  # the newest and its checksum


@pytest.mark.postgres_only
def test_without_pg_dump_the_remedy_is_named(site: Site) -> None:
    result = site.manage("backup", PATH="/nowhere")
    assert result.returncode == 1
    assert "apt-get install postgresql-client" in result.stderr


def test_nowhere_to_write_is_told_in_a_sentence(site: Site) -> None:
    result = site.manage("backup", "--to", "/proc/nowhere")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "/proc/nowhere" in result.stderr
