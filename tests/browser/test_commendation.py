"""The end of the job on the demo's own year: the reviewer finds, the chair agrees, the number is entered,
the ledger is written and taken out as Excel. By clicks and keys, on 20/10/2024.
"""

import tomllib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import product
from tests.browser.acts import fetch, inside, menu, press
from tests.core.bad_files import pdf

pytestmark = pytest.mark.browser

SUBJECT = "Khen thưởng phong trào “Vì người nghèo"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    var_dir = tmp_path_factory.mktemp("demo")
    product.manage(var_dir, "demo", "--no-serve")
    with product.running(var_dir, JOB_REAPER_SECONDS="1", JOB_BEAT_SECONDS="0.5") as address:
        yield address


@pytest.fixture
def open_as(browser: Browser, demo: str) -> Iterator[object]:
    people = tomllib.loads((product.ROOT / "config/demo/data/people.toml").read_text(encoding="utf-8"))
    contexts = []

    def open_page(username: str) -> Page:
        context = browser.new_context(base_url=demo, viewport={"width": 1366, "height": 768}, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto("/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu", exact=True).fill(people["password"]["value"])
        page.keyboard.press("Enter")
        page.get_by_role("heading", level=1, name="Việc cần xử lý").wait_for()
        expect(page.get_by_text("ngày làm việc 20/10/2024").first).to_be_visible()
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_from_the_finding_to_the_ledger(open_as, tmp_path):
    reviewer = open_as("thamdinh")
    menu(reviewer, "Thẩm định")
    expect(reviewer.get_by_text("Hồ sơ 6/7").first).to_be_visible()
    reviewer.locator("label.outcome-met").click()
    press(reviewer, "Lưu và sang hồ sơ tiếp theo")
    expect(reviewer.get_by_text("Hồ sơ 7/7").first).to_be_visible()

    chair = open_as("chutich")
    menu(chair, "Quyết định")
    inside(chair, SUBJECT).click()
    press(chair, "Đồng ý với danh sách")

    officer = open_as("thuongtruc")
    enter(officer)
    rows = fetch(officer, "Sổ theo dõi khen thưởng", tmp_path)
    row = next(row for row in rows if any("Thạch Thị Sóc Kha" in str(cell) for cell in row))
    assert any("1234/QĐ-UBND" in str(cell) for cell in row), row


def enter(page: Page) -> None:
    """Number, day, signer and scan of the signed decision; a day to come is refused at its field."""
    menu(page, "Quyết định")
    inside(page, SUBJECT).click()
    inside(page, "Nhập số, ngày và bản quét").click()
    page.locator("[name=number]").fill("1234")
    page.locator("[name=symbol]").fill("QĐ-UBND")
    page.locator("[name=signed_on]").fill("21/10/2024")
    page.locator("[name=post]").fill("CHỦ TỊCH")
    page.locator("[name=signer]").fill("Trần Minh Đức")
    scan = {"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.locator("[name=scan]").set_input_files(scan)
    page.locator("main form.form-card button.btn-primary").first.click()
    expect(page.locator("#id_signed_on[aria-invalid=true]")).to_be_visible()
    page.locator("[name=signed_on]").fill("18/10/2024")
    page.locator("[name=scan]").set_input_files(scan)
    page.locator("main form.form-card button.btn-primary").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã vào số")


def test_the_search_by_keys_alone(open_as):
    page = open_as("thuongtruc")
    page.keyboard.press("/")
    page.keyboard.type("thuan hoa")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=thuan+hoa")
    found = page.locator("[data-walk] a")
    expect(found.first).to_contain_text("Xã Thuận Hòa")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    expect(found.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(found.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(found.last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".topbar-search input[name=q]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Xã Thuận Hòa")).to_be_visible()
