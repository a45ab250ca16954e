"""A deterministic generator of good and bad files: nothing binary lies in the repository.

`CORPUS` lists the bad ones: number in security.md 9.2, name as sent, content, and a piece of the
message the sender reads. Every new fault found adds one.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PIL import Image

FIXED_TIME = (2026, 1, 1, 0, 0, 0)
DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


# --- PDF --------------------------------------------------------------------------------------


def pdf(body: bytes = b"<< /Type /Catalog >>", *, trailer: bytes = b"<< /Root 1 0 R >>") -> bytes:
    """A minimal PDF whose only object is `body`."""
    return b"%PDF-1.7\n1 0 obj\n" + body + b"\nendobj\nxref\n0 2\ntrailer\n" + trailer + b"\nstartxref\n9\n%%EOF\n"


def pdf_object_stream(hidden: bytes) -> bytes:
    """A PDF that keeps `hidden` in a compressed object stream."""
    packed = zlib.compress(hidden)
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(packed)
    return pdf(head + b"\nstream\n" + packed + b"\nendstream")


def many_pages(count: int = 10_000) -> bytes:
    """A PDF whose tree names that many empty pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    tree = b"<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count %d /Kids [%s] >>" % (
        count,
        kids,
    )
    pages = (b"\nendobj\n%d 0 obj\n<< /Type /Page /Parent 2 0 R >>" % number for number in range(3, count + 3))
    return pdf(tree + b"".join(pages))


# --- Pictures ---------------------------------------------------------------------------------


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    """A small picture with something to see in it."""
    image = Image.new("RGB", size, (176, 28, 34))
    image.putpixel((0, 0), (255, 255, 255))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A JPEG that carries coordinates, a camera's name, a comment, and lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turned by a quarter
    exif[0x010F] = "CAMERA-CANARY"
    exif.get_ifd(0x8825).update({1: "N", 2: (9.0, 42.0, 30.0), 3: "E", 4: (105.0, 54.0, 0.0)})
    return picture("JPEG", exif=exif, comment=b"COMMENT-CANARY")


def many_frames(count: int = 5000) -> bytes:
    """An animated GIF of that many frames of one pixel each."""
    frame = b"!\xf9\x04\x04\x0a\x00\x00\x00" + b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00"
    return b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff" + frame * count + b";"


def huge_png(side: int = 30_000) -> bytes:
    """A PNG that says it is `side` × `side` pixels and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


# --- Zip, Word, Excel -------------------------------------------------------------------------


def archive(parts: Mapping[str, bytes], *, deflate: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED) as target:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type = target.compression
            target.writestr(info, content)
    return out.getvalue()


def office_parts(kind: str, *, main_type: str = "", extra: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The parts of a minimal Word (docx) or Excel (xlsx) file."""
    main, content_type = {"docx": ("word/document.xml", DOCX_MAIN), "xlsx": ("xl/workbook.xml", XLSX_MAIN)}[kind]
    types = (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{main}" ContentType="{main_type or content_type}"/></Types>'
    )
    return {
        "[Content_Types].xml": types.encode(),
        main: b"<document>Ch\xc3\xa2u Th\xc3\xa0nh</document>",
        **(extra or {}),
    }


def office(kind: str, **options: object) -> bytes:
    return archive(office_parts(kind, **options))  # type: ignore[arg-type]


def reviewed_word_file() -> bytes:
    """A Word file with a tracked change and the name of who wrote it."""
    author = b"<p><ins author='AUTHOR-CANARY'>them</ins><del author='AUTHOR-CANARY'>bot</del></p>"
    return office("docx", extra={"word/comments.xml": author, "docProps/core.xml": b"<c>AUTHOR-CANARY</c>"})


