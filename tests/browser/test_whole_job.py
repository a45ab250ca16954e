"""From the plan to a downloaded workbook, by clicks and keys, by the people whose work it is.

Imports no model: the test knows what people know. The figures in the workbook are compared with those
typed here.
"""

from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

TITLE = "Phong trào thi đua yêu nước năm nay"
INDICATORS = {"Thu ngân sách trên địa bàn": "4.850,5", "Lao động được giới thiệu việc làm": "420"}
PLEDGED = {"Xã An Hiệp": {"1.1": "5.000", "1.2": "450"}, "Xã An Ninh": {"1.1": "4.900,25", "1.2": "400"}}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def check_axe(page: Page) -> None:
    """No serious or critical finding on the page as it stands."""
    found = Axe().run(page).response["violations"]
    serious = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["impact"] in ("serious", "critical")]
    assert serious == [], page.url


def launch(page: Page) -> None:
    """The standing officer writes the campaign in five steps and launches it to two communes."""
    follow(page, "Phong trào")
    follow(page, "Soạn phong trào")
    page.get_by_label("Tên phong trào").fill(TITLE)
    press(page, "Bắt đầu soạn")
    page.get_by_label("Mục tiêu").fill("Hoàn thành thắng lợi nhiệm vụ của năm.")
    page.get_by_label("Đối tượng tham gia").fill("Các xã trên địa bàn.")
    page.get_by_label("Tiêu chí").fill("Hoàn thành các chỉ tiêu đã đăng ký.")
    press(page, "Tiếp tục: Nội dung và chỉ tiêu")
    for name, target in INDICATORS.items():
        page.locator("section.card").filter(has_text="I. Phát triển kinh tế").first.get_by_role(
            "link", name="Thêm chỉ tiêu"
        ).click()
        page.locator("[name=name]").fill(name)
        page.locator("[name=measure]").fill("triệu đồng" if "ngân sách" in name else "lao động")
        page.locator("[name=target]").fill(target)
        press(page, "Xong")
        expect(page.get_by_role("cell", name=name, exact=True)).to_be_visible()
    check_axe(page)
    follow(page, "Tiếp tục: Đơn vị tham gia")
    for unit in PLEDGED:
        page.get_by_label(unit).check()
    press(page, "Tiếp tục: Thời gian, kỳ báo cáo")
    page.locator("[name=starts_on]").fill("01/01/2026")
    page.locator("[name=ends_on]").fill("31/12/2026")
    press(page, "Tiếp tục: Kiểm tra và phát động")
    expect(page.get_by_text("Phong trào sẽ gửi tới 2 đơn vị.")).to_be_visible()
    press(page, "Lưu và phát động tới 2 đơn vị")
    expect(page.get_by_text("Phong trào đã được phát động tới 2 đơn vị.")).to_be_visible()


def open_pledge(page: Page) -> None:
    follow(page, "Đăng ký, báo cáo")
    page.locator("main").get_by_role("link", name="Lập đăng ký").or_(
        page.locator("main").get_by_role("link", name=TITLE)
    ).first.click()


def fill_pledge(page: Page, unit: str) -> None:
    for code, figure in PLEDGED[unit].items():
        row = page.locator("tr[data-line]").filter(has=page.locator(".pledge-code", has_text=code))
        row.locator("[data-value]").fill(figure)
        row.locator("[data-value]").press("Tab")


def test_from_the_plan_to_a_downloaded_workbook(signed_in, tmp_path):
    officer = signed_in("thuong.truc")
    launch(officer)

    drafting = signed_in("phu.trach.1")
    open_pledge(drafting)
    fill_pledge(drafting, "Xã An Hiệp")
    expect(drafting.locator("[data-entered]")).to_have_text("2")
    check_axe(drafting)
    drafting.locator("button[name=act][value=submit]").click()

    head = signed_in("thu.truong.1", width=390, height=844)
    head.goto("/campaigns/own/")
    head.locator("main").get_by_role("link", name=TITLE).first.click()
    if head.locator("button[name=act][value=send]").count() == 0:
        head.locator("main form button.btn-primary").first.click()
    else:
        head.locator("button[name=act][value=send]").click()
    check_axe(head)

    without_script(signed_in)
    accept_both(officer)
    path = fetch_register(officer, tmp_path)
    compare(path)


def without_script(signed_in) -> None:
    """The second commune does the same without a line of JavaScript."""
    drafting = signed_in("phu.trach.2", script=False)
    drafting.goto("/campaigns/own/")
    drafting.locator("main").get_by_role("link", name=TITLE).first.click()
    if "/edit/" not in drafting.url:
        drafting.locator("main a.btn", has_text="đăng ký").first.click()
    fill_pledge(drafting, "Xã An Ninh")
    drafting.locator("button[name=act][value=submit]").click()
    head = signed_in("thu.truong.2", script=False)
    head.goto("/campaigns/own/")
    head.locator("main").get_by_role("link", name=TITLE).first.click()
    send = head.locator("button[name=act][value=send]")
    (send if send.count() else head.locator("main form button.btn-primary")).first.click()


def accept_both(page: Page) -> None:
    for unit in PLEDGED:
        page.goto("/campaigns/1/units/")
        check_axe(page)
        row = page.get_by_role("row").filter(has_text=unit)
        row.get_by_role("link").last.click()
        page.locator("#accept-note").fill("Nhất trí.")
        press(page, "Duyệt")
    page.goto("/campaigns/1/units/")
    expect(page.locator(".state-approved")).to_have_count(2)


def fetch_register(page: Page, folder: Path) -> Path:
    """Ask for the register, watch it being made, fetch it."""
    follow(page, "Báo cáo")
    check_axe(page)
    page.locator("button[form=report-form]").click()
    done = page.get_by_role("link", name="Tải về").first
    done.wait_for()
    with page.expect_download() as download:
        done.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def compare(path: Path) -> None:
    """Every figure typed above stands in the workbook as a number, in the row of its unit."""
    book = openpyxl.load_workbook(path)
    rows = [[cell.value for cell in row] for sheet in book.worksheets for row in sheet.iter_rows()]
    for unit, figures in PLEDGED.items():
        row = next(row for row in rows if unit in row)
        for figure in figures.values():
            number = float(figure.replace(".", "").replace(",", "."))
            assert number in row, (unit, number, row)
        for target in INDICATORS.values():
            assert float(target.replace(".", "").replace(",", ".")) in row
