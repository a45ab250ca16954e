"""What may come in, and in which words everything else is refused."""

import io
import unicodedata
import zipfile

import docx
import openpyxl
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from PIL import Image
from pytest_django import Settings

from core.files.errors import BadFile
from core.files.forms import EvidenceField
from core.files.incoming import check_upload, size_text
from core.files.names import MAX_NAME, clean_name
from tests.core import bad_files
from tests.core.bad_files import CORPUS, Bad


def sent(name: str, content: bytes, content_type: str = "application/octet-stream") -> SimpleUploadedFile:
    upload = SimpleUploadedFile("x", content, content_type)
    upload._name = name  # as it came over the wire, before Django's own cleaning
    return upload


def word_file() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Báo cáo kết quả")
    document.save(out)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Xã Thuận Hòa", 12.5])
    book.save(out)
    return out.getvalue()


GOOD = {
    "Báo cáo quý I.pdf": (bad_files.pdf, "application/pdf"),
    "KẾ HOẠCH.PDF": (bad_files.pdf, "application/pdf"),
    "bao cao v1.2.docx": (word_file, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "so lieu.xlsx": (workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "nen.pdf": (lambda: bad_files.pdf_object_stream(b"1 0 << /Type /Page >>"), "application/pdf"),
    "anh.png": (lambda: bad_files.picture("PNG"), "image/png"),
    "anh.jpeg": (lambda: bad_files.picture("JPEG"), "image/jpeg"),
    "anh.JPG": (lambda: bad_files.picture("JPEG"), "image/jpeg"),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_file_is_taken(name: str) -> None:
    make, mime = GOOD[name]
    checked = check_upload(sent(name, make(), "text/html"))
    assert checked.mime == mime
    assert checked.size > 0
    assert checked.name.lower() == name.lower()


@pytest.mark.parametrize("bad", CORPUS, ids=str)
def test_bad_file_is_refused_in_clear_words(bad: Bad) -> None:
    with pytest.raises(BadFile) as refused:
        check_upload(sent(bad.name, bad.make()))
    assert bad.says in str(refused.value)


def test_corpus_is_deterministic() -> None:
    assert [bad.make() for bad in CORPUS] == [bad.make() for bad in CORPUS]


def test_size_limit_is_exact(settings: Settings) -> None:
    content = bad_files.pdf()
    settings.MAX_UPLOAD_BYTES = len(content)
    assert check_upload(sent("a.pdf", content)).size == len(content)
    settings.MAX_UPLOAD_BYTES = len(content) - 1
    with pytest.raises(BadFile, match="quá lớn"):
        check_upload(sent("a.pdf", content))


def test_size_is_counted_not_believed(settings: Settings) -> None:
    upload = sent("a.pdf", bad_files.pdf())
    upload.size = 1
    settings.MAX_UPLOAD_BYTES = 10
    with pytest.raises(BadFile, match="quá lớn"):
        check_upload(upload)


@pytest.mark.parametrize(
    ("size", "words"), [(900, "900 B"), (1536, "2 KB"), (21 * 1024 * 1024, "21,0 MB"), (1_572_864, "1,5 MB")]
)
def test_size_in_words(size: int, words: str) -> None:
    assert size_text(size) == words


def test_photo_loses_place_camera_and_comment_and_stands_upright() -> None:
    original = bad_files.photo_with_place()
    with Image.open(io.BytesIO(original)) as before:
        assert before.getexif().get_ifd(0x8825), "the photo sent carries a place"
    checked = check_upload(sent("anh.jpg", original))
    content = checked.file.read()
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == (20, 40)
        assert not image.getexif()
        assert "comment" not in image.info
    assert b"CANARY" not in content


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
def test_photo_of_any_kind_keeps_its_colours_and_about_its_size(mode: str) -> None:
    out = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert(mode).save(out, "JPEG", quality=60)
    checked = check_upload(sent("anh.jpg", out.getvalue()))
    with Image.open(checked.file) as image:
        assert (image.mode, image.size) == (mode, (64, 48))
    assert checked.size < 1.1 * len(out.getvalue())


def test_photo_of_a_phone_that_holds_two_pictures_keeps_the_first() -> None:
    out = io.BytesIO()
    first, second = Image.new("RGB", (20, 10), "red"), Image.new("RGB", (5, 5), "blue")
    first.save(out, "MPO", save_all=True, append_images=[second])
    checked = check_upload(sent("anh.jpg", out.getvalue()))
    with Image.open(checked.file) as image:
        assert (image.format, image.size) == ("JPEG", (20, 10))


def test_png_loses_its_texts_and_what_hangs_behind_it() -> None:
    checked = check_upload(sent("anh.png", bad_files.picture("PNG") + b"<script>CANARY</script>"))
    content = checked.file.read()
    assert b"CANARY" not in content
    assert checked.size == len(content)


def test_png_keeps_its_transparency() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")
    checked = check_upload(sent("dau.png", out.getvalue()))
    with Image.open(checked.file) as image:
        assert image.convert("RGBA").getpixel((0, 0)) == (255, 0, 0, 0)


def test_links_that_wait_for_a_click_are_no_fault() -> None:
    link = bad_files.relations("hyperlink", "http://example.invalid/")
    check_upload(sent("a.docx", bad_files.office("docx", extra={"word/_rels/document.xml.rels": link})))


def test_small_honest_parts_may_pack_well() -> None:
    part = b"<r>" + b"<c/>" * 100_000 + b"</r>"
    content = bad_files.office("xlsx", extra={"xl/worksheets/sheet1.xml": part})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        packed = archive.getinfo("xl/worksheets/sheet1.xml")
        assert packed.file_size > 100 * packed.compress_size
    check_upload(sent("a.xlsx", content))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("C:\\Users\\Lan\\báo cáo.pdf", "báo cáo.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul.tar.pdf", "_nul.tar.pdf"),
        ("báo cáo. .pdf", "báo cáo.pdf"),
        ("a.pdf. ", "a.pdf"),
        ("anh\u202egpj.pdf", "anhgpj.pdf"),
        ('a"\r\nSet-Cookie: x=1.pdf', "a_ Set-Cookie_ x=1.pdf"),
        (unicodedata.normalize("NFD", "Quyết định.pdf"), "Quyết định.pdf"),
        ("🌸 hoa.pdf", "🌸 hoa.pdf"),
        ("-rf.pdf", "rf.pdf"),
        ("=cmd.pdf", "cmd.pdf"),
        ("@a.pdf", "a.pdf"),
        ("a\u200bb\u0000c.pdf", "abc.pdf"),
        ("   .pdf", "file.pdf"),
        ("\ud800a.pdf", "a.pdf"),
        ("Tệp   nhiều\tkhoảng trắng.pdf", "Tệp nhiều khoảng trắng.pdf"),
    ],
)
def test_name_is_cleaned(raw: str, clean: str) -> None:
    assert clean_name(raw) == clean


@pytest.mark.parametrize("length", [255, 1000])
def test_long_name_keeps_its_ending(length: int) -> None:
    name = clean_name("ế" * length + ".docx")
    assert len(name) == MAX_NAME
    assert name.endswith("ế.docx")


class OneForm(forms.Form):
    evidence = EvidenceField()


class ManyForm(forms.Form):
    evidence = EvidenceField(multiple=True, required=False)


def test_field_gives_a_checked_file() -> None:
    form = OneForm(files={"evidence": sent("a.pdf", bad_files.pdf())})
    assert form.is_valid()
    assert form.cleaned_data["evidence"].mime == "application/pdf"


def test_field_refuses_what_the_service_would_refuse() -> None:
    form = OneForm(files={"evidence": sent("a.exe", b"MZ")})
    assert "không nhận tệp loại" in form.errors["evidence"][0]


def test_field_asks_for_a_file() -> None:
    assert OneForm(files={}).errors["evidence"] == ["Hãy chọn tệp."]


def test_field_of_several_names_the_bad_one() -> None:
    good, bad = sent("a.pdf", bad_files.pdf()), sent("b.pdf", b"")
    form = ManyForm(files=MultiValueDict({"evidence": [good, bad]}))
    assert form.errors["evidence"] == ["“b.pdf”: Tệp trống. Hãy kiểm tra tệp trên máy rồi chọn lại."]


def test_field_of_several_takes_all_or_none_chosen() -> None:
    form = ManyForm(
        files=MultiValueDict({"evidence": [sent("a.pdf", bad_files.pdf()), sent("b.pdf", bad_files.pdf())]})
    )
    assert form.is_valid()
    assert [one.name for one in form.cleaned_data["evidence"]] == ["a.pdf", "b.pdf"]
    assert ManyForm(files=MultiValueDict()).is_valid()


def test_input_offers_the_kinds_that_are_taken() -> None:
    html = str(OneForm()["evidence"])
    assert 'accept=".pdf,.docx,.xlsx,.jpg,.jpeg,.png"' in html
    assert "multiple" not in html
    assert "multiple" in str(ManyForm()["evidence"])