def relations(kind: str, target: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{REL}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


BILLION_LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'


def bomb(kind: str = "xlsx", megabytes: int = 50) -> bytes:
    """An office file with one part of nothing but zeros, about 1000:1."""
    return office(kind, extra={"xl/worksheets/sheet1.xml": b"0" * (megabytes * 1024 * 1024)})


def crowded() -> bytes:
    return office("xlsx", extra={f"xl/x{n}.xml": b"<x/>" for n in range(6000)})


def lying_size() -> bytes:
    """An entry that says it is small and unpacks to a megabyte."""
    data = bytearray(office("docx", extra={"word/big.xml": b"<x>" + b"a" * 1_000_000 + b"</x>"}))
    true_size, told = struct.pack("<I", 1_000_007), struct.pack("<I", 100)
    assert data.count(true_size) == 2, "the size stands before the entry and in the table of contents"
    return bytes(data.replace(true_size, told))


def overlapping() -> bytes:
    """Two names in the table of contents for the same bytes."""
    data = office("docx", extra={"word/aa.xml": b"<x/>", "word/bb.xml": b"<x/>"})
    central = data.index(b"PK\x01\x02")
    first = data.index(b"word/aa.xml", central) - 46
    second = data.index(b"word/bb.xml", central) - 46
    changed = bytearray(data)
    changed[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(changed)


def with_symlink() -> bytes:
    out = io.BytesIO(office("docx"))
    with zipfile.ZipFile(out, "a") as target:
        link = zipfile.ZipInfo("word/media/link.png", FIXED_TIME)
        link.external_attr = 0o120777 << 16
        target.writestr(link, "/etc/passwd")
    return out.getvalue()


def locked_zip() -> bytes:
    """The flag of an encrypted entry, set in both places."""
    data = bytearray(office("xlsx"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark)
        data[at + offset] |= 1
    return bytes(data)


@dataclass(frozen=True)
class Bad:
    """One bad file: where it stands in the corpus, as it is sent, and words of the answer."""

    number: str
    name: str
    make: Callable[[], bytes]
    says: str

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


BROKEN = "bị hỏng hoặc"
KIND = "không nhận tệp loại"
TEMPLATE = relations("attachedTemplate", "http://example.invalid/t.dotm")
DDE = b'<externalLink><x:ddeLink xmlns:x="x" ddeService="cmd" ddeTopic="/C calc"/></externalLink>'

CORPUS: tuple[Bad, ...] = (
    Bad("1", "so-lieu.xlsx", bomb, "bung ra"),
    Bad("2", "ho-so.zip", lambda: archive({"a.zip": archive({"b.zip": b""})}), KIND),
    Bad("3", "so-lieu.xlsx", crowded, "bung ra"),
    Bad("4", "bao-cao.docx", lying_size, BROKEN),
    Bad("5", "bao-cao.docx", overlapping, "bung ra"),
    Bad("6", "bao-cao.docx", lambda: office("docx", extra={"../../x.xml": b"<x/>"}), BROKEN),
    Bad("7a", "bao-cao.docx", lambda: office("docx", extra={"/etc/x.xml": b"<x/>"}), BROKEN),
    Bad("7b", "bao-cao.docx", lambda: office("docx", extra={"C:\\x.xml": b"<x/>"}), BROKEN),
    Bad("8", "bao-cao.docx", with_symlink, BROKEN),
    Bad("9a", "so-lieu.xlsx", locked_zip, "mật khẩu"),
    Bad("9b", "so-lieu.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "mật khẩu"),
    Bad("10", "so-lieu.xlsx", lambda: office("xlsx")[:-60], BROKEN),
    Bad("11", "bao-cao.pdf", lambda: b"", "Tệp trống"),
    Bad("12", "so-lieu.xlsx", lambda: archive({"a.txt": b"a"}), BROKEN),
    Bad("13", "so-lieu.xlsx", lambda: b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\x00" * 100, BROKEN),
    Bad("14", "so-lieu.xls", lambda: b"<html><table></table></html>", KIND),
    Bad("15", "so-lieu.xlsx", lambda: b"ten,so\nChau Thanh,1\n", BROKEN),
    Bad("16a", "so-lieu.xlsm", lambda: office("xlsx"), KIND),
    Bad("16b", "so-lieu.xlsx", lambda: office("xlsx", extra={"xl/vbaProject.bin": b"x"}), "macro"),
    Bad(
        "16c",
        "so-lieu.xlsx",
        lambda: office("xlsx", main_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        "macro",
    ),
    Bad("17", "so-lieu.xlsx", lambda: office("xlsx", extra={"xl/externalLinks/externalLink1.xml": DDE}), "nơi khác"),
    Bad("18", "so-lieu.xlsx", lambda: office("xlsx", extra={"xl/styles.xml": BILLION_LAUGHS}), "khai báo kiểu"),
    Bad("19a", "so-lieu.xlsx", lambda: office("xlsx", extra={"xl/styles.xml": XXE}), "khai báo kiểu"),
    Bad(
        "19b",
        "bao-cao.docx",
        lambda: archive({**office_parts("docx"), "[Content_Types].xml": XXE}),
        "khai báo kiểu",
    ),
    Bad("39a", "bao-cao.pdf", lambda: pdf(b"<< /S /JavaScript /JS (app.alert) >>"), "JavaScript"),
    Bad("39b", "bao-cao.pdf", lambda: pdf(b"<< /S /J#61vaScript >>"), "JavaScript"),
    Bad("39c", "bao-cao.pdf", lambda: pdf_object_stream(b"1 0 << /S /JavaScript >>"), "JavaScript"),
    Bad(
        "39h",
        "bao-cao.pdf",
        lambda: pdf_object_stream(b"1 0 << /S /JavaScript >>").replace(b"/ObjStm", b"/Obj#53tm"),
        "JavaScript",
    ),
    Bad(
        "39i",
        "bao-cao.pdf",
        lambda: pdf_object_stream(b"1 0 << >>").replace(b"/ObjStm", b"/ObjStm /X (stream\n)"),
        BROKEN,
    ),
    Bad(
        "39j",
        "bao-cao.pdf",
        lambda: pdf_object_stream(b"1 0 << >>").replace(b"/ObjStm", b"/ObjStm /Predictor 12"),
        BROKEN,
    ),
    Bad("39k", "bao-cao.pdf", lambda: pdf_object_stream(b"1 0 " + b" " * (70 * 1024 * 1024)), BROKEN),
    Bad(
        "39l",
        "bao-cao.pdf",
        lambda: pdf(b"<< /Type /ObjStm >>\nstream\n1 0 << /S /JavaScript >>\nendstream"),
        "JavaScript",
    ),
    Bad("39d", "bao-cao.pdf", lambda: pdf(b"<< /S /Launch /F (cmd.exe) >>"), "chương trình"),
    Bad("39e", "bao-cao.pdf", lambda: pdf(b"<< /Type /EmbeddedFile >>"), "tệp khác"),
    Bad("39f", "bao-cao.pdf", lambda: pdf(b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nxx\nendstream"), BROKEN),
    Bad("40", "bao-cao.pdf", lambda: pdf(trailer=b"<< /Root 1 0 R /Encrypt 5 0 R >>"), "mật khẩu"),
    Bad("42", "bao-cao.pdf", lambda: b"%PDF-1.7\n<html><script>alert(1)</script></html>" + pdf(), BROKEN),
    Bad("42b", "bao-cao.pdf", lambda: b"<html></html>" + pdf(), BROKEN),
    Bad("42c", "bao-cao.pdf", lambda: pdf()[:-20], BROKEN),
    Bad("43", "anh.png", lambda: b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script></html>", BROKEN),
    Bad("43b", "anh.png", lambda: picture("PNG")[:60], BROKEN),
    Bad("44", "anh.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", KIND),
    Bad("45", "trang.html", lambda: b"<html></html>", KIND),
    Bad("46", "anh.png", huge_png, "điểm ảnh"),
    Bad("46b", "anh.png", lambda: huge_png(7000), "điểm ảnh"),
    Bad("47", "anh.gif", lambda: picture("GIF"), KIND),
    Bad("49", "anh.tiff", lambda: picture("TIFF"), KIND),
    Bad("49b", "anh.jpg", lambda: picture("PNG"), BROKEN),
    Bad("49c", "anh.png", lambda: picture("JPEG"), BROKEN),
    Bad("50", "bao-cao.docx", lambda: office("docx", extra={"word/_rels/settings.xml.rels": TEMPLATE}), "nơi khác"),
    Bad("52", "eicar.com", lambda: EICAR, KIND),
    Bad("52b", "eicar.pdf", lambda: EICAR, BROKEN),
    Bad("53", "bao-cao.pdf", lambda: b"MZ\x90\x00" + b"\x00" * 200, BROKEN),
    Bad("54a", "report.pdf.exe", pdf, KIND),
    Bad("54b", "report.php.jpg", lambda: picture("JPEG"), "chương trình"),
    Bad("54c", "report.pdf\x00.exe", pdf, KIND),
    Bad("54d", "report.pdf%00.exe", pdf, KIND),
    Bad("61", "anh\u202egpj.exe", lambda: picture("JPEG"), KIND),
    Bad("65", "", pdf, KIND),
)
