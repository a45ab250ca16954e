"""Who gets a file, and how it is handed over."""

import logging
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts.models import User
from core import clock, files
from core.files.attachments import ATTACHMENTS
from core.files.enums import FileState
from core.files.models import Attachment, AttachmentQuerySet, StoredFile
from core.files.views import download
from tests.core import bad_files
from tests.factories import UserFactory
from tests.tables import table_of

PDF = bad_files.pdf()


class PaperQuerySet(AttachmentQuerySet):
    def visible_to(self, user: Any) -> "PaperQuerySet":
        return self.filter(reader=user)


class Paper(Attachment):
    """An attachment on a record that one reader may see."""

    reader = models.ForeignKey(User, models.CASCADE, related_name="+")
    objects = PaperQuerySet.as_manager()

    class Meta(Attachment.Meta):
        app_label = "tests_files"


class Unscoped(Attachment):
    class Meta(Attachment.Meta):
        app_label = "tests_files"


tables = table_of(Paper)
pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("tables", "_registered")]


@pytest.fixture
def _registered() -> Iterator[None]:
    files.register_attachments(Paper)
    yield
    ATTACHMENTS._entries.pop(Paper._meta.label)


@pytest.fixture
def owner() -> User:
    return UserFactory()


@pytest.fixture
def stored(owner: User) -> StoredFile:
    return files.store(SimpleUploadedFile("Quyết định số 05.pdf", PDF), owner=owner)


def ask(user: User | None, stored: StoredFile, method: str = "get") -> Any:
    """The answer, read to its end (an unread stream keeps the file open) into `body`."""
    client = Client()
    if user is not None:
        client.force_login(user)
    response = getattr(client, method)(stored.url)
    response.body = response.getvalue()
    return response


def attach(stored: StoredFile, reader: User, **given: Any) -> Paper:
    return Paper.objects.create(file=stored, reader=reader, added_by=stored.owner, **given)


class TestRight:
    def test_owner_gets_it(self, owner: User, stored: StoredFile) -> None:
        response = ask(owner, stored)
        assert response.status_code == 200
        assert response.body == PDF

    def test_signed_out_is_sent_to_sign_in(self, stored: StoredFile) -> None:
        response = ask(None, stored)
        assert response.status_code == 302
        assert stored.name not in response.headers["Location"]

    def test_the_view_itself_asks_for_an_account(self, stored: StoredFile, rf: RequestFactory) -> None:
        request = rf.get(stored.url)
        request.user = AnonymousUser()
        assert download(request, uuid=stored.uuid).status_code == 302

    def test_outsider_finds_nothing(self, stored: StoredFile) -> None:
        assert ask(UserFactory(), stored).status_code == 404

    def test_administrator_is_an_outsider(self, stored: StoredFile) -> None:
        assert ask(UserFactory(is_administrator=True), stored).status_code == 404

    def test_reader_of_the_record_gets_it(self, stored: StoredFile) -> None:
        reader, other = UserFactory(), UserFactory()
        attach(stored, reader)
        assert ask(reader, stored).status_code == 200
        assert ask(other, stored).status_code == 404

    def test_removed_attachment_does_not_count(self, owner: User, stored: StoredFile) -> None:
        reader = UserFactory()
        attach(stored, reader, removed_at=clock.real_now())
        assert ask(reader, stored).status_code == 404
        assert ask(owner, stored).status_code == 200

    def test_attachment_of_another_file_does_not_count(self, owner: User, stored: StoredFile) -> None:
        reader = UserFactory()
        attach(files.store(SimpleUploadedFile("a.pdf", PDF), owner=owner), reader)
        assert ask(reader, stored).status_code == 404

    def test_rows_seen_are_exactly_those(self, owner: User, stored: StoredFile) -> None:
        reader = UserFactory()
        mine = files.store(SimpleUploadedFile("a.pdf", PDF), owner=reader)
        shown = files.store(SimpleUploadedFile("b.pdf", PDF), owner=owner)
        attach(shown, reader)
        attach(stored, reader, removed_at=clock.real_now())
        assert set(StoredFile.objects.visible_to(reader)) == {mine, shown}

    def test_guessed_and_malformed_numbers_find_nothing(self, owner: User, client: Client) -> None:
        client.force_login(owner)
        for guess in (uuid.uuid4(), "1", "0", "abc", "..%2f..%2fetc%2fpasswd", "x" * 300):
            assert client.get(f"/files/{guess}/").status_code == 404

    @pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
    def test_only_reading_is_offered(self, owner: User, stored: StoredFile, method: str) -> None:
        assert ask(owner, stored, method).status_code == 405

    def test_registration_needs_a_scope(self) -> None:
        with pytest.raises(TypeError, match="visible_to"):
            files.register_attachments(Unscoped)


