"""The campaign's half of the job: written, launched, pledged to, reported on."""

from playwright.sync_api import Page, expect

from core import clock
from tests.browser.acts import check_axe, follow, inside, menu, press

TITLE = "Phong trào thi đua yêu nước năm nay"
PERIOD = "9 tháng đầu năm"
INDICATORS = {"Thu ngân sách trên địa bàn": "4.850,5", "Lao động được giới thiệu việc làm": "420"}
PLEDGED = {"Ấp Phước Thuận": {"1.1": "5.000", "1.2": "450"}, "Ấp Trà Quýt": {"1.1": "4.900,25", "1.2": "400"}}
REPORTED = {"Ấp Phước Thuận": {"1.1": "5.012,75", "1.2": "463"}, "Ấp Trà Quýt": {"1.1": "3.100", "1.2": "388"}}
WORDS = "Thu ngân sách vượt kế hoạch, việc làm cho lao động nông thôn được quan tâm."


def write_and_launch(page: Page) -> None:
    """The standing officer writes the campaign in five steps and launches it to two hamlets."""
    year = clock.today().year
    menu(page, "Phong trào")
    follow(page, "Soạn phong trào")
    page.get_by_label("Tên phong trào").fill(TITLE)
    press(page, "Bắt đầu soạn")
    page.get_by_label("Mục tiêu").fill("Hoàn thành thắng lợi nhiệm vụ của năm.")
    page.get_by_label("Đối tượng tham gia").fill("Các ấp trên địa bàn xã.")
    page.get_by_label("Tiêu chí").fill("Hoàn thành các chỉ tiêu đã đăng ký.")
    press(page, "Tiếp tục: Nội dung và chỉ tiêu")
    for name, target in INDICATORS.items():
        add_indicator(page, name, target)
    check_axe(page)
    follow(page, "Tiếp tục: Đơn vị tham gia")
    for unit in PLEDGED:
        page.get_by_label(unit).check()
    press(page, "Tiếp tục: Thời gian, kỳ báo cáo")
    page.get_by_label("Từ ngày").fill(f"01/01/{year}")
    page.get_by_label("Đến ngày").fill(f"31/12/{year}")
    press(page, "Tiếp tục: Kiểm tra và phát động")
    add_period(page, year)
    expect(page.get_by_text("Phong trào sẽ gửi tới 2 đơn vị.")).to_be_visible()
    press(page, "Lưu và phát động tới 2 đơn vị")
    expect(page.get_by_text("Phong trào đã được phát động tới 2 đơn vị.")).to_be_visible()


def add_indicator(page: Page, name: str, target: str) -> None:
    area = page.locator("section.card").filter(has_text="I. Phát triển kinh tế").first
    area.get_by_role("link", name="Thêm chỉ tiêu").click()
    page.locator("[name=name]").fill(name)
    page.locator("[name=measure]").fill("triệu đồng" if "ngân sách" in name else "lao động")
    page.locator("[name=target]").fill(target)
    press(page, "Xong")
    expect(page.get_by_role("cell", name=name, exact=True)).to_be_visible()


def add_period(page: Page, year: int) -> None:
    follow(page, "Thời gian, kỳ báo cáo")
    follow(page, "Đặt kỳ báo cáo")
    follow(page, "Thêm kỳ báo cáo")
    page.get_by_label("Tên kỳ báo cáo").fill(PERIOD)
    page.get_by_label("Từ ngày").fill(f"01/01/{year}")
    page.get_by_label("Đến ngày").fill(f"30/09/{year}")
    page.get_by_label("Hạn gửi báo cáo").fill(f"31/12/{year}")
    press(page, "Thêm kỳ báo cáo")
    follow(page, "Quay lại soạn phong trào")
    follow(page, "Kiểm tra và phát động")


def fill_pledge(page: Page, unit: str) -> None:
    """Every indicator of the unit, as its officer types them."""
    menu(page, "Đăng ký, báo cáo")
    inside(page, "Nhập đăng ký").click()
    for code, figure in PLEDGED[unit].items():
        box = page.get_by_label(f"Đăng ký cho {code}")
        box.fill(figure)
        box.press("Tab")


def fill_report(page: Page, unit: str) -> None:
    """Figures and words of the period."""
    menu(page, "Đăng ký, báo cáo")
    inside(page, "Lập báo cáo").click()
    press(page, "Bắt đầu lập báo cáo")
    for code, figure in REPORTED[unit].items():
        box = page.get_by_label(f"Kỳ này của chỉ tiêu {code}")
        box.fill(figure)
        box.press("Tab")
    # Sent the moment the last word is typed: one's own saving must not stand in the way.
    page.get_by_label("I. Phát triển kinh tế", exact=True).fill(WORDS)
    press(page, "Trình thủ trưởng gửi")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chờ thủ trưởng")
    expect(page.get_by_text(WORDS)).to_be_visible()


def send(page: Page, paper: str) -> None:
    """The head opens what waits on the unit's own page and sends it."""
    menu(page, "Đăng ký, báo cáo")
    inside(page, paper).click()
    press(page, "Xác nhận và gửi")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chờ duyệt")


def take_in(page: Page, unit: str, step: str, button: str, note: str = "") -> None:
    """The standing officer finds the unit on the board and takes its paper in."""
    menu(page, "Phong trào")
    inside(page, TITLE).click()
    inside(page, "Đơn vị").click()
    inside(page, step).click()
    page.get_by_role("row").filter(has_text=unit).get_by_role("link").last.click()
    if note:
        page.get_by_label("Ghi chú gửi đơn vị").fill(note)
    press(page, button)
