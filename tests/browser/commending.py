"""The commendation's half of the job: proposed, found eligible, agreed, numbered, entered in the ledger."""

from playwright.sync_api import Page, expect

from core import clock
from core.text import format_date
from tests.browser.acts import check_axe, choose, follow, inside, menu, press
from tests.browser.campaigning import TITLE
from tests.core.bad_files import pdf

ROUND = "Tổng kết phong trào thi đua năm nay"
AWARD = "Giấy khen của Chủ tịch UBND cấp xã"
PERSON = "Thạch Thị Sà Vane"
UNIT = "Ấp Phước Thuận"
NUMBER = "318"


def open_round(page: Page) -> None:
    """The standing officer calls for nominations; no meeting of the council."""
    menu(page, "Đề nghị khen thưởng")
    follow(page, "Mở đợt xét")
    page.get_by_label("Tên đợt xét").fill(ROUND)
    page.get_by_label("Loại hình khen thưởng").select_option(label="Phong trào thi đua")
    page.get_by_label("Phong trào (không bắt buộc)").select_option(label=TITLE)
    press(page, "Mở đợt xét")
    expect(page.get_by_text("Đã mở đợt xét")).to_be_visible()


def write_person(page: Page) -> None:
    """Somebody who has no account and holds no post."""
    menu(page, "Cá nhân, hộ gia đình")
    follow(page, "Nhập cá nhân")
    page.get_by_label("Danh xưng").fill("Bà")
    page.get_by_label("Họ và tên").fill(PERSON)
    page.get_by_label("Năm sinh").fill("1984")
    press(page, "Lưu cá nhân")
    expect(page.get_by_role("heading", level=1)).to_contain_text(PERSON)


def propose(page: Page) -> None:
    """One letter with two lines: the hamlet itself and one of its people."""
    menu(page, "Đề nghị khen thưởng")
    inside(page, ROUND).click()
    follow(page, "Lập tờ trình")
    press(page, "Tiếp tục lập danh sách")
    for words, name in (("phuoc thuan", UNIT), ("sa vane", PERSON)):
        follow(page, "Thêm dòng")
        choose(page, "Đối tượng", words, name)
        press(page, "Tiếp tục")
        page.get_by_label("Danh hiệu, hình thức đề nghị").select_option(label=AWARD)
        page.get_by_label("Tóm tắt thành tích").fill("Hoàn thành xuất sắc các chỉ tiêu đã đăng ký.")
        check_axe(page)
        press(page, "Thêm vào danh sách")
    expect(page.get_by_text("2 dòng đề nghị")).to_be_visible()


def send_letter(page: Page) -> None:
    """The head confirms the list and sends the letter."""
    menu(page, "Đề nghị khen thưởng")
    inside(page, ROUND).click()
    inside(page, UNIT).click()
    press(page, "Xác nhận danh sách")
    press(page, "Gửi")
    expect(page.get_by_text("Đã gửi tờ trình.")).to_be_visible()


def take_in_and_assign(page: Page, reviewer: str) -> None:
    menu(page, "Đề nghị khen thưởng")
    inside(page, ROUND).click()
    inside(page, UNIT).click()
    press(page, "Tiếp nhận")
    menu(page, "Thẩm định")
    inside(page, "Giao thẩm định").click()
    for box in page.locator("main table").get_by_role("checkbox", name="Ấp").or_(
        page.locator("main table").get_by_role("checkbox", name=PERSON)
    ).all():  # fmt: skip
        box.check()
    page.get_by_label("Người thẩm định").select_option(label=reviewer)
    press(page, "Giao hồ sơ cho người thẩm định")
    expect(page.get_by_text("Đã giao 2 hồ sơ")).to_be_visible()


def find_eligible(page: Page) -> None:
    """The reviewer goes through the queue; the second line is told apart from the first by its place."""
    menu(page, "Thẩm định")
    expect(page.get_by_text("Hồ sơ 1/2")).to_be_visible()
    check_axe(page)
    page.locator("label.outcome").filter(has_text="Đủ điều kiện").first.click()
    press(page, "Lưu và sang hồ sơ tiếp theo")
    expect(page.get_by_text("Hồ sơ 2/2")).to_be_visible()
    page.locator("label.outcome").filter(has_text="Đủ điều kiện").first.click()
    press(page, "Lưu kết luận")
    expect(page.get_by_text(f"Đã lưu kết luận đối với Bà {PERSON}.")).to_be_visible()


def put_to_signature(page: Page) -> None:
    menu(page, "Quyết định")
    follow(page, "Lập quyết định")
    page.get_by_label("Trích yếu quyết định").fill("Về việc tặng Giấy khen tổng kết phong trào thi đua")
    page.get_by_label("Loại hình khen thưởng").select_option(label="Phong trào thi đua")
    for name in (UNIT, PERSON):
        page.locator("main table").get_by_role("checkbox", name=name).check()
    press(page, "Lập dự thảo quyết định")
    press(page, "Trình ký")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trình ký")


def open_decision(page: Page) -> None:
    menu(page, "Quyết định")
    inside(page, "Về việc tặng").click()


def agree(page: Page) -> None:
    """The chair reads the list and agrees; types no number."""
    open_decision(page)
    check_axe(page)
    press(page, "Đồng ý với danh sách")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã ký")


def enter_number(page: Page) -> None:
    """Number, day, signer and scan of the signed paper; a day to come is refused at its field."""
    open_decision(page)
    inside(page, "Nhập số, ngày và bản quét").click()
    page.get_by_label("Số", exact=True).fill(NUMBER)
    page.get_by_label("Quyền hạn, chức vụ người ký").fill("KT. CHỦ TỊCH")
    page.get_by_label("Họ tên người ký").fill("Trần Hữu Phước")
    for day in (f"31/12/{clock.today().year + 1}", format_date(clock.today())):
        page.get_by_label("Ngày ký").fill(day)
        scan = {"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": pdf()}
        page.get_by_label("Bản quét quyết định đã ký").set_input_files(scan)
        press(page, "Nhập quyết định")
        if day != format_date(clock.today()):
            expect(page.get_by_label("Ngày ký")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã vào số")
