"""The role guides say the words that stand on the screen, show pictures that exist, and link each other."""

import html
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
GUIDES = sorted((ROOT / "docs" / "vai-tro").glob("*.md"))
FIVE = {
    "chuyen-vien-thuong-truc", "nguoi-phu-trach-don-vi", "thu-truong-don-vi", "nguoi-tham-dinh", "chu-tich",
}  # fmt: skip
# What a guide marks without quoting the screen: the sentence that explains the marking.
EXPLAINING = {"in đậm"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|<span[^>]*>")


def as_shown(text: str) -> str:
    """As a guide writes it: one … for whatever is filled in, no markup."""
    shown = re.sub(r"<[^>]+>", "", PLACEHOLDER.sub("…", text)).replace("%%", "%")
    return " ".join(re.sub("…+", "…", html.unescape(shown)).split())


@cache
def words_on_screen() -> frozenset[str]:
    found: set[str] = set()
    for path in sorted((ROOT / "locale").glob("*/vi/LC_MESSAGES/django.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale="vi"):
                texts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
                found.update(as_shown(text) for text in texts if message.id and text)
    return frozenset(found)


def quoted(guide: Path) -> list[str]:
    bold = re.findall(r"\*\*(.+?)\*\*", guide.read_text(encoding="utf-8"), re.DOTALL)
    return [" ".join(text.split()) for text in bold]


def test_there_is_one_guide_for_each_of_five_roles() -> None:
    assert {guide.stem for guide in GUIDES} == FIVE


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_every_word_in_bold_stands_on_the_screen(guide: Path) -> None:
    words = quoted(guide)
    assert len(words) > 20
    assert [text for text in words if text not in words_on_screen() | EXPLAINING] == []


def test_a_word_that_is_on_no_page_is_noticed() -> None:
    assert "Duyệt báo cáo" in words_on_screen()
    assert "Nhắc các đơn vị chưa gửi (…)" in words_on_screen()
    assert "Phê duyệt ngay" not in words_on_screen()


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_both_readmes_lead_to_the_guide(guide: Path) -> None:
    for readme in ("README.md", "README.vi.md"):
        assert f"(docs/vai-tro/{guide.name})" in (ROOT / readme).read_text(encoding="utf-8")
