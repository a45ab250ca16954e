"""What people do on any page: press, follow, find, fetch."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def menu(page: Page, name: str) -> None:
    """Open a page from the menu; on a phone the bar at the foot leads to it."""
    short = page.get_by_role("link", name="Thêm", exact=True)
    if short.is_visible():
        short.click()
    counted = re.compile(rf"{re.escape(name)}( \d+)?$")  # with the number that waits there
    page.get_by_role("navigation", name="Menu chính", exact=True).get_by_role("link", name=counted).click()


def inside(page: Page, name: str) -> Locator:
    """A link of the page itself, not of the menu."""
    return page.locator("main").get_by_role("link", name=name).first


def choose(page: Page, label: str, words: str, name: str) -> None:
    """Type a few letters without diacritics, take what is offered."""
    page.get_by_role("combobox", name=label).press_sequentially(words)
    page.get_by_role("option").filter(has_text=name).first.click()


def check_axe(page: Page) -> None:
    """No serious or critical finding on the page as it stands."""
    found = Axe().run(page).response["violations"]
    serious = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["impact"] in ("serious", "critical")]
    assert serious == [], page.url


def fetch(page: Page, title: str, folder: Path) -> list[list[object]]:
    """Ask for a report by its name, watch it being made, fetch it; returns the rows of all its sheets."""
    menu(page, "Báo cáo")
    chosen = inside(page, f"Chọn biểu này : {title}")
    if chosen.count():  # the first of the catalogue is chosen already
        chosen.click()
    page.locator("button[form=report-form]").click()
    with page.expect_download() as download:
        inside(page, f"Tải về : {title}").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    book = load_workbook(path)
    return [[cell.value for cell in row] for sheet in book.worksheets for row in sheet.iter_rows()]