class TestAnswer:
    def test_is_saved_and_does_nothing_else(self, owner: User, stored: StoredFile) -> None:
        headers = ask(owner, stored).headers
        assert headers["Content-Disposition"] == (
            "attachment; filename*=utf-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%20s%E1%BB%91%2005.pdf"
        )
        assert headers["Content-Type"] == "application/pdf"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["Content-Length"] == str(len(PDF))

    def test_head_has_the_same_headers_and_no_body(self, owner: User, stored: StoredFile) -> None:
        response = ask(owner, stored, "head")
        assert response.status_code == 200
        assert response.body == b""
        assert response.headers["Content-Disposition"].startswith("attachment")

    def test_name_cannot_add_headers(self, owner: User) -> None:
        sent = SimpleUploadedFile("x", PDF)
        sent._name = 'a"; filename=x.exe\r\nSet-Cookie: canary=1\r\n.pdf'
        kept = files.store(sent, owner=owner)
        response = ask(owner, kept)
        assert "canary" not in str(response.cookies)
        assert ".exe\r" not in response.headers["Content-Disposition"]
        assert response.headers["Content-Disposition"].startswith("attachment;")

    def test_unknown_type_is_sent_as_bytes(self, owner: User, tmp_path: Path) -> None:
        made = tmp_path / "page"
        made.write_text("<script>alert(1)</script>")
        kept = files.store_path(made, name="trang.html", mime="text/html", owner=owner)
        assert ask(owner, kept).headers["Content-Type"] == "application/octet-stream"

    def test_bytes_are_left_to_the_server_in_front(self, owner: User, stored: StoredFile, settings: Settings) -> None:
        settings.FILES_ACCEL_PREFIX = "/protected/"
        response = ask(owner, stored)
        assert response.status_code == 200
        assert response.headers["X-Accel-Redirect"] == f"/protected/{stored.key}"
        assert response.content == b""
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert ask(UserFactory(), stored).status_code == 404


class TestLost:
    @pytest.fixture(autouse=True)
    def _quiet(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.ERROR)

    def test_missing_bytes_get_a_page(self, owner: User, stored: StoredFile, caplog: pytest.LogCaptureFixture) -> None:
        default_storage.delete(stored.key)
        response = ask(owner, stored)
        assert response.status_code == 410
        assert "Không còn đọc được tệp “Quyết định số 05.pdf”" in response.content.decode()
        assert "missing or damaged" in caplog.text

    @pytest.mark.parametrize("accel", ["", "/protected"])
    def test_damaged_bytes_are_not_handed_out(
        self, owner: User, stored: StoredFile, settings: Settings, accel: str
    ) -> None:
        settings.FILES_ACCEL_PREFIX = accel
        path = Path(default_storage.path(stored.key))
        path.write_bytes(PDF[:-1] + b"X")
        response = ask(owner, stored)
        assert response.status_code == 410
        assert "X-Accel-Redirect" not in response.headers

    def test_expired_file_says_until_when_it_was_kept(self, owner: User, stored: StoredFile) -> None:
        StoredFile.objects.update(expires=clock.real_now() - timedelta(seconds=1))
        files.sweep()
        stored.refresh_from_db()
        response = ask(owner, stored)
        assert response.status_code == 410
        day = f"{stored.expires.astimezone(clock.ZONE):%d/%m/%Y}" if stored.expires else "?"
        assert f"chỉ lưu đến ngày {day}" in response.content.decode()

    @pytest.mark.parametrize("state", [FileState.PENDING, FileState.HELD])
    def test_file_not_ready_is_not_handed_out(self, owner: User, stored: StoredFile, state: FileState) -> None:
        StoredFile.objects.update(state=state)
        response = ask(owner, stored)
        assert response.status_code == 410
        assert "chưa sẵn sàng" in response.content.decode()


def test_live_attachments_stand_in_their_order(stored: StoredFile, owner: User) -> None:
    second = attach(stored, owner, position=2)
    first = attach(stored, owner, position=1, label="Biên bản")
    attach(stored, owner, position=0, removed_at=clock.real_now())
    assert list(Paper.objects.all().live()) == [first, second]
    assert [str(one) for one in (first, second)] == ["Biên bản", "Quyết định số 05.pdf"]
