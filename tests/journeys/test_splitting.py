"""A secretary splits a target by members and corrects one share by hand."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import LAPTOP, PHONE, Open, Somebody
from tests.journeys.test_recording import fits

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    ("size", "with_script"), [(LAPTOP, True), (PHONE, False)], ids=["laptop", "phone-no-script"]
)
def test_a_target_is_split_by_members_and_one_share_corrected(
    somebody: Open, size: object, with_script: bool
) -> None:
    who = somebody(size, java_script_enabled=with_script)
    page = _turns_of_2023(who)
    page.get_by_role("link", name="Chia lại").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chia chỉ tiêu")
    fits(page)
    page.get_by_label("Số thành viên hiện có").check()
    page.get_by_role("button", name="Tính thử").click()
    expect(page).to_have_url(re.compile("#parts"))
    expect(page.get_by_text("Vừa đủ")).to_be_visible()

    first, second = page.locator("[data-sum-part]").nth(0), page.locator("[data-sum-part]").nth(1)
    given = _value(first) + 100
    first.fill(str(given))
    if with_script:
        expect(page.get_by_text("Thừa 100")).to_be_visible()
    page.get_by_role("button", name="Tính lại tổng").click()
    expect(page.get_by_text("Thừa 100").first).to_be_visible()
    second.fill(str(_value(second) - 100))
    page.get_by_label("Lý do").fill("Thành phố Cao Lãnh thêm đội hình")
    fits(page)
    page.get_by_role("button", name="Lưu các phần").click()

    expect(page.locator("#notices")).to_contain_text("Đã lưu các phần")
    row = page.get_by_role("row").filter(has_text="Thành phố Cao Lãnh").first
    expect(row).to_contain_text(_grouped(given))
    expect(page.locator("#decisions")).to_contain_text("Thành phố Cao Lãnh thêm đội hình")
    fits(page)


def _turns_of_2023(who: Somebody) -> Page:
    page = who.sign_in("tinhdoan")
    who.open("/plans/")
    page.get_by_role("link", name="Năm CĐS các hoạt động của Đoàn").first.click()
    page.get_by_role("link", name="Lượt người dân dùng nền tảng số").first.click()
    expect(page).to_have_url(re.compile("/targets/"))
    return page


def _value(field: Locator) -> int:
    return int(field.input_value())


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
