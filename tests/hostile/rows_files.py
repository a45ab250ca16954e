"""Rows 39–66: documents, pictures and the names they come under."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage

from core.files.models import StoredFile
from core.files.names import MAX_NAME
from tests.core import bad_files
from tests.core.bad_files import CORPUS, pdf
from tests.hostile.rows import Asked, Case, Refused, Taken, Waits
from tests.hostile.sending import Sent
from tests.units.world import World

PAGE = "awards:submission_file_add"
KIND = bad_files.KIND
CHOOSE = "Hãy chọn tệp."


def refused(row: int, what: str, name: str, make: Callable[[], bytes], says: str, kind: str = "image/png") -> Refused:
    return Refused(row, what, PAGE, "upload", says, {"upload": lambda world: Sent(name, make(), kind)})


def taken(row: int, what: str, name: str, make: Callable[[], bytes] = pdf, **more: Any) -> Taken:
    return Taken(row, what, PAGE, {"upload": lambda world: Sent(name, make())}, **more)


def named(row: int, what: str, sent: str, kept: str) -> Taken:
    """A whole PDF under a hostile name, and the name under which it is kept and shown."""
    return taken(row, what, sent, shows=(kept,), check=partial(kept_as, kept))


def kept_as(name: str, world: World, record: Any) -> None:
    assert StoredFile.objects.latest("pk").name == name


def carries_nothing(world: World, record: Any) -> None:
    """Neither place nor camera nor comment of the photograph is in what is kept."""
    with default_storage.open(StoredFile.objects.latest("pk").key) as file:
        content = file.read()
    assert content.startswith(b"\xff\xd8")
    assert b"CANARY" not in content


def number_of(number: str) -> int:
    return int(re.findall("[0-9]+", number)[0])


def sized(size: int) -> bytes:
    """A whole PDF of exactly that many bytes."""
    return pdf(b"<< /Type /Catalog >>" + b" " * (size - len(pdf())))


# What the wire does not bring to the check: an upload without a name is no upload.
OWN_WORDS = {"65": CHOOSE}
# One of each kind of answer; the variants are tried one by one in tests/core/test_files_incoming.py.
KINDS = {(number_of(bad.number), bad.says): bad for bad in reversed(CORPUS) if number_of(bad.number) >= 39}
FROM_CORPUS = tuple(
    refused(row, f"{bad.number} {bad.name!a}", bad.name, bad.make, OWN_WORDS.get(bad.number, says))
    for (row, says), bad in sorted(KINDS.items())
)

ROWS: tuple[Case | Waits, ...] = (
    *FROM_CORPUS,
    taken(41, "ten thousand pages", "dai.pdf", bad_files.many_pages),
    refused(44, "drawing in the clothes of a picture", "anh.png", lambda: b"<svg><script/></svg>", bad_files.BROKEN),
    *(refused(45, ending, f"trang.{ending}", lambda: b"<html></html>", KIND) for ending in ("htm", "xhtml", "mht")),
    refused(47, "five thousand frames", "anh.gif", bad_files.many_frames, KIND),
    refused(47, "frames under another ending", "anh.png", bad_files.many_frames, bad_files.BROKEN),
    taken(48, "photograph with its place", "anh.jpg", bad_files.photo_with_place, check=carries_nothing),
    *(refused(49, ending, f"anh.{ending}", lambda: b"RIFF0000WEBPVP8 ", KIND) for ending in ("webp", "heic")),
    taken(51, "tracked changes and author", "bao-cao.docx", bad_files.reviewed_word_file, shows=("bao-cao.docx",)),
    taken(55, "largest size", "to.pdf", lambda: sized(settings.MAX_UPLOAD_BYTES), shows=("to.pdf",)),
    refused(55, "one byte more", "to.pdf", lambda: sized(settings.MAX_UPLOAD_BYTES + 1), "Tệp quá lớn"),
    Asked(
        56,
        "a hundred and one files",
        413,
        page=PAGE,
        method="POST",
        shows=("Nội dung gửi lên quá lớn",),
        send={"upload": lambda world: [Sent(f"{n}.pdf", pdf()) for n in range(101)]},
    ),
    refused(57, "page that says it is a picture", "trang.html", lambda: b"<html></html>", KIND, "image/png"),
    refused(57, "page under a picture's name and type", "anh.png", lambda: b"<html></html>", bad_files.BROKEN),
    named(58, "255 characters", "ế" * 255 + ".pdf", "ế" * (MAX_NAME - 4) + ".pdf"),
    Asked(
        58,
        "1000 characters, as no browser sends them",
        400,
        page=PAGE,
        method="POST",
        shows=("Không đọc được yêu cầu",),
        send={"upload": Sent("a" * 1000 + ".pdf", pdf())},
    ),
    named(59, "upwards", "../../../etc/passwd.pdf", "passwd.pdf"),
    named(59, "upwards, other strokes", "..\\..\\x.pdf", "x.pdf"),
    refused(59, "upwards to a file of the system", "../../../etc/passwd", pdf, KIND),
    named(60, "a device", "CON.pdf", "_CON.pdf"),
    named(60, "no device", "NUL.tar.pdf", "_NUL.tar.pdf"),
    named(60, "dot and blank at the end", "báo cáo.pdf. ", "báo cáo.pdf"),
    named(61, "direction turned round", "anh\u202efdp.pdf", "anhfdp.pdf"),
    named(62, "line end and quotes", 'a"\r\nSet-Cookie: x=1.pdf', "a_Set-Cookie_ x=1.pdf"),
    named(63, "decomposed", "Quye\u0302\u0301t đi\u0323nh.pdf", "Quyết định.pdf"),
    named(63, "composed", "Quyết định.pdf", "Quyết định.pdf"),
    named(64, "emoji", "🌸 hoa.pdf", "🌸 hoa.pdf"),
    refused(65, "only an ending", ".pdf", lambda: b"", "Tệp trống"),
    *(named(66, f"begins with {sign}", f"{sign}cmd.pdf", "cmd.pdf") for sign in "-=@+"),
)
