"""From the plan to the downloaded workbooks, by clicks and keys, by the five people whose work it is.

Imports no model and knows no address: the test knows what people know. The figures in the workbooks are
compared with those typed here.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import campaigning as campaign
from tests.browser import commending as commendation
from tests.browser.acts import check_axe, fetch, press

pytestmark = pytest.mark.browser


def number(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


def test_from_the_plan_to_the_downloaded_workbooks(signed_in, tmp_path):
    officer = signed_in("thuong.truc")
    campaign.write_and_launch(officer)
    pledges(signed_in, officer)
    reports(signed_in, officer)
    commend(signed_in, officer)
    compare_pledges(fetch(officer, "Tổng hợp đăng ký thi đua", tmp_path))
    compare_results(fetch(officer, "Tổng hợp kết quả", tmp_path))
    compare_ledger(fetch(officer, "Sổ theo dõi khen thưởng", tmp_path))


def pledges(signed_in, officer: Page) -> None:
    drafting = signed_in("phu.trach.1")
    campaign.fill_pledge(drafting, "Ấp Phước Thuận")
    expect(drafting.locator("[data-count='entered']")).to_have_text("2")
    check_axe(drafting)
    hand_over(drafting)
    head = signed_in("truong.ap.1", width=390, height=844)
    campaign.send(head, "Đăng ký thi đua")
    check_axe(head)
    without_script = signed_in("phu.trach.2", script=False)
    campaign.fill_pledge(without_script, "Ấp Trà Quýt")
    hand_over(without_script)
    campaign.send(signed_in("truong.ap.2", script=False), "Đăng ký thi đua")
    for unit in campaign.PLEDGED:
        # One of the second unit's pledges is below its target: taken in with a note only.
        campaign.take_in(officer, unit, "Đăng ký thi đua", "Duyệt đăng ký", note="Nhất trí, cần phấn đấu thêm.")
        expect(officer.get_by_role("heading", level=1)).to_contain_text("Đã duyệt")


def hand_over(page: Page) -> None:
    press(page, "Trình thủ trưởng gửi")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chờ thủ trưởng")


def reports(signed_in, officer: Page) -> None:
    for place, unit in enumerate(campaign.REPORTED, 1):
        drafting = signed_in(f"phu.trach.{place}", script=place == 1)
        campaign.fill_report(drafting, unit)
        campaign.send(signed_in(f"truong.ap.{place}"), f"Báo cáo {campaign.PERIOD}")
        campaign.take_in(officer, unit, campaign.PERIOD, "Duyệt báo cáo")
        press(officer, "Chốt số liệu")
        expect(officer.get_by_role("heading", level=1)).to_contain_text("Đã chốt số liệu")


def commend(signed_in, officer: Page) -> None:
    commendation.open_round(officer)
    drafting = signed_in("phu.trach.1")
    commendation.write_person(drafting)
    commendation.propose(drafting)
    commendation.send_letter(signed_in("truong.ap.1"))
    commendation.take_in_and_assign(officer, reviewer="Kim Thị Sà Rươl")
    commendation.find_eligible(signed_in("tham.dinh"))
    commendation.put_to_signature(officer)
    commendation.agree(signed_in("chu.tich"))
    commendation.enter_number(officer)
    check_axe(officer)


def compare_pledges(rows: list[list[object]]) -> None:
    """Every figure typed stands in the workbook as a number, in the row of its unit."""
    for unit, figures in campaign.PLEDGED.items():
        row = next(row for row in rows if unit in row)
        assert {number(text) for text in (*figures.values(), *campaign.INDICATORS.values())} <= set(row)


def compare_results(rows: list[list[object]]) -> None:
    for code, name in (("1.1", "Thu ngân sách trên địa bàn"), ("1.2", "Lao động được giới thiệu việc làm")):
        row = next(row for row in rows if any(name in str(cell) for cell in row))
        assert {number(figures[code]) for figures in campaign.REPORTED.values()} <= set(row)


def compare_ledger(rows: list[list[object]]) -> None:
    for name in (commendation.UNIT, commendation.PERSON):
        row = next(row for row in rows if any(name in str(cell) for cell in row))
        assert any(commendation.NUMBER in str(cell) for cell in row), row
        assert any(commendation.AWARD in str(cell) for cell in row), row
