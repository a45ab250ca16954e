"""Keeping files: a row and its bytes, or neither; and what the sweeper takes away."""

import errno
import hashlib
import os
import stat
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.core.management import call_command
from django.db import transaction

from accounts.models import User
from core import clock, files
from core.files.enums import FileState
from core.files.incoming import check_upload
from core.files.models import StoredFile
from core.files.services import INCOMING
from tests.core import bad_files
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

PDF = bad_files.pdf()
LONG_AGO = timedelta(hours=2)
SOME_BAD = {"6", "11", "16b", "39a", "43b", "46", "50", "53", "54b"}  # test_files_incoming tries all of them


def upload(name: str = "Quyết định số 05.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def stored(**given: Any) -> StoredFile:
    return files.store(upload(), owner=UserFactory(), **given)


def content_of(kept: StoredFile) -> bytes:
    with default_storage.open(kept.key) as file:
        content: bytes = file.read()
    return content


def on_disk() -> list[Path]:
    root = Path(default_storage.path(""))
    return sorted(path.relative_to(root) for path in root.rglob("*") if path.is_file())


def make_old(path: Path) -> None:
    then = (clock.real_now() - LONG_AGO).timestamp()
    os.utime(path, (then, then))


class TestStore:
    def test_keeps_the_bytes_under_a_key_of_its_own(self) -> None:
        owner = UserFactory()
        kept = files.store(upload(), owner=owner)
        kept.refresh_from_db()
        assert kept.state == FileState.READY
        assert (kept.name, kept.size, kept.mime) == ("Quyết định số 05.pdf", len(PDF), "application/pdf")
        assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
        assert kept.owner == owner
        assert kept.key.endswith(kept.uuid.hex)
        assert "Quyết" not in kept.key
        assert on_disk() == [Path(kept.key)]
        assert content_of(kept) == PDF

    def test_others_on_the_machine_may_not_read_it(self) -> None:
        path = Path(default_storage.path(stored().key))
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        assert stat.S_IMODE(path.parent.stat().st_mode) & 0o007 == 0

    def test_keeps_a_large_upload_that_lies_on_disk(self) -> None:
        with TemporaryUploadedFile("a.pdf", "application/pdf", 0, None) as big:
            content = bad_files.pdf(b"<< /Pad (" + b"a" * 3_000_000 + b") >>")
            big.write(content)
            kept = files.store(big, owner=UserFactory())
        assert kept.size == len(content)

    def test_checks_again_nothing_that_was_checked(self) -> None:
        checked = check_upload(upload())
        checked.file.read()
        assert files.store(checked, owner=UserFactory()).size == len(PDF)

    def test_keeps_the_picture_written_anew(self) -> None:
        kept = files.store(upload("anh.jpg", bad_files.photo_with_place()), owner=UserFactory())
        content = content_of(kept)
        assert b"CANARY" not in content
        assert kept.sha256 == hashlib.sha256(content).hexdigest()

    @pytest.mark.parametrize("bad", [b for b in bad_files.CORPUS if b.number in SOME_BAD], ids=str)
    def test_bad_file_leaves_neither_row_nor_file(self, bad: bad_files.Bad) -> None:
        sent = SimpleUploadedFile("x", bad.make())
        sent._name = bad.name
        with pytest.raises(files.BadFile):
            files.store(sent, owner=UserFactory())
        assert not StoredFile.objects.exists()
        assert on_disk() == []

    def test_own_file_is_kept_with_its_expiry(self, tmp_path: Path) -> None:
        made = tmp_path / "bao-cao"
        made.write_bytes(b"PK")
        until = clock.real_now() + timedelta(days=7)
        kept = files.store_path(
            made, name="Báo cáo: 2024.xlsx", mime="application/vnd.ms-excel", owner=UserFactory(), expires=until
        )
        assert (kept.name, kept.size, kept.expires) == ("Báo cáo_ 2024.xlsx", 2, until)
        assert made.exists(), "the caller's file is the caller's"

    def test_rolled_back_transaction_leaves_a_file_that_is_swept(self) -> None:
        def service_that_fails() -> None:
            with transaction.atomic():
                stored()
                raise RuntimeError

        with pytest.raises(RuntimeError):
            service_that_fails()
        assert not StoredFile.objects.exists()
        [left] = on_disk()
        make_old(Path(default_storage.path(str(left))))
        assert files.sweep().strays == 1
        assert on_disk() == []


class FullStorage(FileSystemStorage):
    """A disk that is full when the file is taken over."""

    def _save(self, name: str, content: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")


class ShorteningStorage(FileSystemStorage):
    """A store that loses the end of what it is given."""

    def size(self, name: str) -> int:
        return super().size(name) - 1


class RenamingStorage(FileSystemStorage):
    """A store that keeps the file under another key."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return f"{name}-2"


class TestFailingStore:
    @pytest.fixture(params=[FullStorage, ShorteningStorage, RenamingStorage])
    def _failing(self, request: pytest.FixtureRequest, settings: Any) -> None:
        backend = f"{__name__}.{request.param.__name__}"
        settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "BACKEND": backend}}

    @pytest.mark.usefixtures("_failing")
    def test_leaves_neither_row_nor_file_and_says_so(self) -> None:
        with pytest.raises(files.NotStored, match="Chưa lưu được tệp"):
            stored()
        assert not StoredFile.objects.exists()
        assert on_disk() == []

    def test_disk_full_while_writing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(_descriptor: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(files.NotStored):
            stored()
        assert not StoredFile.objects.exists()
        assert on_disk() == []

    def test_read_only_folder(self, settings: Any, tmp_path: Path) -> None:
        (tmp_path / "blocked").write_text("a file where the folder should be")
        options = {"location": tmp_path / "blocked"}
        settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
        with pytest.raises(files.NotStored):
            stored()
        assert not StoredFile.objects.exists()


class TestSweep:
    @pytest.fixture(autouse=True)
    def _folder(self) -> None:
        Path(default_storage.path("")).mkdir(parents=True, exist_ok=True)

    def test_removes_expired_and_keeps_the_row(self) -> None:
        kept = stored(expires=clock.real_now() - timedelta(seconds=1))
        later = stored(expires=clock.real_now() + timedelta(hours=1))
        forever = stored()
        assert files.sweep().expired == 1
        kept.refresh_from_db()
        assert kept.state == FileState.GONE
        assert on_disk() == sorted([Path(later.key), Path(forever.key)])
        assert files.sweep().expired == 0

    def test_finishes_what_a_killed_sweeper_began(self) -> None:
        kept = stored(expires=clock.real_now() - timedelta(seconds=1))
        default_storage.delete(kept.key)
        assert files.sweep().expired == 1

    def test_removes_broken_uploads_after_an_hour(self) -> None:
        old, fresh = stored(), stored()
        StoredFile.objects.update(state=FileState.PENDING)
        StoredFile.objects.filter(pk=old.pk).update(created_at=clock.real_now() - LONG_AGO)
        assert files.sweep().pending == 1
        assert list(StoredFile.objects.all()) == [fresh]
        assert on_disk() == [Path(fresh.key)]

    @pytest.mark.parametrize("folder", [INCOMING, "today"])
    def test_removes_files_without_a_row_after_an_hour(self, folder: str) -> None:
        kept = stored()
        place = Path(default_storage.path("")) / (folder if folder == INCOMING else f"{clock.real_today():%Y/%m/%d}")
        place.mkdir(parents=True, exist_ok=True)
        for name in ("old", "fresh"):
            (place / name).write_text("left over")
        make_old(place / "old")
        make_old(Path(default_storage.path(kept.key)))
        assert files.sweep().strays == 1
        assert not (place / "old").exists()
        assert (place / "fresh").exists(), "it may be an upload still under way"
        assert default_storage.exists(kept.key)

    def test_looks_at_old_days_on_request(self) -> None:
        stray = Path(default_storage.path("2020/01/02/stray"))
        stray.parent.mkdir(parents=True)
        stray.write_text("left over")
        make_old(stray)
        assert files.sweep().strays == 0
        out = StringIO()
        call_command("sweep_files", "--all", stdout=out)
        assert "1 tệp không còn bản ghi" in out.getvalue()
        assert not stray.exists()

    def test_leaves_what_cannot_be_removed_for_the_next_time(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        kept = stored(expires=clock.real_now() - timedelta(seconds=1))

        def refuse(_self: object, _name: str) -> None:
            raise PermissionError

        with monkeypatch.context() as patch:
            patch.setattr(FileSystemStorage, "delete", refuse)
            assert files.sweep().expired == 0
        assert "could not be removed" in caplog.text
        kept.refresh_from_db()
        assert kept.state == FileState.READY
        assert files.sweep().expired == 1


def test_row_knows_its_address() -> None:
    kept = stored()
    assert kept.url == f"/files/{kept.uuid}/"
    assert str(kept) == "Quyết định số 05.pdf"
    assert User.objects.filter(pk=kept.owner_id).exists()
