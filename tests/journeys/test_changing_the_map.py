"""The office merges two wards: dry run, second person, figures on both maps; and takes it back."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE, Open

pytestmark = pytest.mark.journey

NEW = "Phường Sen Hồng"


def table(page: Page, caption: str) -> Locator:
    return page.get_by_role("table", name=caption)


def sums(page: Page, caption: str) -> list[str]:
    """The last row of a table: the figures added up."""
    cells = table(page, caption).locator("tr.is-total td.num").all_inner_texts()
    return [cell.strip() for cell in cells]


def wait_for(page: Page, words: str) -> None:
    """The page loads itself again until the job is done."""
    expect(page.locator("h1 + p")).to_contain_text(words, timeout=30_000)


def test_two_wards_are_merged_by_two_people_and_divided_again_by_undoing(somebody: Open) -> None:
    office = somebody()
    page = office.sign_in("tinhdoan")
    office.open("/maps/changes/new/")
    page.get_by_label("Tên gọi").fill("Sáp nhập thử hai phường")
    page.get_by_label("Có hiệu lực từ ngày").fill("2027-12-01")
    page.get_by_role("button", name="Bắt đầu soạn").click()
    here = page.url

    page.get_by_role("link", name="Hợp nhất").click()
    page.get_by_role("checkbox", name="Phường Cao Lãnh", exact=True).check()
    page.get_by_role("checkbox", name="Phường Mỹ Trà", exact=True).check()
    page.get_by_label("Loại của đơn vị mới").select_option("phường")
    page.get_by_label("Tên, không ghi loại").fill("Sen Hồng")
    page.get_by_role("button", name="Lưu").click()

    main = page.locator("main")
    expect(main).to_contain_text(f"{NEW} được lập mới")
    expect(main).to_contain_text("2 đơn vị kết thúc")
    expect(main).to_contain_text("Cộng lại bằng nhau trên hai bản đồ")
    planned = sums(page, "Trên bản đồ cũ")
    assert planned == sums(page, "Sẽ có trên bản đồ mới")
    assert any(re.search("[1-9]", figure) for figure in planned)
    page.get_by_role("button", name="Gửi người thứ hai duyệt").click()
    expect(main).to_contain_text("cần một người khác")

    second = somebody(PHONE)
    other = second.sign_in("quantri")
    second.open(here)
    wide, screen = other.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= screen
    other.get_by_role("button", name="Duyệt và thực hiện").click()
    wait_for(other, "đã thực hiện")

    office.open(here)
    assert sums(page, "Trên bản đồ cũ") == sums(page, "Trên bản đồ mới") == planned
    expect(table(page, "Trên bản đồ mới")).to_contain_text(NEW)
    page.get_by_role("button", name="Đề nghị hoàn tác").click()

    second.open(here)
    other.get_by_role("button", name="Duyệt hoàn tác").click()
    wait_for(other, "đã hoàn tác")
    second.open("/units/search/?q=sen+hong")
    expect(other.locator("main")).not_to_contain_text(NEW)
