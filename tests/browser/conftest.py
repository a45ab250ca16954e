"""The served product and a real Chromium."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests import chromium
from tests.browser import product

PASSWORD = "mot-cau-dai-de-kiem-thu"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium.find()
    with sync_playwright() as playwright:
        executable = None if found == "playwright" else found
        started = playwright.chromium.launch(executable_path=executable, args=chromium.ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole product with units and accounts in it, and nothing else."""
    var_dir = tmp_path_factory.mktemp("site")
    product.manage(var_dir, "collectstatic", "--no-input", "-v0")
    product.manage(var_dir, "migrate", "-v0")
    product.manage(var_dir, "load_catalogue", "-v0")
    subprocess.run(
        [sys.executable, "-m", "tests.browser.prepare", PASSWORD], cwd=product.ROOT,
        env=product.environment(var_dir), check=True,
    )  # fmt: skip
    with product.running(var_dir, JOB_REAPER_SECONDS="1", JOB_BEAT_SECONDS="0.5") as address:
        yield address
    # What people did by clicks and keys must leave rows, files and trail that agree (decision 24).
    product.manage(var_dir, "seal_audit")
    product.manage(var_dir, "verify_audit")
    product.manage(var_dir, "check_invariants", "--checksums")


class Watch:
    """What a page must not do: complain in the console, or ask another host."""

    def __init__(self, page: Page, site: str) -> None:
        self.faults: list[str] = []
        self.site = site
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self.on_request)

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console {message.type}: {message.text} ({message.location['url']})")

    def on_request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:", "about:")):
            self.faults.append(f"request to another host: {request.url}")


SignedIn = Callable[..., Page]


@pytest.fixture
def signed_in(browser: Browser, site: str, tmp_path: Path) -> Iterator[SignedIn]:
    """A page of one user, signed in by typing; every page is watched until the end of the test."""
    contexts, watches = [], []

    def open_page(username: str, *, script: bool = True, width: int = 1366, height: int = 768) -> Page:
        context = browser.new_context(
            base_url=site, viewport={"width": width, "height": height}, java_script_enabled=script,
            accept_downloads=True,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        watches.append(Watch(page, site))
        page.goto("/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("heading", level=1, name="Việc cần xử lý").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [fault for watch in watches for fault in watch.faults] == []
