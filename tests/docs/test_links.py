"""What a page of docs/ or a README points to is there: pages, pictures, headings."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def targets(page: Path) -> list[str]:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return [target for target in LINK.findall(text) if not re.match(r"https?://|mailto:|#", target)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    missing = [target for target in targets(page) if not (page.parent / target.split("#")[0]).exists()]
    assert missing == []


def test_each_readme_leads_to_the_other() -> None:
    assert "README.vi.md" in targets(ROOT / "README.md")
    assert "README.md" in targets(ROOT / "README.vi.md")


def test_every_page_is_reached_from_the_readme() -> None:
    """A page nobody is led to is not read."""
    reached, waiting = set(), [ROOT / "README.md", ROOT / "README.vi.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        waiting += [(page.parent / target.split("#")[0]).resolve() for target in targets(page)]
    assert set(PAGES) - reached == set()
