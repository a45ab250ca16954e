"""`make screenshots`: pictures of the pages named in tests/screenshots.toml, at both widths, into screenshots/.

The demo content is made anew in a folder of its own and served as people meet it. With names as
arguments only those pages are taken: ``python -m tests.screenshots board login``.
"""

import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests import chromium
from tests.browser import product

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "screenshots"
SIZES = {"1366": (1366, 768), "390": (390, 844)}


def sign_in(page: Page, address: str, username: str, password: str) -> None:
    page.goto(f"{address}/account/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()


def take(browser: Browser, address: str, account: str, pages: list[dict[str, Any]], password: str) -> None:
    """Every picture of one account, at both widths."""
    for label, (width, height) in SIZES.items():
        context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
        page = context.new_page()
        if account:
            sign_in(page, address, account, password)
        for entry in pages:
            page.goto(address + entry["path"])
            page.screenshot(path=TARGET / f"{entry['name']}-{label}.png", full_page=True)
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            status = page.title()
            print(f"{entry['name']}-{label}: {status}{' OVERFLOW ' + str(overflow) if overflow > 0 else ''}")
        context.close()


def main(names: list[str]) -> int:
    wanted = tomllib.loads((ROOT / "tests" / "screenshots.toml").read_text(encoding="utf-8"))["page"]
    wanted = [entry for entry in wanted if not names or entry["name"] in names]
    people = tomllib.loads((ROOT / "config" / "demo" / "data" / "people.toml").read_text(encoding="utf-8"))
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tdkt-pictures-") as folder:
        var_dir = Path(folder)
        product.manage(var_dir, "demo", "--no-serve")
        with product.running(var_dir) as address, sync_playwright() as playwright:
            found = chromium.find()
            executable = None if found == "playwright" else found
            browser = playwright.chromium.launch(executable_path=executable, args=chromium.ARGUMENTS)
            for account in dict.fromkeys(entry.get("account", "") for entry in wanted):
                pages = [entry for entry in wanted if entry.get("account", "") == account]
                take(browser, address, account, pages, people["password"]["value"])
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
